// A checked `assay.yml` → the policy as every stage knows it, with the defaults filled in.
import type { GateRule, Policy } from '#domain/policy.ts';
import { DEFAULT_RULE, DEFAULT_RULE_NAME } from '../../gate/rules-in-force.ts';
import { DEFAULT_INLINE_LIMIT, type PolicyDocument } from './policy-schema.ts';
import { toDependencyCondition, toDependencyPolicy } from './to-dependency-policy.ts';
import { toKnowledgePolicy, toModelPolicy } from './to-model-policy.ts';

type RuleDocument = NonNullable<NonNullable<PolicyDocument['gate']>['rules']>[number];
type CweDocument = number | string;

export function toPolicy(document: PolicyDocument): Policy {
  return {
    gate: {
      mode: document.gate?.mode ?? 'enforce',
      rules: document.gate?.rules?.map(toRule) ?? [DEFAULT_RULE],
    },
    scope: document.scope ?? null,
    waivers: (document.waivers ?? []).map((waiver) => ({
      id: waiver.id ?? null,
      rule: waiver.rule ?? null,
      path: waiver.path ?? null,
      reason: waiver.reason,
      owner: waiver.owner,
      expires: waiver.expires,
    })),
    severityOverrides: (document.severity ?? []).map((entry) => ({
      rule: entry.rule ?? null,
      cwe: entry.cwe === undefined ? null : toNumber(entry.cwe),
      path: entry.path ?? null,
      severity: entry.level,
    })),
    ignore: document.ignore ?? [],
    neverDismiss: (document.never_dismiss ?? []).map(toNumber),
    policyPaths: {
      test: document.policy_paths?.tests ?? [],
      generated: document.policy_paths?.generated ?? [],
      vendored: document.policy_paths?.vendored ?? [],
    },
    suppressions: { acceptExternal: document.suppressions?.accept_external ?? false },
    language: document.language ?? 'en',
    publishing: {
      inlineLimit: document.comments?.limit ?? DEFAULT_INLINE_LIMIT,
      dismissed: document.comments?.dismissed ?? 'listed',
      needsReview: document.comments?.needs_review ?? 'inline',
      summary: document.comments?.summary ?? 'auto',
      status: document.status ?? 'auto',
      codeScanning: {
        upload: document.code_scanning?.upload ?? false,
        dismiss: document.code_scanning?.dismiss_false_positives ?? false,
      },
    },
    model: toModelPolicy(document.model),
    knowledge: toKnowledgePolicy(document.knowledge),
    dependencies: toDependencyPolicy(document.dependencies),
  };
}

/** A rule named `default` starts from the built-in one; any other starts from no condition at all. */
function toRule(rule: RuleDocument): GateRule {
  const unstated: GateRule = {
    ...{ name: rule.name, severity: null, cwe: null, scope: null, verdict: null },
    ...{ confidence: null, paths: null, tools: null },
  };
  const start = rule.name === DEFAULT_RULE_NAME ? DEFAULT_RULE : unstated;
  return {
    name: rule.name,
    severity: rule.severity ?? start.severity,
    cwe: rule.cwe?.map(toNumber) ?? start.cwe,
    scope: rule.scope ?? start.scope,
    verdict: rule.verdict ?? start.verdict,
    confidence: rule.confidence ?? start.confidence,
    paths: rule.paths ?? start.paths,
    tools: rule.tools ?? start.tools,
    ...toDependencyCondition(rule),
  };
}

function toNumber(cwe: CweDocument): number {
  return typeof cwe === 'number' ? cwe : Number(cwe.replace(/^cwe-/i, ''));
}
