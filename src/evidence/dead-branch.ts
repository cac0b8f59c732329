// Whether the place can never run: an always-false condition or a jump in the function before it.
import type { Evaluation, Prune } from '../code/evaluate/evaluation.ts';
import { cite, citeAll } from './citing.ts';
import type { EvidenceDraft } from './draft.ts';
import type { Place } from './place.ts';
import { findSinks } from './sink.ts';

/** Adds the fact and says true when one of the functions around the place never gets there. */
export function findDeadBranch(place: Place, draft: EvidenceDraft): boolean {
  const { unit, evaluator, within, startLine } = place;
  for (const definition of [within, ...evaluator.enclosing(within)]) {
    const run = evaluator.evaluate(definition);
    if (run.incomplete !== null) continue;
    const prune = run.prunes.find((candidate) => isWhollyIn(candidate, place) && !wasReached(candidate, run));
    if (prune === undefined) continue;
    const because = cite(unit, prune.because);
    const why =
      prune.cause === 'jump'
        ? `the code before it always leaves the function or the loop (line ${because.startLine})`
        : `the condition of line ${because.startLine} is always ${prune.outcome === true ? 'true' : 'false'}`;
    draft.fact('dead_branch', `Line ${startLine} is never reached: ${why}.`, [
      cite(unit, { ...prune.span, line: startLine, endLine: place.endLine }),
      because,
      ...citeAll(unit, prune.steps),
    ]);
    return true;
  }
  return false;
}

function isWhollyIn(prune: Prune, place: Place): boolean {
  const { span } = prune;
  const startsIn =
    span.line < place.startLine || (span.line === place.startLine && firstColumn(place) >= span.column - 1);
  const endsIn =
    span.endLine > place.endLine || (span.endLine === place.endLine && lastColumn(place) <= span.endColumn);
  return (
    startsIn &&
    endsIn &&
    findSinks(place).every(
      ({ seen }) =>
        seen.observation.node.span.start >= span.start && seen.observation.node.span.end <= span.end,
    )
  );
}

function firstColumn(place: Place): number {
  const text = place.unit.lines[place.startLine - 1] ?? '';
  return place.finding.location.startColumn ?? text.length - text.trimStart().length + 1;
}

function lastColumn(place: Place): number {
  const text = place.unit.lines[place.endLine - 1] ?? '';
  return place.finding.location.endColumn ?? text.trimEnd().length + 1;
}

/** A loop's later rounds may reach what its first round did not. */
function wasReached(prune: Prune, run: Evaluation): boolean {
  for (const statement of run.reached) {
    if (
      statement.kind !== 'block' &&
      statement.span.start >= prune.span.start &&
      statement.span.end <= prune.span.end
    )
      return true;
  }
  return false;
}
