// One gate rule against one finding: does every condition that it states hold, and if not, which fails first.
import type { GateRule } from '#domain/policy.ts';
import { atLeast } from '#domain/severity.ts';
import type { JudgedFinding, VerdictLabel } from '#domain/verdict.ts';
import { compileGlobs } from '../support/glob.ts';
import { countedLabel, type DismissLimits } from './counted-label.ts';
import { meetsDependencyCondition } from './dependency-condition.ts';

export type Condition =
  | 'scope'
  | 'severity'
  | 'verdict'
  | 'confidence'
  | 'cwe'
  | 'paths'
  | 'tools'
  | 'dependency';

/** Whether `cwe` is `ancestor` or below it in the CWE tree. */
export type IsKindOf = (cwe: number, ancestor: number) => boolean;

export interface CompiledRule {
  readonly rule: GateRule;
  /** The first condition that the finding does not meet; null when the rule blocks it. */
  unmet(finding: JudgedFinding): Condition | null;
}

export function compileRule(rule: GateRule, isKindOf: IsKindOf, limits: DismissLimits): CompiledRule {
  const matchesPath = rule.paths === null ? null : compileGlobs(rule.paths);
  const tools = rule.tools?.map((tool) => tool.toLowerCase()) ?? null;
  const unmet = (finding: JudgedFinding): Condition | null => {
    if (!allowsVerdict(rule, countedLabel(finding, limits))) return 'verdict';
    if (rule.scope !== null && !rule.scope.includes(finding.scope.state)) return 'scope';
    if (rule.severity !== null && !atLeast(finding.severity, rule.severity)) return 'severity';
    if (rule.cwe !== null && !isAnyKindOf(finding.cwe, rule.cwe, isKindOf)) return 'cwe';
    if (matchesPath !== null && !matchesPath(finding.location.path)) return 'paths';
    if (tools !== null && !finding.tools.some((tool) => tools.includes(tool.name.toLowerCase())))
      return 'tools';
    if (rule.dependency !== undefined && !meetsDependencyCondition(finding, rule.dependency))
      return 'dependency';
    if (rule.confidence !== null && (finding.verdict?.confidenceLowerBound ?? 0) < rule.confidence) {
      return 'confidence';
    }
    return null;
  };
  return { rule, unmet };
}

/** A false positive is blocked only by a rule that names that verdict. */
function allowsVerdict(rule: GateRule, label: VerdictLabel): boolean {
  return rule.verdict === null ? label !== 'false_positive' : rule.verdict.includes(label);
}

function isAnyKindOf(cwe: readonly number[], ancestors: readonly number[], isKindOf: IsKindOf): boolean {
  return cwe.some((one) => ancestors.some((ancestor) => one === ancestor || isKindOf(one, ancestor)));
}
