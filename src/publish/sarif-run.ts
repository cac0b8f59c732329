// One SARIF log with one run: the tool, its rules, what it has to say about itself, and the results.
import type { Invocation, Log, Notification, Run } from 'sarif';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { stableJson } from '#support/stable-json.ts';
import { messagesOf } from './messages/messages-of.ts';
import { SARIF_LIMITS } from './sarif-limits.ts';
import { buildResult } from './sarif-results.ts';
import { buildRules } from './sarif-rules.ts';
import { sarifText } from './sarif-text.ts';

export interface SarifOptions {
  /** Absolute URI of the repository; with it and a known head commit, the file says what was scanned. */
  readonly repositoryUri?: string | null;
}

export interface SarifPart extends SarifOptions {
  readonly findings: readonly FindingRecord[];
  /** What code scanning tells analyses of one commit apart by; null for none. */
  readonly category: string | null;
  /** What a reader should know of this file beside the notices of the run. */
  readonly notes: readonly string[];
}

/** The text of a SARIF 2.1.0 file that holds these findings of the document, in the order given. */
export function writeSarif(document: ResultDocument, part: SarifPart): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [buildRun(document, part)],
  };
  return stableJson(log);
}

function buildRun(document: ResultDocument, part: SarifPart): Run {
  const { run } = document;
  const { findings, category, repositoryUri = null } = part;
  const rules = buildRules(findings);
  const messages = messagesOf(run.language);
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const provenance = run.head === null || repositoryUri === null ? null : { revisionId: run.head };
  return {
    tool: { driver: { name: 'Assay', version: run.tool.version, rules: [...rules] } },
    ...(category === null ? {} : { automationDetails: { id: categoryId(category) } }),
    ...(provenance === null || repositoryUri === null
      ? {}
      : { versionControlProvenance: [{ repositoryUri, ...provenance }] }),
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [buildInvocation(document, [...part.notes, ...trimNotes(findings)])],
    results: findings.map((finding) =>
      buildResult(finding, indexes.get(sarifText(finding.ruleId)) ?? -1, messages),
    ),
    properties: { decision: document.decision.outcome, head: run.head, base: run.base },
  };
}

/** GitHub takes what stands before the last slash for the category. */
function categoryId(category: string): string {
  return `${sarifText(category).replace(/\/+$/, '')}/`;
}

function buildInvocation({ decision, notices }: ResultDocument, notes: readonly string[]): Invocation {
  const notifications: Notification[] = [
    ...(decision.outcome === 'unfinished' ? decision.reasons : []).map(
      (reason): Notification => ({ level: 'error', message: { text: sarifText(reason.text) } }),
    ),
    ...notices.map(
      (notice): Notification => ({ level: 'warning', message: { text: sarifText(notice.text) } }),
    ),
    ...notes.map((note): Notification => ({ level: 'note', message: { text: note } })),
  ];
  return {
    executionSuccessful: decision.outcome !== 'unfinished',
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

/** What is shortened inside of results, because code scanning keeps no more of it. */
function trimNotes(findings: readonly FindingRecord[]): readonly string[] {
  const { threadFlowLocations, locationsPerResult } = SARIF_LIMITS;
  const longFlows = findings.filter(({ flow }) => flow.length > threadFlowLocations).length;
  const manyPlaces = findings.filter(({ related }) => related.length > locationsPerResult).length;
  const half = threadFlowLocations / 2;
  return [
    ...(longFlows > 0
      ? [`Data flows cut to their first and last ${half} steps: ${longFlows}. assay.json has all.`]
      : []),
    ...(manyPlaces > 0
      ? [
          `Results cut to their first ${locationsPerResult} related places: ${manyPlaces}. assay.json has all.`,
        ]
      : []),
  ];
}
