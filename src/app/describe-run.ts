// Everything a run found out, as the document that `assay.json` holds.
import type { Commits } from '#domain/change.ts';
import type { Decision, GatedFinding, Notice } from '#domain/decision.ts';
import type { ResultRow } from '#domain/finding.ts';
import type { JudgeChoice, Policy, PolicyOrigin } from '#domain/policy.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { FindingRecord, InputRecord, ResultDocument } from '#domain/result-document.ts';
import { account } from './account.ts';
import type { ModelReport } from './model/judge-with-model.ts';
import type { RunRequest } from './run-request.ts';
import { VERSION } from './version.ts';

export interface RunFacts {
  readonly request: RunRequest;
  readonly scope: string;
  readonly language: Policy['language'];
  readonly commits: Commits;
  readonly origin: PolicyOrigin;
  readonly reports: readonly IngestedReport[];
  readonly rows: readonly ResultRow[];
  readonly findings: readonly GatedFinding[];
  readonly decision: Decision;
  readonly notices: readonly Notice[];
  readonly judge: JudgeChoice;
  /** Null when no model was asked. */
  readonly report: Pick<ModelReport, 'model' | 'prompts' | 'use'> | null;
}

/** Builds the document and checks its sums. */
export function describeRun(facts: RunFacts): ResultDocument {
  const incoming = facts.reports.reduce((sum, report) => sum + report.results.length, 0);
  const labels = new Map(facts.findings.map((finding) => [finding.id, finding.verdict?.label ?? null]));
  return {
    schemaVersion: 1,
    run: {
      tool: { name: 'assay', version: VERSION },
      category: facts.request.category,
      inputs: facts.reports.map(describeInput),
      base: facts.commits.baseTip,
      mergeBase: facts.commits.mergeBase,
      head: facts.commits.head,
      scope: facts.scope,
      config: facts.origin,
      language: facts.language,
      judge: facts.judge,
      model: facts.report?.model ?? null,
      prompts: facts.report?.prompts ?? [],
      ...(facts.report === null ? {} : { modelUse: facts.report.use }),
    },
    results: facts.rows.map((row) => ({
      ...row,
      verdict: row.findingId === null ? null : (labels.get(row.findingId) ?? null),
    })),
    findings: facts.findings.map(describeFinding),
    accounting: account(incoming, facts.rows, facts.findings),
    decision: facts.decision,
    notices: facts.notices,
  };
}

function describeInput(report: IngestedReport): InputRecord {
  return {
    name: report.name,
    sha256: report.sha256,
    bytes: report.bytes,
    kind: report.kind.id,
    tools: report.runs.map((run) => run.tool),
    runs: report.runs.length,
    results: report.results.length,
    fault: report.fault,
    notices: report.notices,
  };
}

function describeFinding(finding: GatedFinding): FindingRecord {
  const { inScope: _inScope, fixes: _fixes, suppressions: _suppressions, ...record } = finding;
  return record;
}
