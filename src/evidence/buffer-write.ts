// Whether what a call writes fits into the array it names: proved, disproved, or the question that stays open.
import type { Span } from '../code/ir.ts';
import { isVariable } from './buffer-array.ts';
import { judgeBounded } from './buffer-bounded.ts';
import { type BufferCall, bufferCallOf } from './buffer-calls.ts';
import { mostBytesOfConversion, parsePrintFormat } from './buffer-format.ts';
import { mostBytesOf } from './buffer-literal.ts';
import { askEnds, askFits, askOnly, askRoom } from './buffer-question.ts';
import { judgeScan } from './buffer-scan.ts';
import {
  arrayAt,
  type BufferSite,
  fits,
  formatAt,
  type Outcome,
  open,
  overflows,
  plural,
} from './buffer-site.ts';
import { codeOf } from './buffer-size.ts';
import { textBytes } from './buffer-text.ts';

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
