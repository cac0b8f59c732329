// Scopes, joins and unreachable code: what all statements share.
import type { Span } from '../ir.ts';
import type { Evaluation } from './evaluation.ts';
import { joinStates, type State } from './state.ts';
import { constantValue, type Value } from './value.ts';

export function runScoped(body: () => void, run: Evaluation): void {
  run.pushScope();
  body();
  run.popScope();
}

/** What a variable is that only one of two ways assigned: nothing at all in languages that refuse to read it. */
export function absentValue(run: Evaluation): Value | null {
  const { catalog } = run.traits;
  return catalog === 'javascript' || catalog === 'php' || catalog === 'ruby'
    ? constantValue({ kind: 'null', value: null })
    : null;
}

export function join(states: readonly (State | null)[], run: Evaluation): State | null {
  return joinStates(states, absentValue(run));
}

export function prune(
  span: Span,
  cause: 'condition' | 'jump',
  because: Span,
  outcome: boolean | null,
  steps: readonly Span[],
  run: Evaluation,
): void {
  run.prunes.push({ span, cause, because, outcome, steps });
}

export function spanFrom(first: Span, last: Span): Span {
  return { ...first, end: last.end, endLine: last.endLine, endColumn: last.endColumn };
}
