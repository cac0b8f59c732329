// What the gate says, as a shape that every language fills in. Outside text arrives already set apart between backticks.
import type { Decision } from '#domain/decision.ts';
import type { GateRule, Waiver } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import type { Condition } from './apply-rule.ts';
import type { DismissLimits, ModelDoubt } from './counted-label.ts';

export interface GateMessages {
  outOfScope(scopeWhy: string): string;
  suppressed(kind: string, why: string): string;
  waived(waivers: readonly Waiver[]): string;
  blocks(rule: GateRule, mode: Decision['mode']): string;
  /** Why a dismissal does not keep a finding from being blocked. */
  modelDoubt(doubt: ModelDoubt, severity: Severity, limits: DismissLimits): string;
  sentences(parts: readonly string[]): string;
  allowedFalsePositive(): string;
  /** Why each of the first rules does not block; empty when there is no rule at all. */
  allowed(unmet: readonly { rule: GateRule; condition: Condition }[], finding: JudgedFinding): string;
  ruleBlocks(
    rule: GateRule,
    count: number,
    bySeverity: readonly [Severity, number][],
    ids: readonly string[],
    mode: Decision['mode'],
  ): string;
  nothingBlocks(inScope: number): string;
  reportMode(count: number): string;
  waiverUnused(name: string): string;
  waiverExpired(name: string, waiver: Waiver, matches: number): string;
  waiverExpiring(name: string, waiver: Waiver, days: number): string;
  waiverBroad(name: string, why: readonly BroadReason[]): string;
  waiverPartial(name: string, ids: readonly string[], count: number): string;
  waiverCritical(ids: readonly string[], count: number): string;
  severityLowered(count: number, changes: readonly [from: Severity, to: Severity, count: number][]): string;
  globBroad(key: string, glob: string): string;
  configChanged(): string;
}

export type BroadReason =
  | { readonly kind: 'whole-repository' }
  | { readonly kind: 'many-findings'; readonly count: number }
  | { readonly kind: 'long'; readonly days: number };
