// How long a text argument can be: a literal, or constants that a pointer must stand for.
import { allConstants } from '../code/evaluate/value.ts';
import type { Expression, Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { measureLiteral, mostBytesOf } from './buffer-literal.ts';
import type { BufferSite } from './buffer-site.ts';
import { codeOf } from './buffer-size.ts';

interface TextBytes {
  readonly most: number;
  /** Known only for a literal that is written at the place. */
  readonly least: number | null;
  readonly spans: readonly Span[];
}

/** Bytes of a text before its zero: a literal at the place, or constants that a pointer must stand for. */
export function textBytes(site: BufferSite, position: number): TextBytes | null {
  const argument = site.call.arguments[position]?.value;
  if (argument === undefined) return null;
  const literal = literalBytes(site.unit, argument);
  if (literal !== null) return { most: literal.most, least: literal.leastText, spans: [] };
  // Arrays change in place; only what points to literals keeps them.
  if (argument.kind !== 'name' && argument.kind !== 'call' && argument.kind !== 'ternary') return null;
  const value = site.values?.[position];
  const constants = value === undefined || value.isContainer ? null : allConstants(value);
  if (value === undefined || constants === null || constants.length === 0) return null;
  if (!constants.every(({ kind }) => kind === 'string')) return null;
  if (value.steps.some((step) => codeOf(site.unit).slice(step.start, step.end).includes('['))) return null;
  return {
    most: Math.max(...constants.map((constant) => mostBytesOf(String(constant.value)))),
    least: null,
    spans: value.steps,
  };
}

export function literalBytes(
  unit: SourceUnit,
  argument: Expression | undefined,
): { readonly most: number; readonly least: number; readonly leastText: number } | null {
  if (argument === undefined) return null;
  const isLiteral =
    (argument.kind === 'constant' && argument.constant.kind === 'string') || argument.kind === 'template';
  if (isLiteral) return measureLiteral(codeOf(unit).slice(argument.span.start, argument.span.end));
  if (argument.kind !== 'ternary') return null;
  const sides = [literalBytes(unit, argument.consequence), literalBytes(unit, argument.otherwise)];
  const [one, other] = sides;
  if (one == null || other == null) return null;
  return {
    most: Math.max(one.most, other.most),
    least: Math.min(one.least, other.least),
    leastText: Math.min(one.leastText, other.leastText),
  };
}
