// The exit into Markdown: nothing that comes from outside is ever live there (security R6, rows 12, 13, 25).
import { showInvisible } from './invisible-characters.ts';

/**
 * Foreign text of one line as a code span: shown letter by letter, live nowhere (mentions, references, links and math are all off in code).
 * Line breaks become spaces. The delimiter outlasts the longest run of backticks; padding follows CommonMark §6.1.
 */
export function codeSpan(text: string): string {
  const line = flatten(text);
  if (line.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/**
 * Foreign text of several lines as a fenced block, with a final newline. `language` is ours; anything but a plain word is left out.
 * The fence outlasts the longest run of backticks, and all line ends are LF, so no line of the text can close it.
 */
export function codeFence(text: string, language = ''): string {
  const body = showInvisible(text.replace(/\r\n?/g, '\n')).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  const info = /^[a-z0-9+-]{0,20}$/.test(language) ? language : '';
  return `${fence}${info}\n${body}\n${fence}\n`;
}

/**
 * A sentence of ours that may quote foreign pieces, on one line: plain words stay prose, whatever could mean anything to a
 * Markdown reader, a forge or another bot goes into code spans. Pieces that stand between backticks stay together.
 */
export function toInertMarkdown(sentence: string): string {
  const pieces: string[] = [];
  for (const [index, part] of flatten(sentence)
    .split(/`([^`]+)`/)
    .entries()) {
    const quoted = index % 2 === 1;
    pieces.push(...(quoted ? [codeSpan(part)] : inertWords(part, index === 0)));
  }
  return joinPieces(pieces).trim();
}

/** Finished Markdown of ours made fit for a table cell: pipes escaped (GFM §4.10), also those inside code spans. */
export function toTableCell(markdown: string): string {
  // A backslash before a pipe would eat the escape; GFM has no way to write that pair, so a space parts it.
  return markdown
    .replace(/[\r\n]+/g, ' ')
    .replace(/\\\|/g, '\\ |')
    .replaceAll('|', '\\|');
}

const LETTERS = String.raw`\p{L}[\p{L}\p{M}]*`;
/** Chinese punctuation, which means nothing to Markdown: words of a Chinese sentence are parted by it, not by spaces. */
const CJK_MARK = '[（）「」『』《》【】〈〉，。、；：！？—·]';
const PIECE = String.raw`(?:${LETTERS}(?:['’-]${LETTERS})*|\d{1,6}(?:\.\d{1,6}){0,3}%?|\d{4}-\d{2}-\d{2}|CWE-\d{1,5})`;
const PLAIN_WORD = new RegExp(
  `^[("“‘«]?${CJK_MARK}*${PIECE}(?:${CJK_MARK}+${PIECE})*${CJK_MARK}*["”’»)]?[,.;:!?…]?$`,
  'u',
);
/** Marks that stand alone, and those that a quoted piece has before or behind it: `(`, `):`, `,`. */
const PLAIN_MARK = new RegExp(`^(?:[—–→·…×]|${CJK_MARK}+|[("“‘«]|[)"”’»]?[,.;:!?]?)$`, 'u');
const PLAIN_PIECE = new RegExp(`^${PIECE}$`, 'u');
/** What a Chinese sentence writes without spaces, and what else stands in one of its words. */
const CHINESE_RUN = new RegExp(`((?:\\p{Script=Han}\\p{M}*|${CJK_MARK})+)`, 'u');
/** At the start of a text: a list item ("1.") or a word that other bots obey. */
const LEADING_DANGER = /^(?:\d+[.)]|bors|retest|recheck|rebase|merge|approve|lgtm)\W*$/iu;

function inertWords(text: string, atStart: boolean): string[] {
  const pieces: string[] = [];
  let foreign: string[] = [];
  const close = () => {
    const joined = foreign.join(' ');
    foreign = [];
    if (joined === '') return;
    const [, code = joined, mark = ''] = /^(.*[^,.;:])([,.;:])$/u.exec(joined) ?? [];
    pieces.push(codeSpan(code), mark, ' ');
  };
  const words = text.split(/\s+/u).filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const dangerous = atStart && index === 0 && LEADING_DANGER.test(word);
    if (!dangerous && (PLAIN_WORD.test(word) || PLAIN_MARK.test(word))) {
      close();
      pieces.push(word, ' ');
      continue;
    }
    const runs = word.split(CHINESE_RUN).filter((run) => run !== '');
    if (runs.length > 1) {
      close();
      pieces.push(...runs.map((run, at) => inertRun(run, atStart && index === 0 && at === 0)), ' ');
    } else foreign.push(word);
  }
  close();
  return withOuterSpaces(pieces, text);
}

/** A part of a word that Chinese text surrounds: where one ends and the other begins, no space tells. */
function inertRun(run: string, first: boolean): string {
  const plain = PLAIN_PIECE.test(run) || CHINESE_RUN.test(run);
  return plain && !(first && LEADING_DANGER.test(run)) ? run : codeSpan(run);
}

/** Two code spans side by side would be read as one: a space parts them. */
function joinPieces(pieces: readonly string[]): string {
  const visible = pieces.filter((piece) => piece !== '');
  return visible
    .map((piece, index) =>
      piece.startsWith('`') && visible[index - 1]?.endsWith('`') === true ? ` ${piece}` : piece,
    )
    .join('');
}

/** The parts of a sentence meet where its quotes do: spaces only where the sentence has them. */
function withOuterSpaces(pieces: string[], text: string): string[] {
  const leading = /^\s/u.test(text) ? [' '] : [];
  if (pieces.length === 0) return leading;
  return [...leading, ...(/\s$/u.test(text) ? pieces : pieces.slice(0, -1))];
}

/** On one line; what is invisible is named first, so that no trimming can take it away unseen. */
function flatten(text: string): string {
  const lines = showInvisible(text.replace(/\r\n?/g, '\n').replaceAll('\t', ' ')).split('\n');
  if (lines.length === 1) return lines.join('');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
