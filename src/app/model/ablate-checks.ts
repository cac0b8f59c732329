// Checks of answers switched off, one by one, to measure what each is worth: only `assay eval --ablate` asks for it, and no gate sees it.
import type { CheckedClaim } from '#domain/claim.ts';
import type { Dossier } from '#domain/dossier.ts';
import type { ModelAnswer } from '#domain/model-answer.ts';
import type { Judgement, Reason } from '#domain/verdict.ts';

/**
 * - `checks.quotes`: a claim counts although its quote stands nowhere
 * - `checks.syntax`: a claim counts for its quote alone, whatever stands there
 * - `checks.band`: the model's label is taken as it is
 */
export const CHECK_SWITCHES = ['checks.quotes', 'checks.syntax', 'checks.band'] as const;

export function withoutClaimChecks(
  claims: readonly CheckedClaim[],
  { items }: Pick<Dossier, 'items'>,
  switchedOff: ReadonlySet<string>,
): readonly CheckedClaim[] {
  const [anyQuote, anySyntax] = [switchedOff.has('checks.quotes'), switchedOff.has('checks.syntax')];
  if (!anyQuote && !anySyntax) return claims;
  return claims.map((claim) => {
    if (claim.citation !== null) return anySyntax ? { ...claim, outcome: 'opens' } : claim;
    const item = items.find(({ id }) => id === claim.item);
    if (!anyQuote || item === undefined) return claim;
    const { path, startLine, endLine, text } = item;
    return { ...claim, outcome: 'opens', citation: { path, startLine, endLine, quote: text } };
  });
}

/** The label that the model gave, where the band would have pushed it back. */
export function withoutBand(
  judgement: Judgement,
  { label, confidence }: Pick<ModelAnswer, 'label' | 'confidence'>,
  switchedOff: ReadonlySet<string>,
): Judgement {
  const { verdict } = judgement;
  if (!switchedOff.has('checks.band') || verdict.label === label) return judgement;
  const code = (
    { false_positive: 'FP.model.sanitised', needs_review: 'REV.model', true_positive: 'TP.model' } as const
  )[label];
  const citations = verdict.reasons.flatMap((reason) => reason.citations);
  const reasons: Reason[] = [{ code, text: 'The band was switched off.', citations }];
  return {
    ...judgement,
    verdict: { ...verdict, label, confidence, confidenceLowerBound: 0, by: 'model', reasons },
  };
}
