// Which of the team's documents are named beside a finding: those that name its weakness, or were found for it.
import type { Chunk, KnowledgeReference, Passage } from '#domain/knowledge.ts';
import { compare } from './fuse-ranks.ts';
import type { AliasBook } from './load-aliases.ts';

/** More would be a reading list. */
const MOST_REFERENCES = 2;

/** Of passages that were retrieved: the documents among them, a section once; none that is merely somewhat near in meaning. `commit`: where they were read; null for a working tree. */
export function citedDocuments(
  passages: readonly Passage[],
  commit: string | null,
): readonly KnowledgeReference[] {
  const references = passages.flatMap(({ label, title, path, anchor, line, source, isVague }) =>
    source === 'document' && path !== null && isVague !== true
      ? [{ label, title, commit, path, anchor, line }]
      : [],
  );
  return distinct(references).slice(0, MOST_REFERENCES);
}

/**
 * Without any search: the documents that name one of the weaknesses, sections whose heading does so first, then those that name the
 * fewest others. `cwe` is ordered: the first weakness counts most.
 */
export function documentsNaming(
  cwe: readonly number[],
  chunks: readonly Chunk[],
  { aliases, commit }: { aliases: Pick<AliasBook, 'weaknessesIn'>; commit: string | null },
): readonly KnowledgeReference[] {
  const found = chunks
    .filter(({ source, cwe: named }) => source === 'document' && named.some((one) => cwe.includes(one)))
    .map((chunk) => ({
      chunk,
      inTitle: aliases.weaknessesIn(chunk.title).some((one) => cwe.includes(one)) ? 0 : 1,
      rank: Math.min(...chunk.cwe.map((one) => cwe.indexOf(one)).filter((at) => at !== -1)),
    }))
    .sort(
      (a, b) =>
        a.inTitle - b.inTitle ||
        a.rank - b.rank ||
        a.chunk.cwe.length - b.chunk.cwe.length ||
        compare(a.chunk.id, b.chunk.id),
    );
  return citedDocuments(
    found.map(({ chunk }) => ({ ...chunk, label: '', score: 0, why: [] })),
    commit,
  ).map((reference, index) => ({ ...reference, label: `K${index + 1}` }));
}

function distinct(references: readonly KnowledgeReference[]): readonly KnowledgeReference[] {
  const seen = new Set<string>();
  return references.filter(({ path, anchor }) => {
    const key = JSON.stringify([path, anchor]);
    return !seen.has(key) && seen.add(key);
  });
}
