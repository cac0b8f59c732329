// The cards of weaknesses as pieces that can be found, beside the team's documents.
import type { Chunk } from '#domain/knowledge.ts';
import type { CardLibrary } from './load-cards.ts';

export function chunkCards(cards: CardLibrary): readonly Chunk[] {
  return cards.cwes.flatMap((cwe): readonly Chunk[] => {
    const card = cards.cardFor([cwe]);
    if (card === null) return [];
    return [
      {
        id: `cwe-${cwe}`,
        source: 'card',
        title: `CWE-${cwe} ${card.name}`,
        path: null,
        anchor: null,
        line: null,
        text: `${card.what}\n\n${card.fix}`,
        cwe: [cwe],
      },
    ];
  });
}
