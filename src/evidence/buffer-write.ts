// Whether what a call writes fits into the array it names: proved, disproved, or the question that stays open.
import type { Value } from '../code/evaluate/value.ts';
import { allConstants } from '../code/evaluate/value.ts';
import type { CallExpression, Expression, FunctionDefinition, Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { type BufferArray, findArray, isVariable, visibleDeclaration } from './buffer-array.ts';
import { type BufferCall, bufferCallOf } from './buffer-calls.ts';
import { mostBytesOfConversion, parsePrintFormat, parseScanFormat } from './buffer-format.ts';
import { measureLiteral, mostBytesOf } from './buffer-literal.ts';
import { codeOf, evaluateSize, type Size } from './buffer-size.ts';

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

/** Judges one call of a function of the catalogue; `name` is the function's. */
export function judgeWrite(site: BufferSite, name: string): Outcome {
  const form = bufferCallOf(name);
  if (form === null) return askOnly(site, name);
  if (!isItself(site, name)) return open(site, `Is \`${name}\` the function of the C library here?`);
  switch (form.kind) {
    case 'copy':
      return judgeCopy(site, form);
    case 'print':
      return judgePrint(site, form);
    case 'bounded':
      return judgeBounded(site, form, name);
    case 'scan':
      return judgeScan(site, form.format, name);
    case 'unbounded':
      return {
        kind: 'overflows',
        text: `\`${name}\` writes a line of any length: it cannot be told how much fits`,
        spans: [site.call.span],
      };
    case 'length':
      return judgeLength(site, form.source);
    case 'append':
    case 'append bounded':
      return askRoom(site, form);
    default:
      return askOnly(site, name);
  }
}

function isItself({ unit, within }: BufferSite, name: string): boolean {
  return (
    !unit.module.macros.includes(name) &&
    !unit.functions.some((definition) => definition.name === name) &&
    !isVariable(unit, within, name) &&
    // In a method a bare name may be another method of its class.
    (within.kind === 'function' || unit.language === 'c' || /^(str|stp|mem|bzero|v?sn?printf)/.test(name)) &&
    !within.parameters.some((parameter) => parameter.name === name) &&
    !new RegExp(`\\(\\s*\\*\\s*${name}\\s*\\)\\s*\\(`).test(codeOf(unit))
  );
}

type Write = Extract<BufferCall, { kind: 'copy' }>;

function judgeCopy(site: BufferSite, { target, source }: Write): Outcome {
  const array = arrayAt(site, target);
  const bytes = textBytes(site, source);
  if (array?.size == null || bytes === null) return askFits(site, source, target);
  const length = Math.max(bytes.most, 0) + 1;
  if (length <= array.size)
    return fits(
      site,
      array,
      `copies ${plural(length)} at most, the terminator included, into the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
      bytes.spans,
    );
  if (bytes.least !== null && bytes.least + 1 > array.size)
    return overflows(
      site,
      array,
      `copies ${plural(bytes.least + 1)}, the terminator included, into the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
    );
  return askFits(site, source, target);
}

type Print = Extract<BufferCall, { kind: 'print' }>;

function judgePrint(site: BufferSite, { target, format, variadic }: Print): Outcome {
  const array = arrayAt(site, target);
  const text = formatAt(site, format);
  if (array?.size == null || text === null || !variadic) return askFits(site, null, target);
  const parsed = parsePrintFormat(text);
  const given = site.call.arguments.slice(format + 1);
  if (parsed === null || parsed.conversions.length !== given.length) return askFits(site, null, target);
  let most = mostBytesOf(parsed.literal);
  const spans: Span[] = [];
  for (const [index, conversion] of parsed.conversions.entries()) {
    const position = format + 1 + index;
    const bytes = conversion.letter === 's' ? textBytes(site, position) : null;
    const part = mostBytesOfConversion(conversion, bytes?.most ?? null);
    if (part === null) return askFits(site, position, target);
    most += part;
    spans.push(...(bytes?.spans ?? []));
  }
  const open = parsed.conversions.find(
    ({ letter, argument }) => letter === 's' && textBytes(site, format + 1 + (argument ?? 0)) === null,
  );
  const isExact = parsed.conversions.length === 0 && /^[\x20-\x24\x26-\x7e]*$/.test(text);
  if (most + 1 <= array.size) {
    const proved = fits(
      site,
      array,
      `prints ${plural(most + 1)} at most, the terminator included, into the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
      spans,
    );
    return open === undefined || proved.kind !== 'fits'
      ? proved
      : { ...proved, readQuestion: askEnds(site, format + 1 + (open.argument ?? 0)) };
  }
  if (isExact)
    return overflows(
      site,
      array,
      `prints ${plural(most + 1)}, the terminator included, into the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
    );
  return askFits(site, longestOpen(site, format), target);
}

/** The first printed argument that is no constant: the likeliest to be too long. */
function longestOpen(site: BufferSite, format: number): number | null {
  const index = site.call.arguments.findIndex(
    (_, position) => position > format && textBytes(site, position) === null,
  );
  return index < 0 ? null : index;
}

type Bounded = Extract<BufferCall, { kind: 'bounded' }>;

const INPUT: ReadonlySet<string> = new Set(['fgets', 'getcwd']);

/** Functions that write as many bytes as they are told, whatever they are given. */
const WRITES_ALL: ReadonlySet<string> = new Set(['memset', 'bzero', 'memcpy', 'memmove', 'strncpy']);

function judgeBounded(site: BufferSite, form: Bounded, name: string): Outcome {
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
    : `Are there as many bytes in ${shownArgument(site, source)} as \`${site.unit.textOf(argumentSpan(site, form.size))}\` asks for?`;
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

function judgeScan(site: BufferSite, format: number, name: string): Outcome {
  const text = formatAt(site, format);
  const parsed = text === null ? null : parseScanFormat(text);
  const given = site.call.arguments.slice(format + 1);
  const wanted = parsed?.filter(({ argument }) => argument !== null) ?? [];
  if (parsed === null || wanted.length !== given.length)
    return open(site, `What does the format of \`${name}\` allow to be stored?`);
  const spans: Span[] = [site.call.span];
  const parts: string[] = [];
  let array: BufferArray | null = null;
  for (const { letter, length, width, argument } of wanted) {
    const position = format + 1 + (argument ?? 0);
    const shown = shownArgument(site, position);
    if (!/^[sc[]$/.test(letter)) {
      if (isScalarOf(site, position, letter, length)) continue;
      return open(site, `Does ${shown} point to what \`%${length}${letter}\` stores?`);
    }
    if (letter !== 'c' && width === null && length === '') {
      // What `sscanf` reads may be short enough.
      if (name === 'sscanf') return askFits(site, 0, position);
      return {
        kind: 'overflows',
        text: `\`%${letter === 's' ? 's' : '[…]'}\` without a width stores text of any length in ${shown}`,
        spans: [site.call.span],
      };
    }
    array = arrayAt(site, position);
    const bytes = letter === 'c' ? (width ?? 1) : (width ?? 0) + 1;
    if (array?.size == null || length !== '') return askFits(site, null, position);
    if (bytes > array.size)
      return overflows(
        site,
        array,
        `stores up to ${plural(bytes)} in the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
      );
    if (letter === 'c') return open(site, `\`%c\` writes no terminator into ${shown}: is one set?`);
    spans.push(...array.spans);
    parts.push(
      `${plural(bytes)} at most, the terminator included, in the ${array.size} of \`${array.name}\` (line ${array.span.line})`,
    );
  }
  const ends = name === 'sscanf' && textBytes(site, 0) === null ? askEnds(site, 0) : null;
  const stored = parts.length === 0 ? 'numbers in variables of their size' : parts.join(' and ');
  return {
    kind: 'fits',
    array: wanted.length === 1 ? array : null,
    text: `stores ${stored}`,
    spans,
    readQuestion: ends,
    // Nothing is stored when the input does not match.
    terminates: false,
    touchesLast: false,
  };
}

const INTEGERS: Readonly<Record<string, readonly string[]>> = {
  hh: ['char', 'signed char', 'unsigned char'],
  h: ['short', 'unsigned short', 'short int'],
  '': ['int', 'unsigned', 'unsigned int', 'signed', 'signed int'],
  l: ['long', 'unsigned long', 'long int', 'unsigned long int'],
  ll: ['long long', 'unsigned long long', 'long long int'],
  z: ['size_t'],
};

/** `&number`, where the number is a variable of the type that the conversion stores. */
function isScalarOf(site: BufferSite, position: number, letter: string, length: string): boolean {
  const value = site.call.arguments[position]?.value;
  if (!/[diouxXn]/.test(letter) || value?.kind !== 'reference' || value.operand.kind !== 'name') return false;
  const { name } = value.operand;
  const found = visibleDeclaration(site.unit, site.within, name, site.call.span)?.statement ?? null;
  const type = found?.type ?? '';
  const isMacro = site.unit.module.macros.some((macro) => macro === name || type.split(' ').includes(macro));
  return found !== null && !found.isArray && !isMacro && (INTEGERS[length] ?? []).includes(type);
}

function judgeLength(site: BufferSite, source: number): Outcome {
  const bytes = textBytes(site, source);
  if (bytes === null) return open(site, askEnds(site, source));
  return {
    kind: 'fits',
    array: null,
    text: 'reads only texts that are written in the code and end with a zero',
    spans: [site.call.span, ...bytes.spans],
    readQuestion: null,
    terminates: false,
    touchesLast: false,
  };
}

/** The array an argument names: the bare name, no offset, cast or address. */
export function arrayAt(site: BufferSite, position: number): BufferArray | null {
  const value = site.call.arguments[position]?.value;
  return value?.kind === 'name' ? findArray(site.unit, site.within, value.name, site.call.span) : null;
}

interface TextBytes {
  readonly most: number;
  /** Known only for a literal that is written at the place. */
  readonly least: number | null;
  readonly spans: readonly Span[];
}

/** Bytes of a text before its zero: a literal at the place, or constants that a pointer must stand for. */
function textBytes(site: BufferSite, position: number): TextBytes | null {
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

function literalBytes(
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

/** A format that is one literal at the place, without escapes that could hide a `%` or a zero. */
function formatAt(site: BufferSite, position: number): string | null {
  const argument = site.call.arguments[position]?.value;
  if (argument?.kind !== 'constant' || argument.constant.kind !== 'string') return null;
  const spelling = site.unit.textOf(argument.span);
  if (measureLiteral(spelling) === null || /\\[0-7xuU]/.test(spelling)) return null;
  return argument.constant.value;
}

function isZero(node: Expression | undefined): boolean {
  return (
    node?.kind === 'constant' &&
    (node.constant.value === 0 || (node.constant.kind === 'char' && node.constant.value === '\0'))
  );
}

function fits(site: BufferSite, array: BufferArray, text: string, more: readonly Span[]): Outcome {
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

function overflows(site: BufferSite, array: BufferArray, text: string): Outcome {
  return { kind: 'overflows', text, spans: [site.call.span, ...array.spans] };
}

function open(site: BufferSite, question: string, spans: readonly Span[] = []): Outcome {
  return { kind: 'open', question, spans: [site.call.span, ...spans] };
}

function argumentSpan(site: BufferSite, position: number): Span {
  return site.call.arguments[position]?.value.span ?? { ...site.call.span, start: 0, end: 0 };
}

function plural(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** An argument as written, with what it is where that helps. */
function shownArgument(site: BufferSite, position: number): string {
  const value = site.call.arguments[position]?.value;
  if (value === undefined) return 'its argument';
  const text = site.unit.textOf(value.span).replace(/\s+/g, ' ');
  const shown = `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;
  const isParameter =
    value.kind === 'name' && site.within.parameters.some((parameter) => parameter.name === value.name);
  return isParameter ? `${shown} (parameter of \`${site.within.name}\`)` : shown;
}

function shownRoom(
  site: BufferSite,
  position: number,
): { readonly text: string; readonly spans: readonly Span[] } {
  const array = arrayAt(site, position);
  if (array === null) return { text: shownArgument(site, position), spans: [] };
  const written = array.isBytes && array.extent !== '' ? `the \`${array.extent}\` bytes of ` : '';
  const size = array.size === null ? written : `the ${plural(array.size)} of `;
  return { text: `${size}\`${array.name}\` (line ${array.span.line})`, spans: array.spans };
}

function askFits(site: BufferSite, source: number | null, target: number): Outcome {
  const room = shownRoom(site, target);
  const what = source === null ? `what line ${site.call.span.line} writes` : shownArgument(site, source);
  return open(site, `Does ${what} fit into ${room.text}?`, room.spans);
}

function askRoom(site: BufferSite, form: { readonly target: number; readonly source: number }): Outcome {
  const room = shownRoom(site, form.target);
  return open(
    site,
    `Does ${shownArgument(site, form.source)} fit behind what ${room.text} already holds?`,
    room.spans,
  );
}

function askLimit(site: BufferSite, form: Bounded): Outcome {
  const room = shownRoom(site, form.target);
  const limit = site.unit.textOf(argumentSpan(site, form.count ?? form.size)).replace(/\s+/g, ' ');
  return open(site, `Are there at least \`${limit}\` bytes in ${room.text}?`, room.spans);
}

function askEnds(site: BufferSite, position: number): string {
  return `Does ${shownArgument(site, position)} always end with a terminator?`;
}

function askOnly(site: BufferSite, name: string): Outcome {
  const given = site.call.arguments.length === 0 ? '' : shownArgument(site, 0);
  if (name === 'getenv' || name === 'secure_getenv')
    return open(site, `How long is what \`${name}(${given.replaceAll('`', '')})\` returns?`);
  if (/^f?getc(har)?$/.test(name))
    return open(
      site,
      `Is what \`${name}\` returns stored in a buffer, and what keeps it from going past the end?`,
    );
  if (name === 'alloca') return open(site, `How large can ${given} get in \`alloca\`?`);
  const first = site.call.arguments.findIndex((_, position) => arrayAt(site, position) !== null);
  const room = first < 0 ? 'the buffer it is given' : shownRoom(site, first).text;
  return open(site, `Does what \`${name}\` writes fit into ${room}?`);
}
