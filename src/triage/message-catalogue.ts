// What the built-in judge says, as a shape that every language fills in. Outside text stands between backticks (support/mark-outside.ts).
import type { Fact, Unknown } from '#domain/evidence.ts';
import type { Policy } from '#domain/policy.ts';
import type { RefusalKind } from './weigh-evidence.ts';

export type Language = Policy['language'];

/**
 * Why a model's verdict is not the finding's: its claims failed (`struck`) or do not suffice (`unproved`), contradict its label or its
 * reason (`mixed`), or no claim may clear this finding (`not_open`, `never_dismiss`).
 */
export type ModelRemark = 'struck' | 'unproved' | 'mixed' | 'not_open' | 'never_dismiss';

export interface TriageMessages {
  /** One sentence for a fact. */
  fact(fact: Fact): string;
  /** One open question. */
  question(unknown: Unknown): string;
  conflict(dismissals: readonly Fact[], proofs: readonly Fact[]): string;
  /** Why a fact that would clear the finding does not. */
  refusal(kind: RefusalKind, fact: Fact): string;
  /** A weakness without a card; `rule` is marked. */
  unnamedWeakness(rule: string): string;
  /** Why a verdict that decides is right; `functionName` is marked. */
  because(functionName: string | null, reasons: readonly string[]): string;
  /** That nothing is decided; `weakness` is null when a card names it in the sentence that follows. */
  open(functionName: string | null, weakness: string | null): string;
  known(facts: readonly Fact[]): string;
  /** Before what a card says of its weakness, where it is open whether the weakness is there. */
  meaning(what: string): string;
  noChange(): string;
  modelRemark(remark: ModelRemark): string;
  /** `question` is the model's: outside text. */
  modelAsks(question: string): string;
  /** What the facts say against what the model's checked claims say; both in whole sentences of ours. */
  modelConflict(facts: readonly string[], claims: readonly string[]): string;
  /** Prose of a model: outside text. */
  inModelsWords(prose: string): string;
  /** Why a finding has no verdict that says anything. */
  interrupted(): string;
}
