// What GitLab's security reports have in common, whichever kind of finding they are about (platforms B4, B6).
import { Buffer } from 'node:buffer';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import { toInertMarkdown } from '#support/escape-markdown.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import type { GitLabSastReport, GitLabVulnerability } from './gitlab-sast-schema.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';

/** Reports above 20 MB are not loaded (platforms B4); some room is left for what stands around the findings. */
const MOST_BYTES = 19_000_000;
export const LONGEST = { name: 255, value: 255, text: 4_000, solution: 3_000, path: 1_000 } as const;
/** The schema's own limit, of Markdown. */
const LONGEST_SOLUTION = 7_000;
const MOST_MESSAGES = 50;

export const GITLAB_SEVERITY: Readonly<Record<Severity, GitLabVulnerability['severity']>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  none: 'Info',
};

/** Why a finding is not in a report. */
const GAPS = ['accepted', 'dismissed', 'kind', 'other', 'place', 'room'] as const;
export type ReportGap = (typeof GAPS)[number];

/** Descriptions in the order of the findings until the report is full; what is left out is counted by why. */
export function takeWhatFits<T>(
  findings: readonly FindingRecord[],
  gapOf: (finding: FindingRecord) => ReportGap | null,
  describe: (finding: FindingRecord) => T,
): { readonly taken: readonly T[]; readonly gaps: ReadonlyMap<ReportGap, number> } {
  const gaps = new Map<ReportGap, number>();
  const count = (gap: ReportGap) => gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  const taken: T[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const gap = gapOf(finding) ?? (bytes >= MOST_BYTES ? 'room' : null);
    const described = gap === null ? describe(finding) : null;
    const size = described === null ? 0 : bytesOf(described);
    if (described === null || bytes + size > MOST_BYTES) {
      count(gap ?? 'room');
      if (gap === null) bytes = MOST_BYTES;
      continue;
    }
    bytes += size;
    taken.push(described);
  }
  return { taken, gaps };
}

/** As the file will hold it: indented by four more columns. */
function bytesOf(vulnerability: unknown): number {
  const text = stableJson(vulnerability);
  return Buffer.byteLength(text) + 4 * text.split('\n').length;
}

/**
 * What is said of the run; the kind of scan is for the report to add.
 * @param at both ends of the scan, ISO 8601 UTC
 * @throws RangeError when it is no moment in UTC
 */
export function describeScan(
  { run, decision }: ResultDocument,
  gaps: ReadonlyMap<ReportGap, number>,
  at: string,
): Omit<GitLabSastReport['scan'], 'type'> {
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
  const second = secondOf(at);
  return {
    analyzer: program,
    scanner: program,
    ...{ start_time: second, end_time: second },
    status: unfinished ? 'failure' : 'success',
    messages,
  };
}

/** Left out rather than cut: a cut through a code span would make its text live. */
export function solutionOf(remediation: string | null): { solution?: string } {
  const solution = remediation === null ? '' : inert(remediation, LONGEST.solution);
  return solution === '' || solution.length > LONGEST_SOLUTION ? {} : { solution };
}

/** Foreign text that is no Markdown; never empty. */
export function plain(text: string, most: number): string {
  const shown = shorten(toTerminal(shorten(text, 4 * most)), most);
  return shown.trim() === '' ? '?' : shown;
}

export function inert(text: string, most: number): string {
  return toInertMarkdown(shorten(text, most));
}

function secondOf(at: string): string {
  const second = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(at)?.[1];
  if (second === undefined) throw new RangeError(`not a moment in UTC: ${at}`);
  return second;
}
