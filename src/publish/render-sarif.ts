// assay.sarif: every finding with its verdict as SARIF 2.1.0, in the shape that GitHub code scanning and GitLab read.
import type { Invocation, Log, Notification, Result, Run, Suppression } from 'sarif';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import { stableJson } from '#support/stable-json.ts';
import { compareImportance } from './finding-order.ts';
import { en } from './messages/en.ts';
import { SARIF_LIMITS } from './sarif-limits.ts';
import { buildCodeFlows, buildLocation, buildRelated } from './sarif-locations.ts';
import { buildRules } from './sarif-rules.ts';
import { sarifText } from './sarif-text.ts';

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  none: 'note',
};

const OUR_FINGERPRINTS: ReadonlySet<string> = new Set(['assay/v1', 'assayPath/v1']);

export interface SarifOptions {
  /** Absolute URI of the repository; with it and a known head commit, the file says what was scanned. */
  readonly repositoryUri?: string | null;
}

/**
 * The text of `assay.sarif`. False positives, waived and suppressed findings carry a suppression with the reason. Beyond GitHub's
 * limits (sarif-limits.ts) the least important findings are left out, and a notification in the file counts them.
 */
export function renderSarif(document: ResultDocument, { repositoryUri = null }: SarifOptions = {}): string {
  const ordered = [...document.findings].sort(compareImportance);
  const shown = ordered.slice(0, SARIF_LIMITS.results);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [buildRun(document, shown, { leftOut: ordered.length - shown.length, repositoryUri })],
  };
  return stableJson(log);
}

function buildRun(
  document: ResultDocument,
  findings: readonly FindingRecord[],
  extra: { leftOut: number; repositoryUri: string | null },
): Run {
  const { run } = document;
  const rules = buildRules(findings);
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const revision = run.head !== null && extra.repositoryUri !== null;
  return {
    tool: { driver: { name: 'Assay', version: run.tool.version, rules: [...rules] } },
    ...(run.category === null ? {} : { automationDetails: { id: categoryId(run.category) } }),
    ...(revision
      ? {
          versionControlProvenance: [
            { repositoryUri: extra.repositoryUri ?? '', revisionId: run.head ?? '' },
          ],
        }
      : {}),
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [buildInvocation(document, extra.leftOut)],
    results: findings.map((finding) => buildResult(finding, indexes.get(sarifText(finding.ruleId)) ?? -1)),
    properties: { decision: document.decision.outcome, head: run.head, base: run.base },
  };
}

/** GitHub takes what stands before the last slash for the category. */
function categoryId(category: string): string {
  return `${sarifText(category).replace(/\/+$/, '')}/`;
}

function buildInvocation({ decision, notices }: ResultDocument, leftOut: number): Invocation {
  const notifications: Notification[] = [
    ...(decision.outcome === 'unfinished' ? decision.reasons : []).map(
      (reason): Notification => ({ level: 'error', message: { text: sarifText(reason.text) } }),
    ),
    ...notices.map(
      (notice): Notification => ({ level: 'warning', message: { text: sarifText(notice.text) } }),
    ),
    ...(leftOut > 0 ? [{ level: 'warning', message: { text: leftOutText(leftOut) } } as const] : []),
  ];
  return {
    executionSuccessful: decision.outcome !== 'unfinished',
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

function leftOutText(count: number): string {
  return `${count} findings of the lowest importance are left out here, because code scanning takes ${SARIF_LIMITS.results}; assay.json holds all.`;
}

function buildResult(finding: FindingRecord, ruleIndex: number): Result {
  const suppressions = buildSuppressions(finding);
  const codeFlows = buildCodeFlows(finding.flow);
  const relatedLocations = buildRelated(finding.related);
  return {
    ruleId: sarifText(finding.ruleId),
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: resultText(finding) },
    locations: [buildLocation(finding.location)],
    partialFingerprints: buildFingerprints(finding),
    ...(codeFlows.length === 0 ? {} : { codeFlows }),
    ...(relatedLocations.length === 0 ? {} : { relatedLocations }),
    ...(suppressions.length === 0 ? {} : { suppressions }),
    properties: buildProperties(finding),
  };
}

/** The tool's words first, then what Assay says of them. */
function resultText({ message, verdict }: FindingRecord): string {
  if (verdict === null) return sarifText(message);
  const [reason] = verdict.reasons;
  const why = reason === undefined ? '' : `: ${sarifText(reason.text)}`;
  return `${sarifText(message)}\n\nAssay, ${en.verdict[verdict.label]}${why}`;
}

/** Without them the REST upload makes an alert anew with each run (platforms A6). The id is stable, and unique in a run. */
function buildFingerprints({ id, fingerprints }: FindingRecord): Record<string, string> {
  const ours = Object.entries(fingerprints).filter(([name]) => OUR_FINGERPRINTS.has(name));
  return { ...Object.fromEntries(ours), primaryLocationLineHash: `${id}:1` };
}

function buildSuppressions({ verdict, gate }: FindingRecord): Suppression[] {
  if (verdict?.label === 'false_positive') {
    const justification = verdict.reasons
      .map((reason) => `${reason.code}: ${sarifText(reason.text)}`)
      .join('\n');
    return [{ kind: 'external', status: 'accepted', justification }];
  }
  if (gate.effect !== 'waived' && gate.effect !== 'suppressed') return [];
  return [{ kind: 'external', status: 'accepted', justification: `${gate.effect}: ${sarifText(gate.why)}` }];
}

function buildProperties(finding: FindingRecord): Record<string, unknown> {
  const { verdict } = finding;
  return {
    assayId: finding.id,
    severity: finding.severity,
    verdict: verdict?.label ?? null,
    confidence: verdict?.confidence ?? null,
    confidenceLowerBound: verdict?.confidenceLowerBound ?? null,
    reasons: (verdict?.reasons ?? []).map((reason) => ({ code: reason.code, text: sarifText(reason.text) })),
    rootCause: finding.rootCause === null ? null : sarifText(finding.rootCause),
    remediation: finding.remediation === null ? null : sarifText(finding.remediation),
    scope: finding.scope.state,
    gate: finding.gate.effect,
    reportedBy: finding.tools.map((tool) => `${sarifText(tool.name)}: ${sarifText(tool.ruleId)}`),
    resolved: finding.location.resolved,
  };
}
