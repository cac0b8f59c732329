// The dangerous calls and assignments at a place, with the arguments that the weakness is about.

import type { Value } from '../code/evaluate/value.ts';
import { someConstant } from '../code/evaluate/value.ts';
import type { Argument } from '../code/ir.ts';
import type { SinkEntry } from './catalog-schema.ts';
import { narrowToColumns, type Place, pathsOf, type Seen, seenAt } from './place.ts';

export interface Sink {
  readonly seen: Seen;
  readonly entry: SinkEntry;
  /** The values that matter; a spread makes them all matter. */
  readonly values: readonly Value[];
}

/** Sinks of the finding's weakness at its place. */
export function findSinks(place: Place): readonly Sink[] {
  const sinks: Sink[] = [];
  for (const seen of seenAt(place)) {
    for (const entry of place.catalog.sinks.find(pathsOf(seen))) {
      if (!entry.cwe.some((cwe) => place.weaknesses.has(cwe))) continue;
      sinks.push({ seen, entry, values: relevantValues(seen, entry) });
    }
  }
  return sinks.length > 0 ? narrowToColumns(sinks, place) : findHandlerText(place);
}

/** What a request handler returns is what the browser gets: text put together for it, or the `return` itself. */
const HANDLER_TEXT: SinkEntry = {
  id: 'handler-text',
  cwe: [79, 80, 116],
  match: ['return'],
  arguments: 'all',
  context: 'html',
  constantExcuses: true,
  changesLater: false,
  examples: { positive: 'return', negative: 'return' },
};
const HANDLER_DECORATORS: ReadonlySet<string> = new Set(['route', 'get', 'post', 'put', 'delete', 'patch']);

function findHandlerText(place: Place): readonly Sink[] {
  const { within, evaluator, startLine, endLine, weaknesses } = place;
  const isHandler = within.annotations.some(
    (name) => HANDLER_DECORATORS.has(name.slice(name.lastIndexOf('.') + 1)) && name.includes('.'),
  );
  if (!isHandler || !HANDLER_TEXT.cwe.some((cwe) => weaknesses.has(cwe))) return [];
  const run = evaluator.evaluate(within);
  const seen = [...run.observations.values()];
  const touched = seen.filter(({ node }) => node.span.line <= endLine && node.span.endLine >= startLine);
  const names = new Set(
    touched.flatMap(({ node }) =>
      node.kind === 'assign' && node.target.kind === 'name' ? [node.target.name] : [],
    ),
  );
  return seen
    .filter(
      ({ node }) =>
        node.kind === 'return' &&
        (touched.some((one) => one.node === node) ||
          (node.value?.kind === 'name' && names.has(node.value.name))),
    )
    .map((observation) => ({ seen: { observation, run }, entry: HANDLER_TEXT, values: observation.values }));
}

function relevantValues(seen: Seen, entry: SinkEntry): readonly Value[] {
  const { node, values, receiver } = seen.observation;
  if (node.kind !== 'call') return values;
  const hasSpread = node.arguments.some((argument) => argument.value.kind === 'spread');
  if (entry.arguments === 'all' || hasSpread) return values;
  if (!Array.isArray(entry.arguments)) return values.slice(entry.arguments.from);
  return entry.arguments.flatMap((which) => {
    if (which === 'receiver') return receiver === null ? [] : [receiver];
    const value = valueOfArgument(node.arguments, values, which);
    return value === null ? [] : [value];
  });
}

/** The value given for a position or keyword; null when there is none. A position counts only arguments without a keyword. */
function valueOfArgument(
  args: readonly Argument[],
  values: readonly Value[],
  which: number | string,
): Value | null {
  const index = indexOfArgument(args, which);
  return index < 0 ? null : (values[index] ?? someConstant());
}

export function indexOfArgument(args: readonly Argument[], which: number | string): number {
  if (typeof which === 'string') return args.findIndex((argument) => argument.name === which);
  let position = -1;
  return args.findIndex((argument) => argument.name === null && ++position === which);
}

/** Words that fill a list where it stands, and hand it to nobody. */
const FILLS = String.raw`\s*\.\s*(?:add|addAll|addFirst|addLast|set|remove|clear)\s*\(|\s*\[[^\]]*\]\s*=(?!=)`;
/** A new array or list that nothing else holds. */
const MAKES = String.raw`\s*=\s*(?:new\b|\{|null\b|(?:java\.util\.)?(?:List\.of|Arrays\.asList)\s*\()`;

/** Every argument is a local variable that is made and filled before, and not named again: nobody changes what it holds. */
function isForgotten({ observation: { node }, run }: Seen): boolean {
  if (node.kind !== 'call' || run.unit.language !== 'java') return false;
  const { use, definition, unit } = run;
  const before = unit.text.slice(definition.body[0]?.span.start, node.span.start);
  const rest = unit.text.slice(node.span.end, definition.span.end);
  return node.arguments.every(({ value }) => {
    if (value.kind !== 'name' || run.resolve(value.name) === null || use.escaping.has(value.name))
      return false;
    if (definition.parameters.some(({ name }) => name === value.name)) return false;
    const name = String.raw`(?<![\w$])${value.name.replace(/\$/g, '\\$')}(?![\w$])`;
    return !new RegExp(name).test(rest) && !new RegExp(`${name}(?!${MAKES}|${FILLS})`).test(before);
  });
}

/** Whether what the call makes is used in other ways than by methods without arguments: its command or path may be changed first. */
export function isChangedLater({ seen, values }: Sink): boolean {
  const { observation, run } = seen;
  const { unit, definition } = run;
  const { span } = observation.node;
  // A collection that was handed over can be filled later.
  if (values.some((value) => value.isContainer) && !isForgotten(seen)) return true;
  const line = unit.lines[span.line - 1] ?? '';
  const head = unit.text.slice(span.start - Math.min(span.column - 1, line.length), span.start);
  const name = /([\w$]+)\s*(?::=|=)\s*(?:new\s*|await\s*)?$/.exec(head)?.[1];
  const rest = unit.text.slice(span.end, definition.span.end);
  // Nobody keeps it: it is used at once, or not at all.
  if (name === undefined)
    return (
      /\b(return|yield|=>)\s*(new\s*)?$/.test(head) ||
      !/^\s*(\.\s*\w+\s*\(\s*\)|[;})]*\s*((\/\/|#|\/\*).*)?$)/m.test(rest)
    );
  const uses = [...rest.matchAll(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`, 'g'))];
  return uses.some(({ index }) => !/^[\w$]+(\s*\.\s*\w+\s*\(\s*\))+\s*(?![\s.([=])/.test(rest.slice(index)));
}
