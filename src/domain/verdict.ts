// What a judge says of a finding, and the band that facts allow it to move in.
import type { Case } from './evidence.ts';
import type { Citation } from './location.ts';
import type { Patch, PatchRefusal } from './patch.ts';
import type { ScopedFinding } from './scoped-finding.ts';

export const VERDICT_LABELS = ['false_positive', 'needs_review', 'true_positive'] as const;
export type VerdictLabel = (typeof VERDICT_LABELS)[number];

export type ReasonCode =
  | 'FP.const'
  | 'FP.unreachable'
  | 'FP.safe-api'
  | 'FP.wrong-class'
  | 'FP.policy'
  | 'TP.misuse'
  | 'TP.flow.remote'
  | 'REV.language'
  | 'REV.unresolved'
  | 'REV.parse'
  | 'REV.no-sink'
  | 'REV.unknown'
  | 'REV.param'
  | 'REV.too-large'
  | 'REV.weakness'
  | 'REV.never-dismiss'
  | 'REV.conflict'
  | 'REV.error';

export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
  readonly citations: readonly Citation[];
}

export interface Verdict {
  readonly label: VerdictLabel;
  /** Share of such verdicts that were right when measured, 0–1. */
  readonly confidence: number;
  /** Lower end of the 95 % interval of that share. */
  readonly confidenceLowerBound: number;
  readonly by: 'builtin' | 'model' | 'policy' | 'human';
  /** Never empty. Citations are never empty for true and false positives. */
  readonly reasons: readonly Reason[];
}

/** The verdicts that the facts allow, both ends included; ordered as `VERDICT_LABELS`. */
export interface VerdictBand {
  readonly floor: VerdictLabel;
  readonly ceiling: VerdictLabel;
}

/** A finding with its verdict; `verdict` is null only when it is out of the asked scope. */
export interface JudgedFinding extends ScopedFinding {
  readonly verdict: Verdict | null;
  readonly rootCause: string | null;
  /** How it is mended; null where nothing is known of the weakness or there is nothing to mend. */
  readonly remediation: string | null;
}

/** A judged finding with the change that mends it, when one was proved. */
export interface PatchedFinding extends JudgedFinding {
  readonly patch: Patch | null;
  readonly refusedPatches: readonly PatchRefusal[];
}

/** A judged case: what the publisher needs to explain itself. */
export interface Judgement {
  readonly case: Case;
  readonly verdict: Verdict;
  readonly rootCause: string;
  readonly remediation: string | null;
}
