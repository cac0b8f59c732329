// Which rules the gate applies: the configuration's, with `--fail-on` replacing the severity of the default rule.
import type { GateRule } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';

/** The value of `--fail-on`; null when it was not given. */
export type FailOn = Exclude<Severity, 'none'> | 'never' | null;

/** The name that makes a rule of the configuration the default rule. */
export const DEFAULT_RULE_NAME = 'default';

/** Blocks new findings of severity high or worse that are real or undecided (contracts.md, "Gate"). */
export const DEFAULT_RULE: GateRule = {
  name: DEFAULT_RULE_NAME,
  severity: 'high',
  cwe: null,
  scope: ['new'],
  verdict: ['true_positive', 'needs_review'],
  confidence: null,
  paths: null,
  tools: null,
};

/**
 * Without `--fail-on`: the configuration's rules as they are (it holds the default rule when it gives no rules at all, or an
 * entry named `default`). With a severity: the default rule has that severity, and is added when the configuration has none.
 * With `never`: the default rule is gone. The other rules stay in every case.
 */
export function rulesInForce(rules: readonly GateRule[], failOn: FailOn): readonly GateRule[] {
  if (failOn === null) return rules;
  const others = rules.filter((rule) => rule.name !== DEFAULT_RULE_NAME);
  if (failOn === 'never') return others;
  const given = rules.find((rule) => rule.name === DEFAULT_RULE_NAME) ?? DEFAULT_RULE;
  return [{ ...given, severity: failOn }, ...others];
}
