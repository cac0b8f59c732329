// Finds pieces by the words of a question: BM25 with fields, typing errors forgiven, and a measure of how much of the question was met.
import MiniSearch, { type SearchResult } from 'minisearch';
import type { Chunk } from '#domain/knowledge.ts';
import { compare } from './fuse-ranks.ts';
import { tokenize } from './tokenize.ts';

/** More words than these say nothing new, and messages of scanners can be long. */
const MOST_TERMS = 64;
const FIELD_WEIGHTS = { title: 2.5, place: 1.2, text: 1 } as const;
/** Words that were only added because they name the same weakness. */
const ADDED_WEIGHT = 0.35;
/** A word that is in no piece is looked for with typing errors: one letter in four. */
const TYPING_ERRORS = 0.25;
const SHORTEST_FUZZY = 6;
/** What a word counts for that was only nearly met. */
const NEARLY = 0.5;
/** What an added name counts for. */
const NAMED = 0.8;

export interface WordMatch {
  readonly id: string;
  /** BM25+ over the fields; comparable within one search. */
  readonly score: number;
  /** Share of the question's weight (rare words weigh more) that the piece holds, 0–1; or of an added name, which counts a little less. */
  readonly coverage: number;
  /** The piece's own words that were met, the question's order. */
  readonly words: readonly string[];
}

/** Best first; ties by id. */
export type WordSearch = (question: string, added: readonly string[]) => readonly WordMatch[];

export function createWordSearch(chunks: readonly Chunk[]): WordSearch {
  const index = new MiniSearch<Record<'id' | keyof typeof FIELD_WEIGHTS, string>>({
    fields: Object.keys(FIELD_WEIGHTS),
    tokenize,
    processTerm: (term) => term,
  });
  const frequencies = new Map<string, number>();
  for (const { id, title, path, text } of chunks) {
    const place = path ?? '';
    index.add({ id, title, place, text });
    for (const word of new Set(tokenize(`${title}\n${place}\n${text}`)))
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  /** As BM25 weighs rarity; a word that is nowhere counts as the rarest. */
  const rarity = (word: string) => {
    const frequency = frequencies.get(word) ?? 0;
    return Math.log(1 + (chunks.length - frequency + 0.5) / (frequency + 0.5));
  };

  return (question, added) => {
    const asked = [...new Set(tokenize(question))].slice(0, MOST_TERMS);
    const more = [...new Set(added.flatMap(tokenize))].filter((word) => !asked.includes(word));
    const terms = [...asked, ...more.filter((word) => frequencies.has(word))];
    if (terms.length === 0) return [];
    const wanted = new Set(asked);
    const names = added.map((name) => [...new Set(tokenize(name))]);
    const found = index.search(terms.join(' '), {
      tokenize: (text) => text.split(' '),
      processTerm: (term) => term,
      boost: FIELD_WEIGHTS,
      boostTerm: (term) => (wanted.has(term) ? 1 : ADDED_WEIGHT),
      fuzzy: (term) => !frequencies.has(term) && isLatinWord(term) && TYPING_ERRORS,
      prefix: false,
    });
    return found
      .map((result): WordMatch => {
        const share = (words: readonly string[]) => shareOf(words, result, rarity);
        const named = Math.max(0, ...names.map(share));
        return {
          id: String(result.id),
          score: result.score,
          coverage: Math.max(share(asked), named * NAMED),
          words: result.terms,
        };
      })
      .sort((a, b) => b.score - a.score || compare(a.id, b.id));
  };
}

function shareOf(words: readonly string[], result: SearchResult, rarity: (word: string) => number): number {
  const weight = words.reduce((sum, word) => sum + rarity(word), 0);
  const met = words.reduce((sum, word) => sum + rarity(word) * shareMet(word, result), 0);
  return weight === 0 ? 0 : met / weight;
}

function shareMet(word: string, { queryTerms, terms }: SearchResult): number {
  if (!queryTerms.includes(word)) return 0;
  return terms.includes(word) ? 1 : NEARLY;
}

function isLatinWord(term: string): boolean {
  return term.length >= SHORTEST_FUZZY && /^[a-z]+$/.test(term);
}
