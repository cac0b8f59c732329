// Finds what is known about a question: by the weakness first, by words second, by meaning where vectors are there.
//
// Loads the search library: imported only by runs that search.
import type { Chunk, Passage } from '#domain/knowledge.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { compare, fuseRanks } from './fuse-ranks.ts';
import type { AliasBook } from './load-aliases.ts';
import { type Near, nearestVectors } from './nearest-vectors.ts';
import { createWordSearch, type WordMatch } from './word-search.ts';

export interface KnowledgeQuestion {
  readonly text: string;
  /** What the question is about, when that is known. */
  readonly cwe: readonly number[];
  readonly limit: number;
}

export interface KnowledgeIndex {
  /** Best first, numbered `K1`, `K2`, …; empty where nothing is near enough. The same question gives the same passages. */
  search(question: KnowledgeQuestion, questionVector?: Float32Array): readonly Passage[];
}

/** The ways of finding, so that each can be measured by leaving it out. */
export type FindingWay = 'keys' | 'words' | 'aliases' | 'meaning';

export interface KnowledgeIndexOptions {
  readonly aliases: AliasBook;
  /** By chunk id. */
  readonly vectors?: ReadonlyMap<string, Float32Array>;
  /** Language of `Passage.why`; null for English. */
  readonly book?: PhraseBook | null;
  readonly switchedOff?: ReadonlySet<FindingWay>;
}

/** A weakness that was stated counts for more than one that the words only suggest. */
const WEIGHT = { stated: 2, suggested: 1.2, words: 1, meaning: 1 } as const;
/** A piece must hold this share of what the question weighs, or it is not about it. */
const LEAST_COVERAGE = 0.26;
/** And not be a mere shadow of the best one. */
const LEAST_OF_BEST = 0.15;
const MOST_RANKED = 50;
const MOST_WORDS_NAMED = 6;

export function createKnowledgeIndex(
  chunks: readonly Chunk[],
  { aliases, vectors, book = null, switchedOff = new Set() }: KnowledgeIndexOptions,
): KnowledgeIndex {
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const findWords = createWordSearch(chunks);
  const isOn = (way: FindingWay) => !switchedOff.has(way);

  return {
    search: ({ text, cwe, limit }, questionVector) => {
      const suggested = isOn('aliases') ? aliases.weaknessesIn(text).filter((one) => !cwe.includes(one)) : [];
      const added = isOn('aliases') ? [...aliases.otherNames(text), ...aliases.namesOf(cwe)] : [];
      const words = isOn('words') ? findWords(text, added) : [];
      const scores = new Map(words.map((match) => [match.id, match]));
      const keyed = (wanted: readonly number[]) =>
        isOn('keys') && wanted.length > 0 ? orderKeyed(chunks, wanted, { aliases, scores }) : [];
      const stated = keyed(cwe);
      // What is keyed already gains nothing by its other names.
      const implied = keyed(suggested).filter((chunk) => !stated.includes(chunk));
      const near =
        isOn('meaning') && questionVector !== undefined && vectors !== undefined
          ? nearestVectors(questionVector, vectors, MOST_RANKED).filter(({ id }) => byId.has(id))
          : [];
      const relevant = relevantWords(words).slice(0, MOST_RANKED);
      const ranked = fuseRanks([
        { ids: stated.map(({ id }) => id), weight: WEIGHT.stated },
        { ids: implied.map(({ id }) => id), weight: WEIGHT.suggested },
        { ids: relevant.map(({ id }) => id), weight: WEIGHT.words },
        { ids: near.map(({ id }) => id), weight: WEIGHT.meaning },
      ]);
      return ranked.slice(0, limit).flatMap(({ id, score }, index): readonly Passage[] => {
        const chunk = byId.get(id);
        if (chunk === undefined) return [];
        const why = whyFound(chunk, {
          ...{ stated: cwe, suggested },
          words: relevant.find((match) => match.id === id),
          near: near.find((one) => one.id === id),
        });
        const isKnown = [...stated, ...implied, ...relevant].some((one) => one.id === id);
        const isVague = !isKnown && near.find((one) => one.id === id)?.isClear !== true;
        const found = { score, why: why.map((reason) => say(reason, book)) };
        return [{ ...chunk, label: `K${index + 1}`, ...found, ...(isVague ? { isVague } : {}) }];
      });
    },
  };
}

/**
 * The card that fits best, then what the team wrote: titles that name the weakness first, then whose words fit, who names the fewest others.
 * Further cards come last: they speak of neighbours, and in general.
 */
function orderKeyed(
  chunks: readonly Chunk[],
  wanted: readonly number[],
  { aliases, scores }: { aliases: AliasBook; scores: ReadonlyMap<string, WordMatch> },
): readonly Chunk[] {
  const names = (numbers: readonly number[]) => numbers.some((cwe) => wanted.includes(cwe));
  const ordered = chunks
    .filter(({ cwe }) => names(cwe))
    .map((chunk) => ({
      chunk,
      inTitle: Number(chunk.source === 'document' && names(aliases.weaknessesIn(chunk.title))),
      score: scores.get(chunk.id)?.score ?? 0,
    }))
    .sort(
      (a, b) =>
        b.inTitle - a.inTitle ||
        b.score - a.score ||
        a.chunk.cwe.length - b.chunk.cwe.length ||
        compare(a.chunk.id, b.chunk.id),
    )
    .map(({ chunk }) => chunk);
  const cards = ordered.filter(({ source }) => source === 'card');
  const others = ordered.filter(({ source }) => source !== 'card');
  return [...cards.slice(0, 1), ...others, ...cards.slice(1)].slice(0, MOST_RANKED);
}

function relevantWords(words: readonly WordMatch[]): readonly WordMatch[] {
  const best = words[0]?.score ?? 0;
  return words.filter(({ coverage, score }) => coverage >= LEAST_COVERAGE && score >= best * LEAST_OF_BEST);
}

function whyFound(
  { cwe }: Chunk,
  found: {
    readonly stated: readonly number[];
    readonly suggested: readonly number[];
    readonly words: WordMatch | undefined;
    readonly near: Near | undefined;
  },
): readonly Phrase[] {
  const listed = (numbers: readonly number[]) => numbers.map((number) => `CWE-${number}`).join(', ');
  const stated = found.stated.filter((number) => cwe.includes(number));
  const suggested = found.suggested.filter((number) => cwe.includes(number));
  const { words, near } = found;
  return [
    ...(stated.length === 0 ? [] : [phrase`key ${listed(stated)}`]),
    ...(suggested.length === 0 ? [] : [phrase`names ${listed(suggested)}`]),
    ...(words === undefined
      ? []
      : [phrase`words ${words.score.toFixed(2)}: ${words.words.slice(0, MOST_WORDS_NAMED).join(', ')}`]),
    ...(near === undefined ? [] : [phrase`meaning ${near.similarity.toFixed(2)}`]),
  ];
}
