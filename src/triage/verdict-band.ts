// The verdicts that the facts of a case allow, and any judge's label pushed back into them (security.md R4).
import type { Case } from '#domain/evidence.ts';
import { VERDICT_LABELS, type VerdictBand, type VerdictLabel } from '#domain/verdict.ts';
import { type WeighedEvidence, type WeighingRules, weighEvidence } from './weigh-evidence.ts';

/** The band of contracts.md, "Verdict bands". A dismissal that is refused opens nothing. */
export function bandOf(theCase: Case, rules: WeighingRules): VerdictBand {
  return bandFor(weighEvidence(theCase, rules));
}

export function bandFor(weighed: WeighedEvidence): VerdictBand {
  const { dismissals, proofs, neverDismiss } = weighed;
  if (dismissals.length > 0) {
    const cleared = !neverDismiss && !isConflict(weighed);
    return { floor: cleared ? 'false_positive' : 'needs_review', ceiling: 'needs_review' };
  }
  return { floor: proofs.length > 0 ? 'true_positive' : 'needs_review', ceiling: 'true_positive' };
}

/**
 * The code both clears and proves the finding. A listed path is no contradiction: the team said that weaknesses there are none of
 * its concern, which a proof does not change.
 */
export function isConflict({ dismissals, proofs }: WeighedEvidence): boolean {
  return proofs.length > 0 && dismissals.some((fact) => fact.kind !== 'policy_path');
}

/** The label itself when the band holds it, else the nearer end. */
export function clampVerdict(label: VerdictLabel, band: VerdictBand): VerdictLabel {
  const rank = VERDICT_LABELS.indexOf(label);
  if (rank < VERDICT_LABELS.indexOf(band.floor)) return band.floor;
  if (rank > VERDICT_LABELS.indexOf(band.ceiling)) return band.ceiling;
  return label;
}
