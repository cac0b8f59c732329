// A call that may write into a buffer, in its function, and what can be found out about it.
import type { Value } from '../code/evaluate/value.ts';
import type { CallExpression, FunctionDefinition, Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { type BufferArray, findArray } from './buffer-array.ts';
import { measureLiteral } from './buffer-literal.ts';

/** A call in its function, with what the evaluator knows of its arguments; null where the function was not evaluated to its end. */
export interface BufferSite {
  readonly unit: SourceUnit;
  readonly within: FunctionDefinition;
  readonly call: CallExpression;
  readonly values: readonly Value[] | null;
}

export type Outcome =
  | {
      readonly kind: 'fits';
      readonly array: BufferArray | null;
      /** What was proved, after "Line 9". */
      readonly text: string;
      readonly spans: readonly Span[];
      /** What it reads was proved to be readable too; else the question about it. */
      readonly readQuestion: string | null;
      /** The buffer holds a zero afterwards. */
      readonly terminates: boolean;
      /** May set the last byte of the buffer to something else than zero. */
      readonly touchesLast: boolean;
    }
  | { readonly kind: 'overflows'; readonly text: string; readonly spans: readonly Span[] }
  | { readonly kind: 'open'; readonly question: string; readonly spans: readonly Span[] };

/** The array an argument names: the bare name, no offset, cast or address. */
export function arrayAt(site: BufferSite, position: number): BufferArray | null {
  const value = site.call.arguments[position]?.value;
  return value?.kind === 'name' ? findArray(site.unit, site.within, value.name, site.call.span) : null;
}

/** A format that is one literal at the place, without escapes that could hide a `%` or a zero. */
export function formatAt(site: BufferSite, position: number): string | null {
  const argument = site.call.arguments[position]?.value;
  if (argument?.kind !== 'constant' || argument.constant.kind !== 'string') return null;
  const spelling = site.unit.textOf(argument.span);
  if (measureLiteral(spelling) === null || /\\[0-7xuU]/.test(spelling)) return null;
  return argument.constant.value;
}

export function argumentSpan(site: BufferSite, position: number): Span {
  return site.call.arguments[position]?.value.span ?? { ...site.call.span, start: 0, end: 0 };
}

export function plural(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

export function fits(site: BufferSite, array: BufferArray, text: string, more: readonly Span[]): Outcome {
  return {
    kind: 'fits',
    array,
    text,
    spans: [site.call.span, ...array.spans, ...more],
    readQuestion: null,
    terminates: true,
    touchesLast: false,
  };
}

export function overflows(site: BufferSite, array: BufferArray, text: string): Outcome {
  return { kind: 'overflows', text, spans: [site.call.span, ...array.spans] };
}

export function open(site: BufferSite, question: string, spans: readonly Span[] = []): Outcome {
  return { kind: 'open', question, spans: [site.call.span, ...spans] };
}
