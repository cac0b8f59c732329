// gl-sast-report.json: the findings as GitLab's security report 15.0.7, for the merge request widget and the vulnerability report.
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { uuidOfName } from './content-uuid.ts';
import { compareImportance, isDismissed } from './finding-order.ts';
import {
  describeScan,
  GITLAB_SEVERITY,
  inert,
  LONGEST,
  plain,
  type ReportGap,
  solutionOf,
  takeWhatFits,
} from './gitlab-report-parts.ts';
import type { GitLabVulnerability } from './gitlab-sast-schema.ts';
import { messagesOf } from './messages/messages-of.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';

export interface GitLabSastOptions {
  /** ISO 8601 UTC, for both ends of the scan: "2027-01-31T09:00:00Z". What stays the same for the same input keeps the file the same. */
  readonly at: string;
}

/** GitLab keeps no more identifiers of a vulnerability than these. */
const MOST_IDENTIFIERS = 20;

/**
 * Dismissed findings are flagged as likely false positives; waived and suppressed ones are left out, as GitLab's own analyzers leave out
 * what their comments suppress. Findings outside the asked scope stand in it, because GitLab compares the report with the target
 * branch's. What is left out is counted in `scan.messages`.
 * @throws RangeError when `at` is no moment in UTC
 */
export function renderGitLabSast(document: ResultDocument, { at }: GitLabSastOptions): string {
  const { taken, gaps } = takeWhatFits([...document.findings].sort(compareImportance), gapOf, (finding) =>
    describe(finding, document.run.language),
  );
  const scan = { ...describeScan(document, gaps, at), type: 'sast' as const };
  return stableJson({ version: '15.0.7', scan, vulnerabilities: taken });
}

function gapOf({ gate, kind, location }: FindingRecord): ReportGap | null {
  if (gate.effect === 'waived' || gate.effect === 'suppressed') return 'accepted';
  if (kind !== 'sast') return 'kind';
  return location.path === '' ? 'place' : null;
}

function describe(finding: FindingRecord, language: 'en' | 'zh-CN'): GitLabVulnerability {
  const { id, location, remediation, tools, ruleId, severity } = finding;
  const [tool] = tools;
  const place = {
    file: location.resolved ? location.path : plain(location.path, LONGEST.path),
    start_line: location.startLine,
    end_line: Math.max(location.startLine, location.endLine),
  };
  const flags = flagsOf(finding);
  return {
    id: uuidOfName(`urn:assay:finding:${id}`),
    name: plain(tool?.ruleName ?? ruleId, LONGEST.name),
    description: descriptionOf(finding, language),
    severity: GITLAB_SEVERITY[severity],
    ...solutionOf(remediation),
    identifiers: identifiersOf(finding),
    location: place,
    tracking: {
      type: 'source',
      items: [{ ...place, signatures: [{ algorithm: 'hash', value: id }] }],
    },
    ...(flags.length === 0 ? {} : { flags }),
  };
}

/** GitLab shows it as Markdown. */
function descriptionOf({ message, verdict, rootCause, id }: FindingRecord, language: 'en' | 'zh-CN'): string {
  const words = messagesOf(language);
  const [reason] = verdict?.reasons ?? [];
  const label = verdict === null ? '' : `**${words.verdict[verdict.label]}**`;
  const judged =
    verdict === null || reason === undefined ? label : words.named(label, inert(reason.text, LONGEST.text));
  const parts = [
    codeSpan(shorten(message, LONGEST.text)),
    judged,
    rootCause === null ? '' : inert(rootCause, LONGEST.text),
    codeSpan(publicationMessagesOf(language).learnMore(id)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The rules of the tools, the finding's own first: GitLab knows a vulnerability again by the first one. Then its weaknesses. */
function identifiersOf({ ruleId, tools, cwe }: FindingRecord): GitLabVulnerability['identifiers'] {
  const primaryFirst = [...tools].sort((a, b) => Number(b.ruleId === ruleId) - Number(a.ruleId === ruleId));
  const rules = primaryFirst.map((tool) => ({
    type: `${slugOf(tool.name)}_rule_id`,
    name: plain(`${tool.name}: ${tool.ruleId}`, LONGEST.value),
    value: plain(tool.ruleId, LONGEST.value),
  }));
  const weaknesses = cwe.map((number) => ({
    type: 'cwe',
    name: `CWE-${number}`,
    value: String(number),
    url: `https://cwe.mitre.org/data/definitions/${number}.html`,
  }));
  const known = rules.length > 0 ? rules : [{ type: 'assay_rule_id', ...namedAndValued(ruleId) }];
  return [...known, ...weaknesses].slice(0, MOST_IDENTIFIERS);
}

function namedAndValued(text: string): { name: string; value: string } {
  return { name: plain(text, LONGEST.value), value: plain(text, LONGEST.value) };
}

function flagsOf(finding: FindingRecord): NonNullable<GitLabVulnerability['flags']> {
  const { verdict } = finding;
  if (verdict === null || !isDismissed(finding)) return [];
  return verdict.reasons.map(({ code, text }) => ({
    type: 'flagged-as-likely-false-positive',
    origin: 'Assay',
    description: `${code}: ${inert(text, LONGEST.text)}`,
  }));
}

/** A tool's name as the start of an identifier's type: `semgrep`, `spotbugs_plus`. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .slice(0, LONGEST.value)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return slug === '' ? 'tool' : slug.slice(0, 100);
}
