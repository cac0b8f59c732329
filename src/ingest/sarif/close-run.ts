// Ends a run: looks up all that its results refer to, and sums up what the run says of itself.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
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

const RELEASED: DraftOrRejection = { rejected: { template: '', facts: [] } };

/** Which run of which input, and whether the report ended inside of it: what is missing then says nothing. */
export interface ClosingRun {
  readonly input: number;
  readonly run: number;
  readonly cutOff?: boolean;
  /** What its reasons and problems are said in; null for English. */
  readonly book: PhraseBook | null;
}

/** Uses `parts` up. */
export function closeRun(
  parts: RunParts,
  { input, run, cutOff = false, book }: ClosingRun,
  notices: Notices,
): ClosedRun {
  const context = createRunContext(parts, notices, book);
  const shared = sharedKeys(parts.results);
  for (const key of shared)
    notices.add(phrase`fingerprint ${JSON.stringify(key.slice(0, 80))} is the same in all results; left out`);
  const summary = summarise(parts, context);
  const results = parts.results.map((entry, index): IngestedResult => {
    // Draft and result need not both be in memory, a hundred thousand times.
    parts.results[index] = RELEASED;
    const ref: ResultRef = { input, run, index };
    if (!('rejected' in entry)) return resolveResult(entry, ref, context, shared);
    const { name } = context.driver.tool;
    const why = say(entry.rejected, book);
    return { kind: 'rejected', ref, tool: name, ruleId: null, uri: null, line: null, why };
  });
  if (parts.resultsState === 'missing' && !cutOff)
    notices.add(phrase`runs[${run}] has no \`results\`: it describes a tool, not a scan`);
  return { summary, results };
}

function summarise(parts: RunParts, context: RunContext): RunSummary {
  const problems = [
    ...describeState(parts.resultsState),
    ...context.invocations.flatMap((invocation) => invocation.problems),
  ];
  const listed = problems
    .slice(0, MAXIMUM_PROBLEMS)
    .map((problem) => (typeof problem === 'string' ? problem : say(problem, context.book)))
    .map((problem) => problem.slice(0, CAPS.problem));
  if (problems.length > listed.length)
    listed.push(say(phrase`and ${problems.length - listed.length} more`, context.book));
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
function describeState(state: ResultsState): readonly Phrase[] {
  if (state === 'null') return [phrase`\`results\` is null: the scan did not come to results`];
  return state === 'malformed' ? [phrase`\`results\` is not an array`] : [];
}
