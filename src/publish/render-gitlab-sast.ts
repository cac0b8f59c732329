// gl-sast-report.json: the findings as GitLab's security report 15.0.7, for the merge request widget and the vulnerability report.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import { codeSpan, toInertMarkdown } from '#support/escape-markdown.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { compareImportance, isDismissed } from './finding-order.ts';
import type { GitLabSastReport, GitLabVulnerability } from './gitlab-sast-schema.ts';
import { messagesOf } from './messages/messages-of.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';

export interface GitLabSastOptions {
  /** ISO 8601 UTC, for both ends of the scan: "2027-01-31T09:00:00Z". What stays the same for the same input keeps the file the same. */
  readonly at: string;
}

/** Reports above 20 MB are not loaded (platforms B4); some room is left for what stands around the findings. */
const MOST_BYTES = 19_000_000;
const LONGEST = { name: 255, value: 255, text: 4_000, solution: 3_000, path: 1_000 } as const;
/** The schema's own limit, of Markdown. */
const LONGEST_SOLUTION = 7_000;
/** GitLab keeps no more identifiers of a vulnerability than these. */
const MOST_IDENTIFIERS = 20;
const MOST_MESSAGES = 50;

const GITLAB_SEVERITY: Record<Severity, GitLabVulnerability['severity']> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  none: 'Info',
};

const GAPS = ['accepted', 'kind', 'place', 'room'] as const;
type Gap = (typeof GAPS)[number];

/**
 * Dismissed findings are flagged as likely false positives; waived and suppressed ones are left out, as GitLab's own analyzers leave out
 * what their comments suppress. Findings outside the asked scope stand in it, because GitLab compares the report with the target
 * branch's. What is left out is counted in `scan.messages`.
 * @throws RangeError when `at` is no moment in UTC
 */
export function renderGitLabSast(document: ResultDocument, { at }: GitLabSastOptions): string {
  const gaps = new Map<Gap, number>();
  const count = (gap: Gap) => gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  const vulnerabilities: GitLabVulnerability[] = [];
  let bytes = 0;
  for (const finding of [...document.findings].sort(compareImportance)) {
    const gap = gapOf(finding) ?? (bytes >= MOST_BYTES ? 'room' : null);
    const vulnerability = gap === null ? describe(finding, document.run.language) : null;
    const size = vulnerability === null ? 0 : bytesOf(vulnerability);
    if (vulnerability === null || bytes + size > MOST_BYTES) {
      count(gap ?? 'room');
      if (gap === null) bytes = MOST_BYTES;
      continue;
    }
    bytes += size;
    vulnerabilities.push(vulnerability);
  }
  return stableJson({ version: '15.0.7', scan: describeScan(document, gaps, secondOf(at)), vulnerabilities });
}

function gapOf({ gate, kind, location }: FindingRecord): Gap | null {
  if (gate.effect === 'waived' || gate.effect === 'suppressed') return 'accepted';
  if (kind !== 'sast') return 'kind';
  return location.path === '' ? 'place' : null;
}

/** As the file will hold it: indented by four more columns. */
function bytesOf(vulnerability: GitLabVulnerability): number {
  const text = stableJson(vulnerability);
  return Buffer.byteLength(text) + 4 * text.split('\n').length;
}

function describeScan(
  { run, decision }: ResultDocument,
  gaps: ReadonlyMap<Gap, number>,
  second: string,
): GitLabSastReport['scan'] {
  const said = publicationMessagesOf(run.language);
  const program = {
    id: 'assay',
    name: 'Assay',
    version: toTerminal(run.tool.version),
    vendor: { name: 'Assay' },
  };
  const unfinished = decision.outcome === 'unfinished';
  const messages = [
    ...(unfinished ? decision.reasons : [])
      .slice(0, MOST_MESSAGES)
      .map(({ text }) => ({ level: 'fatal', value: plain(text, LONGEST.text) }) as const),
    ...GAPS.filter((gap) => gaps.has(gap)).map(
      (gap) =>
        ({
          level: gap === 'room' ? 'warn' : 'info',
          value: said.setAsideFromReport(gaps.get(gap) ?? 0, gap),
        }) as const,
    ),
  ];
  return {
    analyzer: program,
    scanner: program,
    type: 'sast',
    ...{ start_time: second, end_time: second },
    status: unfinished ? 'failure' : 'success',
    messages,
  };
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
    id: uuidOf(id),
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

/** Left out rather than cut: a cut through a code span would make its text live. */
function solutionOf(remediation: string | null): { solution?: string } {
  const solution = remediation === null ? '' : inert(remediation, LONGEST.solution);
  return solution === '' || solution.length > LONGEST_SOLUTION ? {} : { solution };
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

/** The URL name space of RFC 9562, appendix A. */
const NAME_SPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** UUID version 5 (RFC 9562 §5.5): the same for the same finding, in every run. */
function uuidOf(findingId: string): string {
  const name = Buffer.from(`urn:assay:finding:${findingId}`);
  const bytes = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
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

/** Foreign text that is no Markdown; never empty. */
function plain(text: string, most: number): string {
  const shown = shorten(toTerminal(shorten(text, 4 * most)), most);
  return shown.trim() === '' ? '?' : shown;
}

function inert(text: string, most: number): string {
  return toInertMarkdown(shorten(text, most));
}

function secondOf(at: string): string {
  const second = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(at)?.[1];
  if (second === undefined) throw new RangeError(`not a moment in UTC: ${at}`);
  return second;
}
