// The two kinds of text in a prompt, and how each is written down: our words as they are, outside text between delimiters and marked.
import type { Seal } from './seal-prompt.ts';

/** Words of ours; they may name the seal. */
interface OurPiece {
  readonly kind: 'ours';
  readonly write: (seal: Seal) => string;
}

/** Outside text: visible, one entry a line, none holding a line break. `head` are lines of ours that hold outside names. */
interface OutsidePiece {
  readonly kind: 'outside';
  readonly head: readonly string[];
  readonly lines: readonly string[];
}

export type Piece = OurPiece | OutsidePiece;

export function ours(text: string | ((seal: Seal) => string)): Piece {
  return { kind: 'ours', write: typeof text === 'string' ? () => text : text };
}

/** Lines that carry no number of a file start with `| `, so that none of them looks like a head. */
export function outside(head: readonly string[], lines: readonly string[]): Piece {
  return { kind: 'outside', head, lines: lines.map((line) => `| ${line}`) };
}

/** Lines of a file, numbered from `startLine`. */
export function numbered(head: string, text: string, startLine: number): Piece {
  const lines = text.split('\n').map((line, index) => `${startLine + index}| ${line}`);
  return { kind: 'outside', head: [head], lines };
}

/**
 * Everything as one text. Each line between delimiters starts with the seal's mark (unless `marked` is false, which is for measuring what
 * marks are worth), so no line of outside text can begin with anything of its own choice.
 */
export function writePieces(pieces: readonly Piece[], seal: Seal, marked: boolean): string {
  const mark = marked ? `${seal.mark} ` : '';
  return pieces
    .map((piece) => {
      if (piece.kind === 'ours') return piece.write(seal);
      const body = [...piece.head, ...piece.lines].map((line) => `${mark}${line}`);
      return [`<<<outside ${seal.nonce}`, ...body, `outside ${seal.nonce}>>>`].join('\n');
    })
    .join('\n\n');
}
