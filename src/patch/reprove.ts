// Proves a patch again that was read from a file which anybody may have written: nothing it says of itself is believed.
import type { Patch, PatchCheck } from '#domain/patch.ts';
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import { climbLadder, type LadderQuestion } from './climb-ladder.ts';
import { decodeHead, sha256 } from './read-head-file.ts';
import { phraseBookOf, sayRung } from './rung.ts';

/** Where the finding stands, the change under review at the same head, and the ground floor. */
export type ReproveContext = Pick<LadderQuestion, 'place' | 'cwe' | 'reviewDiff' | 'understand'> & {
  /** Of what was checked. */
  readonly language: 'en' | 'zh-CN';
};

export type Reproved =
  /** `checks`: what was seen here and now. Whether the weakness is gone is not looked at again. */
  | {
      readonly kind: 'proved';
      readonly before: string;
      readonly after: string;
      readonly checks: readonly PatchCheck[];
    }
  /** `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string };

/** @param file the bytes of `patch.path` at head, null when it is not there or may not be read */
export async function reprove(
  patch: Patch,
  file: Uint8Array | null,
  { place, cwe, reviewDiff, understand, language }: ReproveContext,
): Promise<Reproved> {
  const book = phraseBookOf(language);
  const refused = (why: Phrase): Reproved => ({ kind: 'refused', why: say(why, book) });
  if (file === null) return refused(phrase`The file of the patch is not there at head, or may not be read.`);
  const head = decodeHead(file);
  if (head.kind === 'unusable') return refused(phrase`The file of the patch ${head.why}.`);
  if (head.sha256 !== patch.before)
    return refused(phrase`The file at head is not the one that the patch was made for.`);
  const { path, edits } = patch;
  const before = head.text;
  const climbed = await climbLadder({ path, before, edits, place, cwe, reviewDiff, understand });
  if (climbed.kind === 'fell') return refused(climbed.why);
  if (sha256(climbed.after) !== patch.after)
    return refused(phrase`The patch does not lead to the file that it promises.`);
  return {
    kind: 'proved',
    before,
    after: climbed.after,
    checks: climbed.checks.map((rung) => sayRung(rung, book)),
  };
}
