// Small findings, cases and policies for tests that care about one field only.

import type { Case, Evidence, Fact, FactKind } from '#domain/evidence.ts';
import type { ToolReport } from '#domain/finding.ts';
import type { GateRule, Policy, Waiver } from '#domain/policy.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { PatchedFinding, Verdict } from '#domain/verdict.ts';
import { toDependencyPolicy } from '../../src/app/config/to-dependency-policy.ts';
import { toKnowledgePolicy, toModelPolicy } from '../../src/app/config/to-model-policy.ts';

export function aTool(over: Partial<ToolReport> = {}): ToolReport {
  return {
    name: 'Scanner',
    version: null,
    ruleId: 'js/sqli',
    ruleName: null,
    rawSeverity: '8.8',
    precision: null,
    results: [{ input: 0, run: 0, index: 0 }],
    ...over,
  };
}

export function aFinding(over: Partial<ScopedFinding> = {}): ScopedFinding {
  return {
    id: '00000000000000aa',
    fingerprints: {},
    kind: 'sast',
    ruleId: 'js/sqli',
    tools: [aTool()],
    cwe: [89],
    severity: 'high',
    message: 'Query built from user-controlled sources.',
    location: {
      path: 'src/shop/orders.js',
      startLine: 12,
      startColumn: 3,
      endLine: 12,
      endColumn: 30,
      resolved: true,
      why: null,
    },
    flow: [],
    related: [],
    suppressions: [],
    baselineState: null,
    fixes: [],
    scope: { state: 'new', why: 'line 12 is added' },
    inScope: true,
    suppression: null,
    ...over,
  };
}

export function aVerdict(over: Partial<Verdict> = {}): Verdict {
  return {
    label: 'true_positive',
    confidence: 0.9,
    confidenceLowerBound: 0.8,
    by: 'builtin',
    reasons: [{ code: 'TP.misuse', text: 'Weak.', citations: [] }],
    ...over,
  };
}

export function aJudgedFinding(over: Partial<PatchedFinding> = {}): PatchedFinding {
  return {
    ...aFinding(),
    verdict: aVerdict(),
    rootCause: null,
    remediation: null,
    patch: null,
    refusedPatches: [],
    ...over,
  };
}

export function aFact(kind: FactKind, over: Partial<Fact> = {}): Fact {
  const citations = [
    { path: 'src/shop/orders.js', startLine: 12, endLine: 12, quote: 'db.query("SELECT 1")' },
  ];
  return { id: 'E1', kind, text: `This is a fact of kind ${kind}.`, citations, ...over };
}

export function aCase(over: Partial<ScopedFinding> = {}, evidence: Partial<Evidence> = {}): Case {
  return {
    finding: aFinding(over),
    evidence: { language: 'javascript', enclosingFunction: null, facts: [], unknowns: [], ...evidence },
    card: {
      cwe: 89,
      name: 'SQL injection',
      what: 'Text from outside becomes part of a database command.',
      fix: 'Pass values as parameters of a prepared statement.',
    },
  };
}

export function aRule(over: Partial<GateRule> = {}): GateRule {
  return {
    ...{ name: 'rule', severity: null, cwe: null, scope: null, verdict: null },
    ...{ confidence: null, paths: null, tools: null, ...over },
  };
}

export function aWaiver(over: Partial<Waiver> = {}): Waiver {
  return {
    ...{ id: null, rule: null, path: null, reason: 'Known and accepted', owner: 'platform-team' },
    ...{ expires: '2027-03-31', ...over },
  };
}

export function aPolicy(over: Partial<Policy> = {}): Policy {
  return {
    gate: { mode: 'enforce', rules: [] },
    scope: null,
    waivers: [],
    severityOverrides: [],
    ignore: [],
    neverDismiss: [],
    policyPaths: { test: [], generated: [], vendored: [] },
    suppressions: { acceptExternal: false },
    language: 'en',
    publishing: {
      ...{ inlineLimit: 20, dismissed: 'listed', needsReview: 'inline', summary: 'auto', status: 'auto' },
      codeScanning: { upload: false, dismiss: false },
    },
    model: toModelPolicy(),
    knowledge: toKnowledgePolicy(),
    dependencies: toDependencyPolicy(),
    ...over,
  };
}
