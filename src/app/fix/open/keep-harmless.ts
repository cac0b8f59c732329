// No request is opened that makes things worse: what an upgrade leaves of vulnerabilities has to be a part of what was there.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { LeftOut } from '../prove-fixes.ts';
import type { Fixable } from '../select-fixes.ts';
import { broughtIn } from './raised-packages.ts';

export function keepHarmless(
  selected: readonly Fixable[],
  all: readonly FindingRecord[],
  book: PhraseBook | null,
): { readonly kept: readonly Fixable[]; readonly leftOut: readonly LeftOut[] } {
  const kept: Fixable[] = [];
  const leftOut: LeftOut[] = [];
  for (const one of selected) {
    const [first] = broughtIn(one.finding, all);
    if (first === undefined) kept.push(one);
    else {
      const why = phrase`The new version has ${markOutside(first)}, which the installed one is not known to have.`;
      leftOut.push({ finding: one.finding, why: say(why, book) });
    }
  }
  return { kept, leftOut };
}
