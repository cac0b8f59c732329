// Calls that are told how much they may write: whether that is no more than there is.
import { markOutside } from '#support/mark-outside.ts';
import type { Expression, Span } from '../code/ir.ts';
import { type BufferArray, findArray } from './buffer-array.ts';
import type { BufferCall } from './buffer-calls.ts';
import { parsePrintFormat } from './buffer-format.ts';
import { askEnds, askLimit, shownArgument } from './buffer-question.ts';
import {
  argumentSpan,
  arrayAt,
  type BufferSite,
  formatAt,
  type Outcome,
  overflows,
  plural,
} from './buffer-site.ts';
import { codeOf, evaluateSize, type Size } from './buffer-size.ts';
import { literalBytes, textBytes } from './buffer-text.ts';

type Bounded = Extract<BufferCall, { kind: 'bounded' }>;

const INPUT: ReadonlySet<string> = new Set(['fgets', 'getcwd']);

/** Functions that write as many bytes as they are told, whatever they are given. */
const WRITES_ALL: ReadonlySet<string> = new Set(['memset', 'bzero', 'memcpy', 'memmove', 'strncpy']);

export function judgeBounded(site: BufferSite, form: Bounded, name: string): Outcome {
  const array = arrayAt(site, form.target);
  const limit = array === null ? null : limitOf(site, form, array);
  if (array === null || limit === null) return askLimit(site, form);
  const { size, spans } = limit;
  if (size !== null && array.size !== null && size > array.size && WRITES_ALL.has(name))
    return overflows(
      site,
      array,
      `writes ${plural(size)} into the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
    );
  if (size !== null && (array.size === null || size > array.size)) return askLimit(site, form);
  const shown = site.unit.textOf(argumentSpan(site, form.size));
  const room =
    array.size === null
      ? `the whole of \`${array.name}\` (line ${array.span.line})`
      : `the ${array.size} of \`${array.name}\` (line ${array.span.line})`;
  const many = size === null ? `no more than \`${shown}\`` : `${plural(size)} at most`;
  const isClearing =
    /^(bzero|explicit_bzero)$/.test(name) || (name === 'memset' && isZero(site.call.arguments[1]?.value));
  const proved: Outcome = {
    kind: 'fits',
    array,
    text: `writes ${many} into ${room}`,
    spans: [site.call.span, ...array.spans, ...spans],
    readQuestion: null,
    // Input may end or fail before anything is written.
    terminates: (form.terminates ? !INPUT.has(name) : isClearing) && (size ?? 1) > 0,
    touchesLast:
      !form.terminates && !isClearing && (size === null || array.size === null || size >= array.size),
  };
  return { ...proved, readQuestion: readQuestionOf(site, form, size, name) };
}

function readQuestionOf(site: BufferSite, form: Bounded, size: number | null, name: string): string | null {
  if (form.reads === 'nothing') return null;
  if (name === 'vsnprintf') return askEnds(site, 3);
  if (name === 'snprintf') {
    const text = formatAt(site, 2);
    const parsed = text === null ? null : parsePrintFormat(text);
    if (parsed === null || parsed.conversions.length !== site.call.arguments.length - 3)
      return askEnds(site, 2);
    const open = parsed.conversions.find(
      ({ letter, argument }) => letter === 's' && textBytes(site, 3 + (argument ?? 0)) === null,
    );
    return open === undefined ? null : askEnds(site, 3 + (open.argument ?? 0));
  }
  const { source } = form;
  if (source === null) return null;
  if (form.reads === 'text') {
    const bytes = textBytes(site, source);
    // What is cut off ends without a zero, and whoever reads it goes on.
    if (form.terminates ? bytes !== null : bytes !== null && size !== null && bytes.most < size) return null;
    return form.terminates
      ? askEnds(site, source)
      : `\`${name}\` writes no terminator when ${shownArgument(site, source)} is that long or longer: is one set?`;
  }
  const literal = literalBytes(site.unit, site.call.arguments[source]?.value);
  const from = arrayAt(site, source);
  const readable = literal !== null ? literal.least + 1 : (from?.size ?? null);
  return size !== null && readable !== null && size <= readable
    ? null
    : `Are there as many bytes in ${shownArgument(site, source)} as ${markOutside(site.unit.textOf(argumentSpan(site, form.size)))} asks for?`;
}

/** Bytes as a number where that is known; `size` null says: exactly `sizeof` the array. */
function limitOf(
  site: BufferSite,
  form: Bounded,
  array: BufferArray,
): { readonly size: number | null; readonly spans: readonly Span[] } | null {
  const first = sizeArgument(site, form.size, array);
  if (form.count === null) {
    if (first !== null) return { size: first.value, spans: first.spans };
    return isWhole(site, form.size, array) ? { size: null, spans: [] } : null;
  }
  const second = sizeArgument(site, form.count, array);
  if (first !== null && second !== null) {
    const size = first.value * second.value;
    return Number.isSafeInteger(size) && size < 2 ** 31
      ? { size, spans: [...first.spans, ...second.spans] }
      : null;
  }
  const isWholeOnce =
    (first?.value === 1 && isWhole(site, form.count, array)) ||
    (second?.value === 1 && isWhole(site, form.size, array));
  return isWholeOnce ? { size: null, spans: [] } : null;
}

function sizeArgument(site: BufferSite, position: number, array: BufferArray): Size | null {
  const { unit } = site;
  const span = argumentSpan(site, position);
  return evaluateSize(unit, codeOf(unit).slice(span.start, span.end), span, (name) => {
    const other = name === array.name ? array : findArray(unit, site.within, name, site.call.span);
    return other?.size == null ? null : { value: other.size, spans: other.spans };
  });
}

function isWhole(site: BufferSite, position: number, array: BufferArray): boolean {
  const span = argumentSpan(site, position);
  const code = codeOf(site.unit).slice(span.start, span.end);
  const match = /^\(?\s*sizeof\s*(?:\(\s*(\w+)\s*\)|\s(\w+))\s*\)?$/.exec(code);
  return (
    !site.unit.module.macros.includes('sizeof') && match !== null && (match[1] ?? match[2]) === array.name
  );
}

function isZero(node: Expression | undefined): boolean {
  return (
    node?.kind === 'constant' &&
    (node.constant.value === 0 || (node.constant.kind === 'char' && node.constant.value === '\0'))
  );
}
