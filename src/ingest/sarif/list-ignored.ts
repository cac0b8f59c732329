// Says in words what of a report Assay leaves out or cannot use: the second half of `assay validate`.
import type { IngestedReport, IngestedResult, RawResult } from '#domain/report.ts';
import { NO_RULE_ID } from './resolve-result.ts';

/** One line a kind of loss, with how many results it is about; empty when everything is used. */
export function listIgnored(report: IngestedReport): readonly string[] {
  const results = report.results.flatMap((entry) => (entry.kind === 'result' ? entry.result : []));
  return [
    ...(report.fault === null ? [] : [report.fault.message]),
    ...report.runs.flatMap((run, index) =>
      run.problems.map((problem) => `runs[${index}] (${run.tool.name}): ${problem}`),
    ),
    ...tally(report.results.flatMap(describeDropped)),
    ...tally(results.flatMap(describeUnusable)),
    ...report.notices,
  ];
}

function describeDropped(entry: IngestedResult): readonly string[] {
  if (entry.kind === 'result') return [];
  return [entry.kind === 'rejected' ? `rejected: ${entry.why}` : `counted, but no finding: ${entry.why}`];
}

function describeUnusable(result: RawResult): readonly string[] {
  const { location, rule } = result;
  // A package has its place in manifests, and its weakness in the advisory.
  if (result.dependency !== undefined) return result.message === '' ? ['no message'] : [];
  const losses: string[] = [];
  if (location === null) losses.push('no location: the result can be listed, but not looked at');
  else if (location.uriProblem !== null) losses.push(`the location is not followed: ${location.uriProblem}`);
  else if (location.uri === null) losses.push('the location names no file');
  else if (location.region === null)
    losses.push('the location has no usable region: the whole file is meant');
  if (rule.id === NO_RULE_ID) losses.push('no rule id: results of different rules cannot be told apart');
  else if (
    rule.name === null &&
    rule.shortDescription === null &&
    rule.fullDescription === null &&
    rule.help === null
  )
    losses.push('the rule has no name and no description in the run');
  if (result.cwe.length === 0) losses.push('no CWE: neither result nor rule names a weakness');
  if (result.message === '') losses.push('no message');
  return losses;
}

/** Each text once, in order of first appearance, with its count. */
function tally(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${text} (${count === 1 ? '1 result' : `${count} results`})`);
}
