// Tells of packages that advisories speak of and whose version says nothing: they were compared, and no answer came out of it.
import type { Notice } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { AdvisoryIndex } from '../../advisories/advisory-index.ts';
import { isOddVersion } from './match-inventories.ts';

/** None when every package could be compared. Odd versions are findings of their own. */
export function unsureNotices(
  reports: readonly IngestedReport[],
  index: AdvisoryIndex | null,
  book: PhraseBook | null,
): readonly Notice[] {
  if (index === null) return [];
  const components = reports.flatMap(({ inventory }) => inventory?.components ?? []);
  const unsure = components.filter(
    (one) => !isOddVersion(one) && index.match(one).some(({ answer }) => answer === 'unknown'),
  );
  const [first] = unsure;
  if (first === undefined) return [];
  const name = markOutside(`${first.name} ${first.version ?? ''}`.trim());
  const text = phrase`Of ${unsure.length} packages it is not known whether advisories mean them, since their version or release is not told or a range cannot be compared; the first is ${name}.`;
  return [{ code: 'advisories-unsure', text: say(text, book) }];
}
