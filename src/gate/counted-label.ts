// Which verdict the rules count: a dismissal that only a model made is undecided until the policy's limits say that it may stand.
import type { ModelPolicy } from '#domain/policy.ts';
import { atLeast } from '#domain/severity.ts';
import type { JudgedFinding, VerdictLabel } from '#domain/verdict.ts';

/** `policy.model.dismiss`: below which severity, and from which confidence on, a model's checked claims dismiss. */
export type DismissLimits = ModelPolicy['dismiss'];

/** Why a person has to agree to a model's dismissal: the finding is too severe for it, or the model too unsure. */
export type ModelDoubt = 'severity' | 'confidence';

/** Null for every verdict but a model's dismissal, and for one that may stand. */
export function doubtOf(
  { verdict, severity }: Pick<JudgedFinding, 'verdict' | 'severity'>,
  limits: DismissLimits,
): ModelDoubt | null {
  if (verdict?.label !== 'false_positive' || verdict.by !== 'model') return null;
  if (atLeast(severity, limits.below)) return 'severity';
  // Not `<`: what is no number is no confidence.
  return verdict.confidence >= limits.confidence ? null : 'confidence';
}

/** A finding in scope without a verdict was not judged, which must not make it harmless: it counts as undecided. */
export function countedLabel(finding: JudgedFinding, limits: DismissLimits): VerdictLabel {
  if (doubtOf(finding, limits) !== null) return 'needs_review';
  return finding.verdict?.label ?? 'needs_review';
}
