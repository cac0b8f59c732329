// Accounts for every incoming result: what became of it, and why.
import type { Finding, ResultRow } from '#domain/finding.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport, IngestedResult, RawResult, ResultRef } from '#domain/report.ts';
import { compareBy, compareText } from './order.ts';
import type { PlacedResult } from './placed-result.ts';

/** A name in a report that means no file here, or places in it that do not exist; `uri` as the report wrote it, capped. */
export interface UnresolvedName {
  readonly uri: string;
  readonly results: number;
  readonly why: string;
}

/** A finding with the results it stands for, the primary one first. */
export interface AccountedFinding {
  readonly finding: Finding;
  readonly members: readonly PlacedResult[];
}

type Fate = Pick<ResultRow, 'path' | 'line' | 'disposition' | 'why' | 'findingId'>;

const MAX_NAME = 1024;

/**
 * One row per incoming result, in the order of input, run and index.
 * @param ignored results that the configuration takes out
 * @param book what reasons are said in; null for English
 */
export function accountForResults(
  reports: readonly IngestedReport[],
  findings: readonly AccountedFinding[],
  ignored: ReadonlySet<PlacedResult>,
  book: PhraseBook | null,
): readonly ResultRow[] {
  const fates = new Map<RawResult, Fate>();
  for (const placed of ignored) {
    const why = say(phrase`ignored by the configuration: \`ignore\` covers ${placed.location.path}`, book);
    fates.set(placed.result, { ...place(placed), disposition: 'not_a_finding', why, findingId: null });
  }
  for (const { finding, members } of findings) {
    const [primary] = members;
    for (const member of members) {
      const kept = member === primary || primary === undefined;
      const reason = kept
        ? phrase`reported as a finding of its own`
        : phrase`the same defect as ${nameResult(primary)}`;
      const why = say(reason, book);
      const disposition = kept ? 'finding' : 'duplicate';
      fates.set(member.result, { ...place(member), disposition, why, findingId: finding.id });
    }
  }
  return reports
    .flatMap(({ results }) => results.map((item) => writeRow(item, fates, book)))
    .sort(compareRows);
}

/** By input, run and index. */
export const compareRows = compareBy<ResultRef>(
  (a, b) => a.input - b.input,
  (a, b) => a.run - b.run,
  (a, b) => a.index - b.index,
);

function writeRow(
  item: IngestedResult,
  fates: ReadonlyMap<RawResult, Fate>,
  book: PhraseBook | null,
): ResultRow {
  if (item.kind === 'result') {
    const { ref, tool, rule } = item.result;
    const fate = fates.get(item.result) ?? { ...LOST, why: say(LOST.why, book) };
    return { ...ref, tool: tool.name, ruleId: rule.id, ...fate };
  }
  const path = item.uri === null ? null : item.uri.slice(0, MAX_NAME);
  const { ref, tool, ruleId, line, why } = item;
  return { ...ref, tool, ruleId, path, line, disposition: item.kind, why, findingId: null };
}

/** For a result that no stage spoke of: it is shown as lost, never left out. */
const LOST = {
  path: null,
  line: null,
  disposition: 'rejected',
  why: phrase`lost by Assay: please report this`,
  findingId: null,
} as const;

function place({ location }: PlacedResult): Pick<ResultRow, 'path' | 'line'> {
  return location.path === ''
    ? { path: null, line: null }
    : { path: location.path, line: location.startLine };
}

function nameResult({ result: { ref, tool, rule } }: PlacedResult): Phrase {
  return phrase`${tool.name} ${rule.id} (input ${ref.input}, run ${ref.run}, result ${ref.index})`;
}

/** Groups the places that did not resolve by name and reason, most results first. */
export function listUnresolved(placed: readonly PlacedResult[]): readonly UnresolvedName[] {
  const groups = new Map<string, UnresolvedName>();
  for (const { location, result } of placed) {
    if (location.resolved) continue;
    const uri = (result.location?.uri ?? '').slice(0, MAX_NAME);
    const why = location.why ?? '';
    const key = JSON.stringify([uri, why]);
    groups.set(key, { uri, why, results: (groups.get(key)?.results ?? 0) + 1 });
  }
  return [...groups.values()].sort(compareUnresolved);
}

const compareUnresolved = compareBy<UnresolvedName>(
  (a, b) => b.results - a.results,
  (a, b) => compareText(a.uri, b.uri),
  (a, b) => compareText(a.why, b.why),
);
