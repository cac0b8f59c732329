// Which of a model's confirmed claims may move a verdict, and where none may.
import type { CheckedClaim, ClaimKind } from '#domain/claim.ts';
import type { Case, UnknownCode } from '#domain/evidence.ts';
import { MISUSE_WEAKNESSES } from '../refused-dismissals.ts';
import { isConflict } from '../verdict-band.ts';
import type { WeighedEvidence } from '../weigh-evidence.ts';

const DISMISSING: ReadonlySet<ClaimKind> = new Set([
  'sanitizer',
  'guard',
  'constant',
  'safe_api',
  'unreachable',
]);
/** Claims about the value, which is not what a misuse is about. */
const ABOUT_THE_VALUE: ReadonlySet<ClaimKind> = new Set(['sanitizer', 'guard', 'constant']);
/** With one of these open, the code around the place was not understood: nothing found there clears it. */
const INCOMPLETE: ReadonlySet<UnknownCode> = new Set([
  'REV.language',
  'REV.unresolved',
  'REV.parse',
  'REV.too-large',
  'REV.weakness',
]);

/** Those that by themselves allow a dismissal of a finding of these weaknesses. One without a citation convinces nobody. */
export function dismissingClaims(
  claims: readonly CheckedClaim[],
  cwe: readonly number[],
): readonly CheckedClaim[] {
  const isMisuse = cwe.some((one) => MISUSE_WEAKNESSES.has(one));
  return claims.filter(
    ({ kind, outcome, citation }) =>
      outcome === 'opens' &&
      citation !== null &&
      DISMISSING.has(kind) &&
      !(isMisuse && ABOUT_THE_VALUE.has(kind)),
  );
}

/** What shows that input reaches the place: a confirmed source, or a confirmed step of the way, and the sink when it was named. Empty when that is not shown. */
export function provingClaims(claims: readonly CheckedClaim[]): readonly CheckedClaim[] {
  const standing = claims.filter(({ outcome, citation }) => outcome !== 'struck' && citation !== null);
  const sources = standing.filter(({ kind, outcome }) => kind === 'source' && outcome === 'opens');
  const steps = standing.filter(({ kind }) => kind === 'flow');
  if (sources.length + steps.length === 0) return [];
  return [...sources, ...steps, ...standing.filter(({ kind }) => kind === 'sink')];
}

/** Whether no claim may dismiss this finding. */
export function isRefused({ finding, evidence }: Case, weighed: WeighedEvidence): boolean {
  return (
    weighed.neverDismiss ||
    isConflict(weighed) ||
    weighed.proofs.length > 0 ||
    !finding.location.resolved ||
    finding.location.wholeFile === true ||
    finding.cwe.length === 0 ||
    evidence.unknowns.some(({ code }) => INCOMPLETE.has(code))
  );
}
