// Sets outside text (identifiers, paths, quotes) apart inside a sentence of ours: always between backticks, never holding one.
//
// A sentence that mixes our words with outside text keeps this shape from the stage that wrote it to the exit that escapes it:
// what stands between backticks is outside text, so a renderer can put it into a code span and escape the rest as plain text.
import { showInvisible } from './invisible-characters.ts';

const BACKTICKS = /[`´ˋ]/gu;
const WHITE_SPACE = /[\s\p{Zl}\p{Zp}]+/gu;

/** `` `text` `` on one line, without backticks, invisible characters shown by name, at most `limit` characters between the marks. */
export function markOutside(text: string, limit = 80): string {
  // Cut first: the text may be a minified file. Twice the limit leaves room for runs of white space.
  const flat = onOneLine(text.slice(0, limit * 4).replace(BACKTICKS, "'"));
  if (flat === '') return '`(empty)`';
  const characters = [...flat];
  const short = characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : flat;
  return `\`${short}\``;
}

/**
 * A sentence that already keeps the shape, on one line and at most `limit` characters long: cut at a word where possible, and
 * never inside a pair of marks (an odd backtick would turn our words into outside text).
 */
export function clipMarked(sentence: string, limit: number): string {
  const flat = onOneLine(sentence);
  if (flat.length <= limit) return balanceMarks(flat);
  const cut = flat.slice(0, limit - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  const word = space > limit / 2 ? cut.slice(0, space) : cut;
  return `${balanceMarks(word).trimEnd()}…`;
}

function onOneLine(text: string): string {
  return showInvisible(text.replace(WHITE_SPACE, ' ').trim());
}

function balanceMarks(text: string): string {
  const marks = text.split('`').length - 1;
  return marks % 2 === 0 ? text : text.slice(0, text.lastIndexOf('`'));
}
