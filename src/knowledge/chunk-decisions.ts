// What was decided before as pieces that can be found: who accepted what, why, and until when.
import type { Chunk, PastDecision } from '#domain/knowledge.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';

/** Reasons are people's own words: longer ones are cut. */
const LONGEST_REASON = 600;

/** @param book the language of our words around theirs; null for English */
export function chunkDecisions(
  decisions: readonly PastDecision[],
  book: PhraseBook | null,
): readonly Chunk[] {
  return decisions.map((decision) => ({
    id: `decision:${decision.id}`,
    source: 'decision',
    title: titleOf(decision, book),
    path: null,
    anchor: null,
    line: null,
    text: textOf(decision, book),
    cwe: decision.cwe,
  }));
}

function titleOf({ kind, rule, path, finding }: PastDecision, book: PhraseBook | null): string {
  const about = [rule, path, finding].flatMap((part) => (part === null ? [] : [markOutside(part)])).join(' ');
  switch (kind) {
    case 'waiver':
      return say(phrase`Waiver: ${about}`, book);
    case 'baseline':
      return say(phrase`Accepted as existing: ${about}`, book);
    case 'memory':
      return say(phrase`Decided before: ${about}`, book);
  }
}

function textOf({ reason, owner, expires }: PastDecision, book: PhraseBook | null): string {
  const sentences = [
    phrase`Reason: ${markOutside(reason, LONGEST_REASON)}.`,
    ...(owner === null ? [] : [phrase`Answered for by ${markOutside(owner)}.`]),
    ...(expires === null ? [] : [phrase`Holds until ${expires}.`]),
  ];
  return sentences.map((sentence) => say(sentence, book)).join('\n');
}
