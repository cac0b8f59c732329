// Whether the place can never run: an always-false condition or a jump in the function before it.
import type { Evaluation } from '../code/evaluate/evaluation.ts';
import type { Prune } from '../code/evaluate/scene.ts';
import type { FunctionDefinition } from '../code/ir.ts';
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
    const prune = run.prunes.find(
      (candidate) =>
        isLeft(candidate, definition, within) && isWhollyIn(candidate, place) && !wasReached(candidate, run),
    );
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

/**
 * Scripts and fixtures often go on after a `return` or `raise` of the file's own level: only functions are believed. A function
 * that is declared after a `return` is there all the same.
 */
function isLeft(prune: Prune, definition: FunctionDefinition, within: FunctionDefinition): boolean {
  return prune.cause === 'condition' || (definition.kind !== 'module' && definition === within);
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

/** The end of the code on the last line: what follows it may be closing brackets and a comment. */
function lastColumn(place: Place): number {
  const text = place.unit.lines[place.endLine - 1] ?? '';
  const code = text.replace(/[;)}\s]*((\/\/|#|\/\*).*)?$/, '');
  return place.finding.location.endColumn ?? code.length + 1;
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
