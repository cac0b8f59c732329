// What is laid before a model about one finding: numbered pieces of code and facts, within a budget, nothing else of the repository.
import type { Case, FactKind, Unknown } from './evidence.ts';
import type { Passage } from './knowledge.ts';

/** Facts keep their kinds; the others say why a piece of code is shown. */
export type DossierItemKind =
  | FactKind
  | 'place'
  | 'function'
  | 'flow_step'
  | 'caller'
  | 'callee'
  | 'definition'
  | 'import'
  | 'configuration';

export interface DossierItem {
  /** `E1`, `E2`, …; the facts of the case keep their ids, slices follow. */
  readonly id: string;
  readonly kind: DossierItemKind;
  /** What it is, in words of ours (English: models are asked in English); names from outside stand between backticks. */
  readonly note: string;
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** The lines exactly as they stand, joined by LF. */
  readonly text: string;
}

export interface Dossier {
  readonly case: Case;
  readonly items: readonly DossierItem[];
  readonly unknowns: readonly Unknown[];
  readonly knowledge: readonly Passage[];
  /** What the budget left out, in the order it was cut, for example "2 of 5 callers". */
  readonly cut: readonly string[];
}
