// Completes a finding and its evidence to the case that a judge looks at.
import type { Case, Evidence } from '#domain/evidence.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { CardLibrary } from './load-cards.ts';

export function buildCase(finding: ScopedFinding, evidence: Evidence, cards: CardLibrary): Case {
  return { finding, evidence, card: cards.cardFor(finding.cwe) };
}
