// What a judge says of a finding, and the band that facts allow it to move in.
import type { CheckedClaim, DismissalClass } from './claim.ts';
import type { Case } from './evidence.ts';
import type { KnowledgeReference } from './knowledge.ts';
import type { Citation } from './location.ts';
import type { ModelFailure } from './model.ts';
import type { OddName } from './odd-name.ts';
import type { Patch, PatchRefusal } from './patch.ts';
import type { ScopedFinding } from './scoped-finding.ts';

export const VERDICT_LABELS = ['false_positive', 'needs_review', 'true_positive'] as const;
export type VerdictLabel = (typeof VERDICT_LABELS)[number];

export type ReasonCode =
  | 'FP.const'
  | 'FP.sanitized'
  | 'FP.unreachable'
  | 'FP.safe-api'
  | 'FP.wrong-class'
  | 'FP.policy'
  | 'FP.sca.absent'
  | 'FP.sca.not-imported'
  | 'FP.sca.part-not-imported'
  | 'FP.sca.not-called'
  | 'FP.model.sanitised'
  | 'FP.model.guarded'
  | 'FP.model.constant'
  | 'FP.model.safe-api'
  | 'FP.model.unreachable'
  | 'TP.misuse'
  | 'TP.flow.remote'
  | 'TP.sca.called'
  | 'TP.licence'
  | 'TP.model'
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
  | 'REV.sca.unknown'
  | 'REV.sca.dev-only'
  | 'REV.sca.symbols'
  | 'REV.licence'
  | 'REV.model'
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
  /** What a model said, and what became of it; left out when none was asked. */
  readonly model?: ModelOpinion;
}

/** The part that a model had in a verdict: stands in the result so that everybody sees who decided. */
export interface ModelOpinion {
  /** `provider/name`: the one that was asked. */
  readonly model: string;
  /** What the provider said answered; only where it is another model. Outside text. */
  readonly answeredBy?: string;
  /** Id and hash of the rendered prompt's parts, for example `verdict@1+sql-injection@1`. */
  readonly prompt: { readonly id: string; readonly hash: string };
  /**
   * - `decided`: its checked claims moved the verdict; `agreed`: it says what was decided without it
   * - `overruled`: it says something that the evidence does not allow
   * - `undecided`: it does not know either; `explained`: it was asked for words only; `failed`: see `failure`
   */
  readonly part: 'decided' | 'agreed' | 'overruled' | 'undecided' | 'explained' | 'failed';
  readonly label: VerdictLabel | null;
  readonly confidence: number | null;
  readonly dismissal: DismissalClass | null;
  readonly claims: readonly CheckedClaim[];
  readonly failure: ModelFailure | null;
  /** Rounds in which it was shown more code, 0 for none. */
  readonly rounds: number;
}

/** The verdicts that the facts allow, both ends included; ordered as `VERDICT_LABELS`. */
export interface VerdictBand {
  readonly floor: VerdictLabel;
  readonly ceiling: VerdictLabel;
}

/** A finding with its verdict; `verdict` is null only when it is out of the asked scope. */
export interface JudgedFinding extends ScopedFinding {
  /** The team's own documents on its weakness; left out where there are none. */
  readonly knowledge?: readonly KnowledgeReference[];
  /** Names in its code that may deceive a reader; left out where there are none. */
  readonly oddNames?: readonly OddName[];
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
