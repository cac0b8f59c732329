// May this change merge: the gate's answer, each part with its reason.
import type { PatchedFinding } from './verdict.ts';

export type GateEffectKind = 'blocks' | 'allowed' | 'waived' | 'suppressed' | 'out_of_scope';

export interface GateEffect {
  readonly effect: GateEffectKind;
  readonly why: string;
}

export interface GatedFinding extends PatchedFinding {
  readonly gate: GateEffect;
}

export type Outcome = 'passed' | 'failed' | 'unfinished';

export interface DecisionReason {
  /** `blocked`, `nothing-blocks`, `report-unreadable`, `results-rejected`, `scan-incomplete`, `interrupted`, `report-mode`, … */
  readonly code: string;
  readonly text: string;
}

/** Something about the policy or the inputs that a person should act on; it blocks nothing by itself. */
export interface Notice {
  readonly code: string;
  readonly text: string;
}

export interface Decision {
  readonly outcome: Outcome;
  readonly mode: 'enforce' | 'report';
  readonly reasons: readonly DecisionReason[];
}
