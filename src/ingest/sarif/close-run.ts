// Ends a run: looks up all that its results refer to, and sums up what the run says of itself.
import type { IngestedResult, ResultRef, RunSummary } from '#domain/report.ts';
import { CAPS, MAXIMUM_PROBLEMS } from './caps.ts';
import { sharedKeys } from './fingerprints.ts';
import type { Notices } from './notices.ts';
import { resolveResult } from './resolve-result.ts';
import { createRunContext, type RunContext } from './run-context.ts';
import type { DraftOrRejection, ResultsState, RunParts } from './run-parts.ts';

export interface ClosedRun {
  readonly summary: RunSummary;
  readonly results: readonly IngestedResult[];
}

const RELEASED: DraftOrRejection = { rejected: 'released' };

/** Which run of which input, and whether the report ended inside of it: what is missing then says nothing. */
export interface ClosingRun {
  readonly input: number;
  readonly run: number;
  readonly cutOff?: boolean;
}

/** Uses `parts` up. */
export function closeRun(
  parts: RunParts,
  { input, run, cutOff = false }: ClosingRun,
  notices: Notices,
): ClosedRun {
  const context = createRunContext(parts, notices);
  const shared = sharedKeys(parts.results);
  for (const key of shared)
    notices.add(`fingerprint ${JSON.stringify(key.slice(0, 80))} is the same in all results; left out`);
  const summary = summarise(parts, context);
  const results = parts.results.map((entry, index): IngestedResult => {
    // Draft and result need not both be in memory, a hundred thousand times.
    parts.results[index] = RELEASED;
    const ref: ResultRef = { input, run, index };
    if (!('rejected' in entry)) return resolveResult(entry, ref, context, shared);
    const { name } = context.driver.tool;
    return { kind: 'rejected', ref, tool: name, ruleId: null, uri: null, line: null, why: entry.rejected };
  });
  if (parts.resultsState === 'missing' && !cutOff)
    notices.add(`runs[${run}] has no \`results\`: it describes a tool, not a scan`);
  return { summary, results };
}

function summarise(parts: RunParts, context: RunContext): RunSummary {
  const problems = [
    ...describeState(parts.resultsState),
    ...context.invocations.flatMap((invocation) => invocation.problems),
  ];
  const listed = problems.slice(0, MAXIMUM_PROBLEMS).map((problem) => problem.slice(0, CAPS.problem));
  if (problems.length > listed.length) listed.push(`and ${problems.length - listed.length} more`);
  const scanned = parts.resultsState === 'array' || parts.resultsState === 'missing';
  return {
    tool: context.driver.tool,
    results: parts.results.length,
    finished: scanned && context.invocations.every((invocation) => invocation.successful),
    problems: listed,
    automationId: context.automationId,
  };
}

/** §3.14.23: an empty array is a scan that found nothing, null a scan that came to no results. */
function describeState(state: ResultsState): readonly string[] {
  if (state === 'null') return ['`results` is null: the scan did not come to results'];
  return state === 'malformed' ? ['`results` is not an array'] : [];
}
