// Finds the one place that a model's edit means in the text as the model was shown it, with LF for every line end.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ModelEdit } from './patch-answer.ts';
import type { Splice } from './splices.ts';

export const BYTE_ORDER_MARK = '\uFEFF';
/** What stands in a prompt where something was taken out or shown by name (support/redact, support/invisible-characters). */
export const PROMPT_MARK = /⟦(?:redacted|U\+)/;

/** The text with LF for CRLF. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Where `old` stands: the one place, or how often it stands there otherwise. */
export function findOnly(text: string, old: string): number | 'nowhere' | 'often' {
  const first = text.indexOf(old);
  if (first === -1) return 'nowhere';
  return text.indexOf(old, first + 1) === -1 ? first : 'often';
}

/**
 * The splice of `text` that the edit means, what both texts share at their ends left alone; or a sentence on why there is none.
 * @param text with LF for every line end
 * @param number of the edit, from 1
 */
export function placeEdit(
  { old: oldText, new: newText }: ModelEdit,
  text: string,
  number: number,
): Splice | Phrase {
  if (oldText === '') return phrase`The old text of edit ${number} is empty.`;
  const [old, now] = [withLineFeeds(oldText), withLineFeeds(newText)];
  if (PROMPT_MARK.test(old) || PROMPT_MARK.test(now))
    return phrase`Edit ${number} holds a mark that stands for text which was not shown.`;
  if (old.includes('\r') || now.includes('\r'))
    return phrase`Edit ${number} has a carriage return inside of a line.`;
  if (old.includes(BYTE_ORDER_MARK) || now.includes(BYTE_ORDER_MARK))
    return phrase`Edit ${number} holds a byte order mark.`;
  const at = findOnly(text, old);
  if (at === 'nowhere') return phrase`The old text of edit ${number} does not stand in the file.`;
  if (at === 'often') return phrase`The old text of edit ${number} stands in the file more than once.`;
  if (old === now) return phrase`Edit ${number} changes nothing.`;
  const { head, tail } = sharedEnds(old, now);
  return { start: at + head, end: at + old.length - tail, text: now.slice(head, now.length - tail) };
}

/** How many characters both texts begin with, and how many of the rest they end with. */
export function sharedEnds(old: string, now: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return { head, tail };
}
