// Looks at the words that come with a patch: they are shown beside it, and nothing in them may lead anywhere or hide anything (security rows 12 and 25).
import { type Phrase, phrase } from '#domain/phrase.ts';
import { hasInvisible } from '#support/invisible-characters.ts';
import { clipMarked } from '#support/mark-outside.ts';
import { MAX_WHY } from './patch-answer.ts';

const FENCE = /`{3,}|~{3,}/;
const ADDRESS = /:\/\/|\(\s?\/\/|\bwww\.\w|\b(?:mailto|javascript|data):\S/i;
const MARKUP =
  /<!--|!\[[^\]\n]{0,200}\]\s?[([]|<\/?(?:details|summary|img|a|iframe|svg|style|pre|code)\b[^\n]{0,200}>/i;

/** Why a patch with these words is not offered, in a sentence; null when nothing is wrong with them. */
export function reasonProblem(why: string): Phrase | null {
  if (hasInvisible(why.replace(/\r\n/g, '\n')))
    return phrase`The words that came with the patch hold characters that nobody can see.`;
  if (FENCE.test(why)) return phrase`The words that came with the patch hold a fence.`;
  if (ADDRESS.test(why)) return phrase`The words that came with the patch hold an address.`;
  return MARKUP.test(why) ? phrase`The words that came with the patch hold markup.` : null;
}

/** On one line and no longer than a reason may be; null when nothing is left. */
export function tidyReason(why: string): string | null {
  const tidy = clipMarked(why, MAX_WHY);
  return tidy === '' ? null : tidy;
}
