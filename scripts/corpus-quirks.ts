// Reads the table of a corpus folder's README and checks that Assay met each quirk that the table names.
import { existsSync, readFileSync } from 'node:fs';
import type { IngestedReport, IngestedResult, RawResult } from '../src/domain/report.ts';

export interface Quirks {
  readonly results: number | null;
  readonly codeFlows: number | null;
  /** As the table writes them: `no level x72`, `kind pass`, `BOM`. */
  readonly names: readonly string[];
}

/** File → quirks, from the rows of the README's tables that have the columns results, code flows and quirks. */
export function readQuirks(readme: string): ReadonlyMap<string, Quirks> {
  const table = new Map<string, Quirks>();
  if (!existsSync(readme)) return table;
  let columns: readonly string[] = [];
  for (const line of readFileSync(readme, 'utf8').split('\n')) {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells[0] === 'file') columns = cells;
    else if (columns.includes('quirks') && cells.length >= columns.length && !line.includes('|---')) {
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
      table.set(cell('file'), {
        results: toCount(cell('results')),
        codeFlows: toCount(cell('code flows')),
        names: cell('quirks')
          .split(/,\s*/)
          .filter((name) => name !== ''),
      });
    }
  }
  return table;
}

function toCount(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Quirks that can be counted in what was read: how many results have them. */
const COUNTED: readonly (readonly [quirk: string, has: (result: RawResult) => boolean])[] = [
  ['no ruleId', (result) => result.rule.id === '(no rule id)'],
  ['no location', (result) => result.location === null],
  ['suppressions', (result) => result.suppressions.length > 0],
  ['baselineState', (result) => result.baselineState !== null],
];

/** What a report must show for a quirk, without a count. */
const SHOWN: Readonly<Record<string, (report: IngestedReport) => boolean>> = {
  '2 runs': (report) => report.runs.length === 2,
  BOM: (report) => report.fault === null || report.fault.byteOffset !== 0,
  'empty file': (report) => report.fault?.kind === 'unreadable' && report.kind.id === 'empty',
  'not valid JSON': (report) => report.fault !== null,
  'results not an array': (report) => report.fault !== null,
  'version 1.0.0': (report) => report.fault?.kind === 'unsupported' && report.fault.message.includes('1.0.0'),
  'version 2.2': (report) => report.fault === null && report.notices.some((notice) => notice.includes('2.2')),
  'kind pass': (report) => report.results.some((entry) => entry.kind === 'not_a_finding'),
  'kind pass/fail/notApplicable': (report) => report.results.some((entry) => entry.kind === 'not_a_finding'),
  'no level': (report) => report.results.length > 0,
  relatedLocations: (report) => some(report, (result) => result.relatedLocations.length > 0),
  suppressions: (report) => some(report, (result) => result.suppressions.length > 0),
  fixes: (report) =>
    some(report, (result) => result.fixes.length > 0) ||
    report.notices.some((notice) => notice.includes('fix')),
  'backslash uri': (report) => some(report, (result) => result.location?.uri?.includes('\\') === true),
  'absolute file: uri': (report) => some(report, (result) => mentions(result, /^file:/)),
  'no uri': (report) => some(report, (result) => result.location?.uri != null),
  taxonomies: (report) => some(report, (result) => result.cwe.length > 0),
};

export function checkQuirks(report: IngestedReport, quirks: Quirks): readonly string[] {
  const problems: string[] = [];
  const refused = report.fault !== null && report.fault.kind !== 'truncated';
  if (!refused && quirks.results !== null && quirks.results !== report.results.length)
    problems.push(`the README counts ${quirks.results} results, ${report.results.length} were read`);
  const flows = resultsOf(report).filter((result) => result.flows.length > 0).length;
  const counted = report.results.every((entry) => entry.kind === 'result');
  if (!refused && counted && quirks.codeFlows !== null && quirks.codeFlows !== flows)
    problems.push(`the README counts ${quirks.codeFlows} results with code flows, ${flows} were read`);
  return [...problems, ...quirks.names.flatMap((quirk) => checkQuirk(report, quirk, refused))];
}

function checkQuirk(report: IngestedReport, quirk: string, refused: boolean): readonly string[] {
  const [, name = quirk, times] = /^(.*?)(?: x(\d+))?$/.exec(quirk) ?? [];
  const counter = COUNTED.find(([known]) => known === name)?.[1];
  // A quirk of a result that has its rule by index only is met when the rule was found; without rules it shows as no rule id.
  if (
    counter !== undefined &&
    times !== undefined &&
    !refused &&
    name !== 'no ruleId' &&
    report.results.every((entry) => entry.kind === 'result')
  ) {
    const count = resultsOf(report).filter(counter).length;
    return count === Number(times) ? [] : [`quirk "${quirk}": ${count} were read`];
  }
  const shows = Object.hasOwn(SHOWN, name) ? SHOWN[name] : undefined;
  const ofOneFile =
    name.startsWith('version') ||
    ['BOM', 'empty file', 'not valid JSON', 'results not an array'].includes(name);
  if (shows === undefined || (refused && !ofOneFile) || shows(report)) return [];
  return [`quirk "${quirk}" left no trace`];
}

function resultsOf(report: IngestedReport): readonly RawResult[] {
  return report.results.flatMap((entry: IngestedResult) => (entry.kind === 'result' ? entry.result : []));
}

function some(report: IngestedReport, has: (result: RawResult) => boolean): boolean {
  return resultsOf(report).some(has);
}

function mentions(result: RawResult, uri: RegExp): boolean {
  return [
    result.location,
    ...result.relatedLocations,
    ...result.flows.flat(),
    ...result.suppressions.map((suppression) => suppression.location),
  ].some((location) => uri.test(location?.uri ?? ''));
}
