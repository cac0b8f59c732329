// Knowledge is found as well as it was: floors on the labelled set, a little below what was measured.
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRetrievalSet, measure, RETRIEVAL_WAYS, type RetrievalSet } from '../../bench/retrieval-set.ts';

let set: RetrievalSet;
beforeAll(async () => {
  set = await loadRetrievalSet();
});

const FLOORS: Readonly<Record<string, readonly [recall: number, reciprocalRank: number]>> = {
  'keyed only (numbers)': [0.06, 0.09],
  'words only (BM25)': [0.64, 0.7],
  'keys and words': [0.67, 0.72],
  'keys, words and aliases': [0.91, 0.88],
  'with vectors of a toy embedding (hashed trigrams)': [0.9, 0.84],
};

describe('the labelled set', () => {
  test('is as large as it claims, and each label is a piece that exists', () => {
    const ids = new Set(set.chunks.map(({ id }) => id));
    const documents = new Set(set.chunks.flatMap(({ path }) => path ?? []));
    expect(documents.size).toBeGreaterThanOrEqual(12);
    expect(set.queries.length).toBeGreaterThanOrEqual(60);
    const unknown = set.queries.flatMap(({ relevant }) => relevant).filter((id) => !ids.has(id));
    expect(unknown).toEqual([]);
    expect([...documents].filter((path) => /\p{Script=Han}/u.test(path))).toHaveLength(2);
  });

  test.each(RETRIEVAL_WAYS)('is answered well enough: $name', ({ name, off }) => {
    const [recall = 1, reciprocalRank = 1] = FLOORS[name] ?? [];
    const figures = measure(set, off);
    expect(figures.recall, figures.missed.join('\n')).toBeGreaterThanOrEqual(recall);
    expect(figures.reciprocalRank).toBeGreaterThanOrEqual(reciprocalRank);
  });

  test('finds nothing for most questions that nobody wrote about', () => {
    expect(measure(set, new Set(['meaning'])).silence).toBeGreaterThanOrEqual(0.6);
  });
});
