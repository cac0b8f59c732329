// Whether a condition decides about a place: the place runs only when it held, or only when it did not.

import type { Branch, ConditionAt } from './condition-at.ts';
import type { Expression, Span } from './ir.ts';
import { namesIn } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { chainTo, functionAround, hasJumps, holds, runsBefore } from './statement-chain.ts';
import { syntaxAt } from './syntax-at.ts';
import { collectSyntax } from './syntax-of-file.ts';

/** `held`: the place runs only after the condition was true; `failed`: only after it was false. */
export type Outcome = 'held' | 'failed';

/**
 * How a condition must have come out for the place to run; null when it may run either way, or when that is not sure. The place
 * stands in what the condition guards, or the other side always leaves the block that both stand in. For a switch `held` means:
 * the subject was one of the labels of a case. An `assert` decides nothing: it may be switched off. Says nothing of whether what
 * was asked about still has the value that was asked about: see `isUnchangedBetween`.
 */
export function controls(unit: SourceUnit, condition: ConditionAt, place: Span): Outcome | null {
  const { within } = condition;
  // A lambda in the guarded block may run at any other time.
  if (functionAround(unit, place) !== within || hasJumps(within)) return null;
  if (
    condition.kind === 'assert' ||
    unit.hasErrorBetween(within.kind === 'module' ? condition.whole.line : within.span.line, place.endLine)
  )
    return null;
  if (condition.kind === 'switch') return controlsAsSwitch(condition, place);
  if (condition.guarded !== null && holds(condition.guarded.span, place)) return 'held';
  if (condition.otherwise !== null && holds(condition.otherwise.span, place)) return 'failed';
  if (condition.kind !== 'if' && condition.kind !== 'or') return null;
  if (!standsAfter(condition, place)) return null;
  const held = leavesFor(condition.guarded);
  const failed = leavesFor(condition.otherwise);
  if (held === failed) return null;
  return held ? 'failed' : 'held';
}

const leavesFor = (branch: Branch | null): boolean => branch !== null && branch.leaves !== null;

function controlsAsSwitch(condition: ConditionAt, place: Span): Outcome | null {
  const at = condition.cases.findIndex(({ span }) => holds(span, place));
  const found = condition.cases[at];
  if (found === undefined) return null;
  if (found.labels === null)
    return condition.cases.slice(0, at).every(({ leaves }) => leaves !== null) ? 'failed' : null;
  // What falls through from the default case comes with any value.
  const before = condition.cases.slice(0, at);
  const opened = before.findLastIndex(({ labels }) => labels === null);
  const isFallenInto = opened >= 0 && before.slice(opened).every(({ leaves }) => leaves === null);
  return isFallenInto ? null : 'held';
}

function standsAfter(condition: ConditionAt, place: Span): boolean {
  if (place.start < condition.whole.end) return false;
  const chain = chainTo(condition.within, condition.whole);
  const last = chain.at(-1);
  const statement = last?.statements[last.at];
  // An `a || leave()` counts only when it is the whole statement.
  if (statement === undefined || statement.span.start !== condition.whole.start) return false;
  if (condition.kind === 'if' && statement.kind !== 'if') return false;
  if (condition.kind === 'or' && !(statement.kind === 'expression' && statement.expression.kind === 'binary'))
    return false;
  return runsBefore(chain, chainTo(condition.within, place));
}

/** The code of whole lines: without the white space, comments and semicolons at its ends. */
export function spanOfLines(unit: SourceUnit, startLine: number, endLine: number): Span {
  const { lineStarts } = collectSyntax(unit);
  const first = Math.min(Math.max(startLine, 1), unit.lines.length);
  const last = Math.min(Math.max(endLine, first), unit.lines.length);
  const from = lineStarts[first - 1] ?? 0;
  const to = (lineStarts[last - 1] ?? 0) + (unit.lines[last - 1] ?? '').length;
  const { start, end } = trimmed(unit, from, to);
  const startsOn = lineStarts.findLastIndex((offset) => offset <= start);
  const endsOn = lineStarts.findLastIndex((offset) => offset <= end);
  return {
    start,
    end,
    line: startsOn + 1,
    column: start - (lineStarts[startsOn] ?? 0) + 1,
    endLine: endsOn + 1,
    endColumn: end - (lineStarts[endsOn] ?? 0) + 1,
  };
}

function trimmed(
  unit: SourceUnit,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  const { text, comments } = unit;
  let start = from;
  let end = to;
  for (let isDone = false; !isDone; ) {
    const before = end - start;
    while (start < end && /\s/.test(text.charAt(start))) start++;
    while (end > start && /[\s;]/.test(text.charAt(end - 1))) end--;
    const head = comments.find((comment) => comment.start <= start && comment.end > start);
    if (head !== undefined) start = Math.min(head.end, end);
    const tail = comments.find((comment) => comment.start < end && comment.end >= end);
    if (tail !== undefined) end = Math.max(tail.start, start);
    isDone = end - start === before || start >= end;
  }
  return { start, end };
}

/** The first condition that stands on line `guardLine` and decides whether line `placeLine` runs, with how it must have come out. */
export function dominates(
  unit: SourceUnit,
  guardLine: number,
  placeLine: number,
): { readonly condition: ConditionAt; readonly outcome: Outcome } | null {
  const place = spanOfLines(unit, placeLine, placeLine);
  for (const condition of syntaxAt(unit, guardLine, guardLine).conditions) {
    const outcome = controls(unit, condition, place);
    if (outcome !== null) return { condition, outcome };
  }
  return null;
}

/** A part of a condition whose outcome is known when that of the whole is. */
export interface KnownTest {
  readonly text: string;
  readonly names: readonly string[];
  readonly isTrue: boolean;
  readonly node: Expression;
}

/** `a && !b` held: `a` is true, `b` is false. `a || b` failed: both are false. What is not sure is left out. */
export function knownTests(unit: SourceUnit, condition: ConditionAt, outcome: Outcome): readonly KnownTest[] {
  if (condition.node === null || condition.kind === 'switch') return [];
  const found: KnownTest[] = [];
  const visit = (node: Expression, isTrue: boolean): void => {
    if (node.kind === 'unary' && node.operator === '!') visit(node.operand, !isTrue);
    else if (node.kind === 'binary' && node.operator === (isTrue ? '&&' : '||')) {
      visit(node.left, isTrue);
      visit(node.right, isTrue);
    } else if (node.kind !== 'binary' || (node.operator !== '&&' && node.operator !== '||'))
      found.push({ text: unit.textOf(node.span), names: namesIn(node), isTrue, node });
  };
  visit(condition.node, outcome === 'held');
  return found;
}
