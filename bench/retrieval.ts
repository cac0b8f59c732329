// How well each way of finding knowledge does on the labelled set: recall among the first five and mean reciprocal rank.
import type { BenchRow } from './bench-row.ts';
import { loadRetrievalSet, measure, RETRIEVAL_WAYS } from './retrieval-set.ts';

/** The ratio is of what was missed, against plain words: below 1 misses less. */
export async function benchRetrieval(): Promise<readonly BenchRow[]> {
  const set = await loadRetrievalSet();
  const rows = RETRIEVAL_WAYS.map(({ name, off }) => ({ name, figures: measure(set, off) }));
  const words = rows.find(({ name }) => name.startsWith('words only'))?.figures;
  if (words === undefined) throw new Error('the set is not measured by words only');
  return rows.map(({ name, figures }) => {
    const ratio = (1 - figures.recall) / (1 - words.recall);
    return {
      name: `retrieval: ${name}`,
      figure: `recall@5 ${figures.recall.toFixed(3)}, MRR ${figures.reciprocalRank.toFixed(3)}, silent on ${(100 * figures.silence).toFixed(0)} % of questions about nothing`,
      baseline: `words only: recall@5 ${words.recall.toFixed(3)}`,
      ratio,
      goal: name.includes('aliases')
        ? 'recall@5 at least 0.9 and MRR at least 0.85'
        : 'none: shows what each part is worth',
      met: !name.includes('aliases') || (figures.recall >= 0.9 && figures.reciprocalRank >= 0.85),
    };
  });
}
