// Joins several orders of the same things into one: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009).

/** The paper's constant: how little the first places stand out from those below. */
const K = 60;

export interface Ranking {
  /** Best first. */
  readonly ids: readonly string[];
  readonly weight: number;
}

/** Sum of `weight / (60 + rank)` over the rankings that hold a thing; by descending score, ties by id. */
export function fuseRanks(
  rankings: readonly Ranking[],
): readonly { readonly id: string; readonly score: number }[] {
  const scores = new Map<string, number>();
  for (const { ids, weight } of rankings) {
    for (const [index, id] of ids.entries()) scores.set(id, (scores.get(id) ?? 0) + weight / (K + index + 1));
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || compare(a.id, b.id));
}

/** By code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
