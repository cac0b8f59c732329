// The results of assay.sarif: each finding with its verdict, the fingerprints by which it is known again, and why it is set aside.
import type { Result, Suppression } from 'sarif';
import type { FindingRecord } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import { dependencyWords } from './dependency-words.ts';
import { isDismissed } from './finding-order.ts';
import type { Messages } from './messages/en.ts';
import { dependencyProperties } from './sarif-dependency.ts';
import { buildCodeFlows, buildLocation, buildRelated } from './sarif-locations.ts';
import { sarifText } from './sarif-text.ts';

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  none: 'note',
};

const OUR_FINGERPRINTS: ReadonlySet<string> = new Set(['assay/v1', 'assayPath/v1']);

export function buildResult(finding: FindingRecord, ruleIndex: number, messages: Messages): Result {
  const suppressions = buildSuppressions(finding);
  const codeFlows = buildCodeFlows(finding.flow);
  const relatedLocations = buildRelated(finding.related);
  return {
    ruleId: sarifText(finding.ruleId),
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: resultText(finding, messages) },
    locations: [buildLocation(finding.location)],
    partialFingerprints: buildFingerprints(finding),
    ...(codeFlows.length === 0 ? {} : { codeFlows }),
    ...(relatedLocations.length === 0 ? {} : { relatedLocations }),
    ...(suppressions.length === 0 ? {} : { suppressions }),
    properties: buildProperties(finding),
  };
}

/** The tool's words first, then what Assay says of them. */
function resultText(finding: FindingRecord, messages: Messages): string {
  const { verdict } = finding;
  const title = dependencyWords(finding, messages.language)?.title;
  const message = title === undefined ? finding.message : `${title}. ${finding.message}`;
  if (verdict === null) return sarifText(message);
  const [reason] = verdict.reasons;
  const said = messages.byAssay(messages.verdict[verdict.label]);
  return `${sarifText(message)}\n\n${reason === undefined ? said : messages.named(said, sarifText(reason.text))}`;
}

/** Without them the REST upload makes an alert anew with each run (platforms A6). The id is stable, and unique in a run. */
function buildFingerprints({ id, fingerprints }: FindingRecord): Record<string, string> {
  const ours = Object.entries(fingerprints).filter(([name]) => OUR_FINGERPRINTS.has(name));
  return { ...Object.fromEntries(ours), primaryLocationLineHash: `${id}:1` };
}

function buildSuppressions(finding: FindingRecord): Suppression[] {
  const { verdict, gate } = finding;
  if (verdict !== null && isDismissed(finding)) {
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
    // Left out where it says nothing new.
    ...(verdict?.by === 'model'
      ? { verdictBy: `model ${sarifText(verdict.model?.model ?? '')}`.trim() }
      : {}),
    confidence: verdict?.confidence ?? null,
    confidenceLowerBound: verdict?.confidenceLowerBound ?? null,
    reasons: (verdict?.reasons ?? []).map((reason) => ({ code: reason.code, text: sarifText(reason.text) })),
    rootCause: finding.rootCause === null ? null : sarifText(finding.rootCause),
    remediation: finding.remediation === null ? null : sarifText(finding.remediation),
    scope: finding.scope.state,
    gate: finding.gate.effect,
    reportedBy: finding.tools.map((tool) => `${sarifText(tool.name)}: ${sarifText(tool.ruleId)}`),
    resolved: finding.location.resolved,
    ...(finding.dependency === undefined ? {} : dependencyProperties(finding.dependency)),
  };
}
