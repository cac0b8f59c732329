// The labelled set of `fixtures/knowledge`, and how well each way of finding does on it.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { PackageAssets } from '../src/adapters/local/package-assets.ts';
import type { Chunk } from '../src/domain/knowledge.ts';
import { chunkCards } from '../src/knowledge/chunk-cards.ts';
import { chunkDocument } from '../src/knowledge/chunk-document.ts';
import { createKnowledgeIndex, type FindingWay } from '../src/knowledge/knowledge-index.ts';
import { type AliasBook, loadAliases } from '../src/knowledge/load-aliases.ts';
import { loadCards } from '../src/knowledge/load-cards.ts';
import { toyVector } from './toy-embedding.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/knowledge/', import.meta.url));

const querySchema = z.strictObject({
  kind: z.enum(['plain', 'synonym', 'acronym', 'identifier', 'typo', 'chinese', 'finding', 'nothing']),
  text: z.string(),
  cwe: z.int().optional(),
  relevant: z.array(z.string()),
});
export type LabelledQuery = z.infer<typeof querySchema>;

export interface RetrievalSet {
  readonly chunks: readonly Chunk[];
  readonly aliases: AliasBook;
  readonly queries: readonly LabelledQuery[];
}

export async function loadRetrievalSet(): Promise<RetrievalSet> {
  const assets = new PackageAssets();
  const [aliases, cards] = [await loadAliases(assets), await loadCards(assets)];
  const documents = globSync('docs/**/*.{md,txt}', { cwd: FOLDER })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .flatMap((file) =>
      chunkDocument(file, readFileSync(path.join(FOLDER, file), 'utf8'), aliases.weaknessesIn),
    );
  const queries = z.array(querySchema).parse(parse(readFileSync(path.join(FOLDER, 'queries.yaml'), 'utf8')));
  return { chunks: [...chunkCards(cards), ...documents], aliases, queries };
}

export interface RetrievalFigures {
  /** Of the relevant pieces (at most five count), those among the first five; mean over the questions. 0–1. */
  readonly recall: number;
  /** Mean of one over the place of the first relevant piece. */
  readonly reciprocalRank: number;
  /** Of the questions about nothing, the share for which nothing was found. */
  readonly silence: number;
  /** Relevant pieces that were missed, for whoever wants to make it better. */
  readonly missed: readonly string[];
}

export function measure(
  { chunks, aliases, queries }: RetrievalSet,
  switchedOff: ReadonlySet<FindingWay>,
): RetrievalFigures {
  const vectors = new Map(chunks.map(({ id, title, text }) => [id, toyVector(`${title}\n\n${text}`)]));
  const index = createKnowledgeIndex(chunks, { aliases, vectors, switchedOff });
  const found = queries.map((query) => ({
    query,
    ids: index
      .search(
        { text: query.text, cwe: query.cwe === undefined ? [] : [query.cwe], limit: 5 },
        toyVector(query.text),
      )
      .map(({ id }) => id),
  }));
  const asked = found.filter(({ query }) => query.relevant.length > 0);
  const nothing = found.filter(({ query }) => query.relevant.length === 0);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  return {
    recall: mean(
      asked.map(({ query, ids }) => {
        const met = query.relevant.filter((id) => ids.includes(id)).length;
        return met / Math.min(5, query.relevant.length);
      }),
    ),
    reciprocalRank: mean(
      asked.map(({ query, ids }) => {
        const at = ids.findIndex((id) => query.relevant.includes(id));
        return at === -1 ? 0 : 1 / (at + 1);
      }),
    ),
    silence: mean(nothing.map(({ ids }) => (ids.length === 0 ? 1 : 0))),
    missed: found.flatMap(({ query, ids }) =>
      query.relevant.filter((id) => !ids.includes(id)).map((id) => `${query.kind}: ${query.text} → ${id}`),
    ),
  };
}

export const RETRIEVAL_WAYS: readonly { readonly name: string; readonly off: ReadonlySet<FindingWay> }[] = [
  { name: 'keyed only (numbers)', off: new Set(['words', 'aliases', 'meaning']) },
  { name: 'words only (BM25)', off: new Set(['keys', 'aliases', 'meaning']) },
  { name: 'keys and words', off: new Set(['aliases', 'meaning']) },
  { name: 'keys, words and aliases', off: new Set(['meaning']) },
  { name: 'with vectors of a toy embedding (hashed trigrams)', off: new Set() },
];
