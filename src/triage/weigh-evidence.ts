// Which facts of a case count: checked dismissals, proofs, and dismissals that were refused, each with the reason (no verdict yet).
import type { Case, Fact, FactKind, UnknownCode } from '#domain/evidence.ts';
import { MISUSE_WEAKNESSES, TEXT_WEAKNESSES } from './refused-dismissals.ts';

export interface WeighingRules {
  /** CWEs that the team never lets a machine dismiss. */
  readonly neverDismiss: readonly number[];
  /** Whether `cwe` is `ancestor` or below it in the CWE tree; without it CWEs are compared by number. */
  readonly isKindOf?: (cwe: number, ancestor: number) => boolean;
}

export type DismissalKind = Extract<
  FactKind,
  'constant_arguments' | 'sanitized_arguments' | 'dead_branch' | 'safe_call' | 'not_the_sink' | 'policy_path'
>;
export type ProofKind = Extract<FactKind, 'misuse' | 'direct_flow'>;

interface DismissalFact extends Fact {
  readonly kind: DismissalKind;
}
interface ProofFact extends Fact {
  readonly kind: ProofKind;
}

/** Why a dismissal was not accepted although its fact stands. */
export type RefusalKind =
  | 'misuse_weakness'
  | 'unknown_weakness'
  | 'text_weakness'
  | 'incomplete'
  | 'never_dismiss';

interface Refusal {
  readonly kind: RefusalKind;
  readonly fact: Fact;
}

export interface WeighedEvidence {
  /** Accepted dismissals, strongest first; each with at least one citation. */
  readonly dismissals: readonly DismissalFact[];
  readonly proofs: readonly ProofFact[];
  readonly refusals: readonly Refusal[];
  /** The team keeps this weakness from being dismissed: the facts are shown, a person decides. */
  readonly neverDismiss: boolean;
}

/** Kinds that may dismiss, the one that settles most first: code that never runs needs no second reason. */
const DISMISSAL_KINDS: readonly DismissalKind[] = [
  'dead_branch',
  'not_the_sink',
  'safe_call',
  'constant_arguments',
  'sanitized_arguments',
  'policy_path',
];
const PROOF_KINDS: readonly ProofKind[] = ['misuse', 'direct_flow'];

/** With one of these open, the code around the place was not understood: nothing found there clears it. */
const INCOMPLETE: ReadonlySet<UnknownCode> = new Set([
  'REV.language',
  'REV.unresolved',
  'REV.parse',
  'REV.too-large',
]);

export function weighEvidence(theCase: Case, rules: WeighingRules): WeighedEvidence {
  const neverDismiss = isNeverDismissed(theCase.finding.cwe, rules);
  // A place that is not in the repository at head can neither be cleared nor proved.
  if (!theCase.finding.location.resolved) {
    return { dismissals: [], proofs: [], refusals: [], neverDismiss };
  }
  const dismissals: DismissalFact[] = [];
  const refusals: Refusal[] = [];
  for (const fact of citedFacts(theCase, DISMISSAL_KINDS)) {
    const kind = refusalOf(fact, theCase, neverDismiss);
    if (kind === null) dismissals.push(fact);
    else refusals.push({ kind, fact });
  }
  const dead = dismissals.some((fact) => fact.kind === 'dead_branch');
  // Proofs speak of code that runs: in a dead branch they are void.
  const proofs = dead ? [] : citedFacts(theCase, PROOF_KINDS);
  const listed = dismissals.filter((fact) => fact.kind === 'policy_path');
  // Where the code speaks against itself, the team's list still decides, and it alone.
  const standing = proofs.length > 0 && listed.length > 0 ? listed : dismissals;
  return { dismissals: standing, proofs, refusals, neverDismiss };
}

/** The facts of these kinds, in the order of the kinds. A fact without a citation convinces nobody. */
function citedFacts<K extends FactKind>(theCase: Case, kinds: readonly K[]): (Fact & { kind: K })[] {
  return kinds.flatMap((kind) =>
    theCase.evidence.facts.flatMap((fact) =>
      fact.kind === kind && fact.citations.length > 0 ? [{ ...fact, kind }] : [],
    ),
  );
}

function isNeverDismissed(cwe: readonly number[], { neverDismiss, isKindOf }: WeighingRules): boolean {
  return cwe.some((one) =>
    neverDismiss.some((ancestor) => one === ancestor || isKindOf?.(one, ancestor) === true),
  );
}

function refusalOf(fact: DismissalFact, theCase: Case, neverDismiss: boolean): RefusalKind | null {
  const { cwe } = theCase.finding;
  // The team's list of paths is not a fact about this code, so against its own `never_dismiss` it counts for nothing.
  if (fact.kind === 'policy_path') return neverDismiss ? 'never_dismiss' : null;
  if (theCase.evidence.unknowns.some(({ code }) => INCOMPLETE.has(code))) return 'incomplete';
  if (fact.kind === 'constant_arguments' || fact.kind === 'sanitized_arguments') {
    if (cwe.length === 0) return 'unknown_weakness';
    if (cwe.some((one) => MISUSE_WEAKNESSES.has(one))) return 'misuse_weakness';
  }
  if (fact.kind === 'dead_branch' && cwe.some((one) => TEXT_WEAKNESSES.has(one))) return 'text_weakness';
  return null;
}
