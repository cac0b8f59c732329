// An answer on its way to a terminal as lines of its width: what is known and what is still coming alike.
import { createPaint, type Paint } from '../../publish/terminal-style.ts';
import { toTerminal } from '../../support/escape-terminal.ts';
import { columnsOf } from '../../support/text-columns.ts';

export interface Page {
  /** One line of outside text; it starts a line of its own. */
  line(text: string, style?: Parameters<Paint>[0]): void;
  /** Goes on where the last piece ended; the text is inert already, LF ends a line. */
  flow(inert: string): void;
  /** Ends a line that was begun. */
  endLine(): void;
}

const NARROWEST = 40;
const WIDEST = 120;
/** Chinese breaks after each character, but never before a mark that closes. */
const PIECES = /\n|[ \t]+|\p{Script=Han}[，。、；：！？）」』”’》]*|[^\s\p{Script=Han}]+/gu;
const BULLET = /^(?:[-*•]|\d{1,3}[.)]|\[[^\]\s]{1,70}\])$/;
const DEEPEST = 8;

/** `columns` null: not a terminal. */
export function createPage(
  write: (text: string) => void,
  options: {
    readonly columns: number | null;
    readonly color: boolean;
    readonly redact: (text: string) => string;
  },
): Page {
  const width = Math.min(Math.max(options.columns ?? 100, NARROWEST), WIDEST);
  const paint = createPaint(options.color);
  let sink = write;
  let column = 0;
  let space = '';
  /** What lines that are broken start with. */
  let hang = '';

  const put = (text: string) => {
    sink(text);
    column += columnsOf(text);
  };
  const newLine = () => {
    sink('\n');
    column = 0;
    space = '';
  };
  /** A word that a line starts with: a runner would take `::name::` for a command there. */
  const first = (word: string) => {
    put(hang);
    put(word.replace(/^:(?=:)/, ': '));
    space = '';
  };
  const putWord = (word: string) => {
    if (column === 0) {
      hang = space.slice(0, DEEPEST);
      first(word);
      if (BULLET.test(word)) hang += '  ';
    } else if (column + columnsOf(space + word) <= width) {
      put(space + word);
      space = '';
    } else {
      newLine();
      first(word);
    }
  };
  const putLong = (word: string) => {
    if (columnsOf(word) <= width - DEEPEST - 2) putWord(word);
    else for (const part of piecesOf(word, width - DEEPEST - 2)) putWord(part);
  };
  const flow = (inert: string) => {
    for (const [piece] of inert.matchAll(PIECES)) {
      if (piece === '\n') newLine();
      else if (/^[ \t]/.test(piece)) space = column === 0 ? piece.replaceAll('\t', '  ') : ' ';
      else putLong(piece);
    }
  };
  const endLine = () => {
    if (column > 0) newLine();
  };
  return {
    flow,
    endLine,
    line: (text, style) => {
      endLine();
      let lines = '';
      sink = (piece) => {
        lines += piece;
      };
      flow(toTerminal(options.redact(text)));
      sink = write;
      column = 0;
      space = '';
      const styled = lines.split('\n').map((one) => (style === undefined ? one : paint(style, one)));
      write(`${styled.join('\n')}\n`);
    },
  };
}

/** A word that no line holds, cut where it must be: by characters as a reader counts them. */
function piecesOf(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (columnsOf(piece + character) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece === '' ? pieces : [...pieces, piece];
}
