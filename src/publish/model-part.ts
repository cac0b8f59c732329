// What is counted of a model's claims: how many stood their check, of how many.
import type { ModelOpinion } from '#domain/verdict.ts';

export interface ClaimCounts {
  readonly claims: number;
  /** Of them, those that were confirmed. */
  readonly confirmed: number;
}

export function claimCounts({ claims }: Pick<ModelOpinion, 'claims'>): ClaimCounts {
  return { claims: claims.length, confirmed: claims.filter(({ outcome }) => outcome !== 'struck').length };
}
