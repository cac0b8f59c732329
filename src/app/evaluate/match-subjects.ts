// Which subject of an earlier evaluation each one of this is compared with.
import { AssayError } from '#domain/errors.ts';

interface Named {
  readonly name: string;
  readonly verdicts: readonly { readonly key: string }[];
}

/**
 * By name. Where a model was changed for another, the one of each side that has no partner is compared with the other: so a new model
 * is measured against the old one. Throws AssayError `usage` when nothing can be compared.
 */
export function matchSubjects<Before extends Named, Now extends Named>(
  before: readonly Before[],
  now: readonly Now[],
): readonly (readonly [Before, Now])[] {
  const partner = (one: Named, others: readonly Named[]) => others.some(({ name }) => name === one.name);
  const pairs = now.flatMap((one) =>
    before.filter(({ name }) => name === one.name).map((other) => [other, one] as const),
  );
  const [oldOne, ...oldRest] = before.filter((one) => !partner(one, now));
  const [newOne, ...newRest] = now.filter((one) => !partner(one, before));
  const isExchange = oldRest.length === 0 && newRest.length === 0;
  const all =
    isExchange && oldOne !== undefined && newOne !== undefined
      ? [...pairs, [oldOne, newOne] as const]
      : pairs;
  const namesOf = (subjects: readonly Named[]) => subjects.map(({ name }) => name).join(', ');
  if (all.length === 0) {
    throw new AssayError('usage', 'There is nothing to compare: no judge is in both evaluations.', {
      hint: `Then: ${namesOf(before)}. Now: ${namesOf(now)}.`,
    });
  }
  const known = new Set(before.flatMap(({ verdicts }) => verdicts.map(({ key }) => key)));
  if (now.some(({ verdicts }) => verdicts.some(({ key }) => known.has(key)))) return all;
  throw new AssayError('usage', 'There is nothing to compare: no labelled finding is in both evaluations.', {
    hint: 'Compare evaluations of the same sets; findings are known by the name of the set and the id of their label.',
  });
}
