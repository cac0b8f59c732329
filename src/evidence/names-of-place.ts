// The names that matter at a place: those used there, and those that they got their values from, a few assignments back.

import type { Span } from '../code/ir.ts';
import type { CallAt, SyntaxAt } from '../code/syntax-at.ts';

const MOST_ROUNDS = 4;
const MOST_NAMES = 40;
/** Assignments that one round follows. */
const MOST_SOURCES = 100;

export function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

/** `syntax` is that of the whole function around the place. */
export function namesOfPlace(
  syntax: SyntaxAt | null,
  startLine: number,
  endLine: number,
): { readonly names: ReadonlySet<string>; readonly calls: readonly CallAt[] } {
  const names = new Set<string>();
  if (syntax === null) return { names, calls: [] };
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
  return { names, calls: [...calls].sort((a, b) => a.span.start - b.span.start) };
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
