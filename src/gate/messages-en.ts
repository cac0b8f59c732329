// The gate in English.
import type { GateRule, Waiver } from '#domain/policy.ts';
import type { JudgedFinding, VerdictLabel } from '#domain/verdict.ts';
import { markOutside } from '../support/mark-outside.ts';
import type { Condition } from './apply-rule.ts';
import { statedConditions } from './dependency-condition.ts';
import type { BroadReason, GateMessages } from './message-catalogue.ts';

const VERDICTS: Record<VerdictLabel, string> = {
  true_positive: 'true positive',
  needs_review: 'needs review',
  false_positive: 'false positive',
};

export const ENGLISH: GateMessages = {
  outOfScope: (scopeWhy) => `Outside the scope that was asked for: ${scopeWhy}`,
  suppressed: (kind, why) => `Suppressed in the report (${markOutside(kind)}): ${why}`,
  waived: (waivers) => `Waived ${waivers.map(describeWaiver).join(', and ')}.`,
  blocks: (rule, mode) =>
    mode === 'report'
      ? `The rule ${markOutside(rule.name)} would block it: ${describeRule(rule)}.`
      : `Blocked by the rule ${markOutside(rule.name)}: ${describeRule(rule)}.`,
  modelDoubt: (doubt, severity, limits) =>
    doubt === 'severity'
      ? `The dismissal rests on a model's checked claims; at severity ${severity} a person has to agree.`
      : `The dismissal rests on a model's checked claims; where its confidence is below ${limits.confidence} a person has to agree.`,
  sentences: (parts) => parts.join(' '),
  allowedFalsePositive: () => 'A false positive, and no rule names that verdict.',
  allowed: (unmet, finding) =>
    unmet.length === 0
      ? 'No gate rule is in force.'
      : `${unmet.map(({ rule, condition }) => `The rule ${markOutside(rule.name)} does not apply: ${explain(condition, rule, finding)}`).join('. ')}.`,
  ruleBlocks: (rule, count, bySeverity, ids, mode) =>
    `The rule ${markOutside(rule.name)} (${describeRule(rule)}) ${mode === 'report' ? 'would block' : 'blocks'} ${findings(count)}, ${bySeverity.map(([severity, of]) => `${of} ${severity}`).join(', ')}: ${some(ids, count)}.`,
  nothingBlocks: (inScope) =>
    inScope < 2
      ? `${inScope === 0 ? 'There is no finding' : 'No gate rule blocks the one finding'} in scope.`
      : `No gate rule blocks any of the ${findings(inScope)} in scope.`,
  reportMode: (count) =>
    `gate.mode is "report": ${findings(count)} would have failed the gate, but the configuration only reports for now.`,
  waiverUnused: (name) => `${name} matches no finding: remove it, or correct it.`,
  waiverExpired: (name, waiver, matches) =>
    `${name} expired on ${waiver.expires} and no longer waives anything${matches > 0 ? ` (it names ${findings(matches)})` : ''}: ask ${markOutside(waiver.owner)} to renew or remove it.`,
  waiverExpiring: (name, waiver, days) =>
    `${name} ends ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`} (${waiver.expires}); its owner is ${markOutside(waiver.owner)}.`,
  waiverBroad: (name, why) =>
    `${name} is very broad: ${why.map(explainBroad).join('; ')}. Prefer an id, or a narrower path.`,
  waiverPartial: (name, ids, count) =>
    `${name} covers ${findings(count)} only in part, so it does not waive ${count === 1 ? 'it' : 'them'}: another rule, which no waiver names, reports the same place (${some(ids, count)}).`,
  waiverCritical: (ids, count) =>
    `${findings(count)} of severity critical ${count === 1 ? 'is' : 'are'} waived: ${some(ids, count)}.`,
  severityLowered: (count, changes) =>
    `Severity overrides of the configuration lowered ${findings(count)}: ${changes.map(([from, to, of]) => `${of} from ${from} to ${to}`).join(', ')}.`,
  globBroad: (key, glob) => `${key}: the glob ${markOutside(glob)} covers the whole repository.`,
  configChanged: () =>
    'assay.yml is changed by this change; the new version takes effect after merge, this run used the one of the base.',
};

function describeRule(rule: GateRule): string {
  const parts = [
    rule.scope === null ? null : `scope ${rule.scope.join(' or ')}`,
    rule.severity === null
      ? null
      : `severity ${rule.severity}${rule.severity === 'critical' ? '' : ' or worse'}`,
    `verdict ${(rule.verdict ?? (['true_positive', 'needs_review'] as const)).map((label) => VERDICTS[label]).join(' or ')}`,
    rule.confidence === null ? null : `confidence at least ${rule.confidence}`,
    rule.cwe === null ? null : rule.cwe.map((cwe) => `CWE-${cwe}`).join(' or '),
    rule.paths === null ? null : `path ${rule.paths.map((path) => markOutside(path)).join(' or ')}`,
    rule.tools === null ? null : `tool ${rule.tools.map((tool) => markOutside(tool)).join(' or ')}`,
    rule.dependency === undefined ? null : stated(rule),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function explain(condition: Condition, rule: GateRule, finding: JudgedFinding): string {
  switch (condition) {
    case 'scope':
      return `the finding is ${finding.scope.state}`;
    case 'severity':
      return `severity ${finding.severity} is below ${rule.severity}`;
    case 'verdict':
      return `the verdict is ${VERDICTS[finding.verdict?.label ?? 'needs_review']}`;
    case 'confidence':
      return `the lower bound of the confidence, ${finding.verdict?.confidenceLowerBound ?? 0}, is below ${rule.confidence}`;
    case 'cwe':
      return 'it names other CWEs';
    case 'paths':
      return 'it names other paths';
    case 'tools':
      return 'it names other tools';
    case 'dependency':
      return `it asks for ${stated(rule)}`;
  }
}

/** Between backticks, as they are written in the configuration. */
function stated({ dependency }: GateRule): string {
  const parts = dependency === undefined ? [] : statedConditions(dependency);
  return parts.map(([name, text]) => `\`${name}: ${text}\``).join(', ');
}

function describeWaiver(waiver: Waiver): string {
  return `until ${waiver.expires} by ${markOutside(waiver.owner)}: ${markOutside(waiver.reason, 200)}`;
}

function explainBroad(reason: BroadReason): string {
  switch (reason.kind) {
    case 'whole-repository':
      return 'its path covers the whole repository';
    case 'many-findings':
      return `it matches ${findings(reason.count)}`;
    case 'long':
      return `it holds for ${reason.days} more days`;
  }
}

function findings(count: number): string {
  return count === 1 ? '1 finding' : `${count} findings`;
}

function some(ids: readonly string[], count: number): string {
  const rest = count - ids.length;
  return `${ids.map((id) => markOutside(id)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
