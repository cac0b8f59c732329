// What the built-in judge says, as a shape that every language fills in. Outside text stands between backticks (support/mark-outside.ts).
import type { Fact, Unknown } from '#domain/evidence.ts';
import type { Policy } from '#domain/policy.ts';
import type { VerdictLabel } from '#domain/verdict.ts';
import type { RefusalKind } from './weigh-evidence.ts';

export type Language = Policy['language'];

/** The weakness, the place and the code it stands at; every text is marked already. */
export interface Headline {
  readonly weakness: string;
  readonly place: string;
  readonly functionName: string | null;
  readonly quote: string | null;
}

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
  headline(label: VerdictLabel, headline: Headline): string;
  known(facts: readonly Fact[]): string;
  fix(text: string, label: VerdictLabel): string;
  noChange(): string;
}
