// The names that matter at a place: those used there, those that they got their values from, a few assignments back, and those of the
// guards on the way there.

import type { ConditionAt } from '../code/condition-at.ts';
import type { Span } from '../code/ir.ts';
import type { CallAt, SyntaxAt } from '../code/syntax-at.ts';

const MOST_ROUNDS = 4;
const MOST_NAMES = 40;
/** Assignments that one round follows. */
const MOST_SOURCES = 100;
/** Conditions before the place; the nearest say most. */
const MOST_GUARDS = 20;

export function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

/** `syntax` is that of the whole function around the place. */
export function namesOfPlace(
  syntax: SyntaxAt | null,
  startLine: number,
  endLine: number,
): {
  readonly names: ReadonlySet<string>;
  readonly calls: readonly CallAt[];
  /** Names of the conditions before the place, or around it, that are none of `names`: what a guard compares with. */
  readonly guardNames: ReadonlySet<string>;
  /** Calls in those conditions, in the order of the names. */
  readonly guardCalls: readonly CallAt[];
} {
  const names = new Set<string>();
  if (syntax === null) return { names, calls: [], guardNames: new Set(), guardCalls: [] };
  const isHere = ({ span }: { readonly span: Span }): boolean =>
    span.line <= endLine && span.endLine >= startLine;
  const calls = new Set<CallAt>();
  const addCall = (call: CallAt): void => {
    calls.add(call);
    for (const { names: used } of call.arguments) for (const name of used) names.add(name);
    if (call.receiver !== null && /^[\w$@.]+$/.test(call.receiver)) names.add(call.receiver);
  };
  for (const call of syntax.calls.filter(isHere)) addCall(call);
  for (const condition of syntax.conditions.filter(isHere))
    for (const name of condition.names) names.add(name);
  for (const { name } of syntax.constants.filter(isHere)) names.add(name);
  for (const exit of syntax.exits.filter(isHere))
    for (const name of wordsOf(exit.value ?? '')) names.add(name);
  for (let round = 0; round < MOST_ROUNDS && names.size < MOST_NAMES; round++) {
    const before = names.size;
    const roots = new Set([...names].map(rootOf));
    const sources = syntax.constants.filter(({ name, text }) => text !== null && roots.has(rootOf(name)));
    for (const { text, span } of nearest(sources, startLine)) {
      for (const call of syntax.calls)
        if (call.span.start >= span.start && call.span.end <= span.end) addCall(call);
      for (const word of wordsOf(text ?? '')) names.add(word);
    }
    if (names.size === before) break;
  }
  const inOrder = [...calls].sort((a, b) => a.span.start - b.span.start);
  return { names, calls: inOrder, ...guardsBefore(syntax, startLine, names) };
}

/**
 * A condition whose text ends above the place decides whether the place is reached, by what hangs on it or by leaving the function; which of
 * the two is for the reader to say. The nearest first.
 */
function guardsBefore(
  { conditions, calls }: SyntaxAt,
  startLine: number,
  known: ReadonlySet<string>,
): { readonly guardNames: ReadonlySet<string>; readonly guardCalls: readonly CallAt[] } {
  const before = conditions.filter(({ span }) => span.endLine < startLine);
  const guards = [...before].sort((a, b) => b.span.start - a.span.start).slice(0, MOST_GUARDS);
  const names = new Set<string>();
  const inGuards = new Set<CallAt>();
  for (const guard of guards) {
    for (const name of [...guard.names, ...comparedWith(guard)]) names.add(name);
    for (const call of calls) {
      if (!isWithin(call.span, guard.span)) continue;
      inGuards.add(call);
      if (call.receiver !== null && /^[\w$@.]+$/.test(call.receiver)) names.add(call.receiver);
    }
  }
  return { guardNames: names.difference(known), guardCalls: [...inGuards] };
}

/** Labels of a switch: what its subject is compared with. */
function comparedWith({ cases }: ConditionAt): readonly string[] {
  return cases.flatMap(({ labels }) => (labels ?? []).flatMap(wordsOf));
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function nearest<Item extends { readonly span: Span }>(
  items: readonly Item[],
  line: number,
): readonly Item[] {
  if (items.length <= MOST_SOURCES) return items;
  const distance = ({ span }: Item): number => Math.abs(span.line - line);
  return [...items].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_SOURCES);
}

/** Words of a value as written that may be names; those inside its quotes are not. */
function wordsOf(text: string): readonly string[] {
  const code = text.slice(0, 2000).replace(/"[^"\n]*"|'[^'\n]*'/g, '');
  return code.match(/(?<![\w$@])[$@]?[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)*(?!\s*\()/g) ?? [];
}
