// Whether what a call gave is what a later call gets: followed through local variables, false when unsure.
import type { CallExpression, Expression, Span } from './ir.ts';
import { carriesTo, knownValueOf, valuePartsOf } from './known-value.ts';
import { namesIn, withoutWrapping } from './read-expression.ts';
import type { SourceUnit } from './source-unit.ts';
import { holds } from './statement-chain.ts';
import { type CallAt, syntaxAt } from './syntax-at.ts';
import { collectSyntax } from './syntax-of-file.ts';

/** How far a value is followed from variable to variable. */
const MAX_HOPS = 6;
const MAX_ORIGINS = 60;
/** Variables that are followed, and assignments that are looked at, before the answer is: not sure. */
const MAX_CARRIERS = 40;
const MAX_ASSIGNMENTS = 2_000;

/** The call at the place that uses the value, in the argument of this position (0-based; -1: the object it is called on). */
export interface ValueUse {
  readonly call: CallAt;
  readonly argument: number;
  /** Variables that carried it, in order; empty when the one call stands in the other. */
  readonly through: readonly string[];
}

/**
 * Where the result of `call` is used by a call on the lines, without anything between that may replace it; null when it is not, or
 * when that is not sure. The result may be only a part of what is handed over: `originsOf` tells what the rest is.
 */
export function valueReaches(
  unit: SourceUnit,
  call: CallAt,
  startLine: number,
  endLine: number,
): ValueUse | null {
  const sinks = syntaxAt(unit, startLine, endLine).calls.filter(
    ({ node, within }) => node !== call.node && within === call.within,
  );
  for (const sink of sinks) {
    const argument = positionOf(sink, (value) => holds(value.span, call.span));
    if (argument !== null) return { call: sink, argument, through: [] };
  }
  const { bindings } = collectSyntax(unit);
  const mine = bindings.filter(({ within }) => within === call.within);
  if (mine.length > MAX_ASSIGNMENTS) return null;
  let carriers = mine
    .filter(({ value }) => value !== null && holds(value.span, call.span))
    .map(({ target, span }) => ({ target, span, through: [target] as readonly string[] }));
  const seen = new Set<Span>(carriers.map(({ span }) => span));
  for (let hop = 0; hop < MAX_HOPS && carriers.length > 0 && seen.size <= MAX_CARRIERS; hop++) {
    for (const carrier of carriers) {
      for (const sink of sinks) {
        const argument = positionOf(sink, (value) => namesIn(value).includes(carrier.target));
        if (argument !== null && carriesTo(unit, carrier, sink.span))
          return { call: sink, argument, through: carrier.through };
      }
    }
    carriers = carriers.flatMap((carrier) =>
      mine
        .filter(
          ({ value, span }) =>
            value !== null &&
            !seen.has(span) &&
            namesIn(value).includes(carrier.target) &&
            carriesTo(unit, carrier, span),
        )
        .map(({ target, span }) => {
          seen.add(span);
          return { target, span, through: [...carrier.through, target] };
        }),
    );
  }
  return null;
}

function positionOf(sink: CallAt, uses: (value: Expression) => boolean): number | null {
  const at = sink.node.arguments.findIndex(({ value }) => uses(value));
  if (at >= 0) return at;
  const { callee } = sink.node;
  return callee.kind === 'member' && uses(callee.object) ? -1 : null;
}

/**
 * One thing that a value is made of. `name`: a variable whose value is not one known assignment (a parameter, a field, several
 * ways); `call`: what a call gives; `other`: anything else, `text` says what.
 */
export interface Origin {
  readonly kind: 'literal' | 'name' | 'call' | 'other';
  readonly text: string;
  readonly span: Span;
  readonly call: CallExpression | null;
}

/**
 * What the value of an expression is made of, followed back through local variables with one known value each. Every part that may
 * be in the value is named, unless the list ends with an `other` whose text is `…` (too many parts).
 */
export function originsOf(unit: SourceUnit, expression: Expression): readonly Origin[] {
  const found = new Map<string, Origin>();
  const add = (kind: Origin['kind'], node: Expression): void => {
    if (found.size >= MAX_ORIGINS) return;
    const text = found.size === MAX_ORIGINS - 1 ? '…' : unit.textOf(node.span);
    found.set(`${node.span.start}-${node.span.end}`, {
      kind: text === '…' ? 'other' : kind,
      text,
      span: node.span,
      call: node.kind === 'call' ? node : null,
    });
  };
  const seen = new Set<Expression>();
  const visit = (given: Expression, hops: number): void => {
    const node = withoutWrapping(given);
    if (seen.has(node) || found.size >= MAX_ORIGINS) return;
    seen.add(node);
    const parts = valuePartsOf(node);
    if (parts !== null) for (const part of parts) visit(part, hops);
    else if (node.kind === 'constant' || node.kind === 'regex') add('literal', node);
    else if (node.kind === 'call') add('call', node);
    else if (node.kind === 'name') {
      const value = hops < MAX_HOPS ? knownValueOf(unit, node.name, node.span) : null;
      if (value === null) add('name', node);
      else visit(value, hops + 1);
    } else add(node.kind === 'member' ? 'name' : 'other', node);
  };
  visit(expression, 0);
  return [...found.values()];
}
