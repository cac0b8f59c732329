// `scanf` and its relatives: whether every conversion stores no more than its target holds.
import type { Span } from '../code/ir.ts';
import { type BufferArray, visibleDeclaration } from './buffer-array.ts';
import { parseScanFormat } from './buffer-format.ts';
import { askEnds, askFits, shownArgument } from './buffer-question.ts';
import { arrayAt, type BufferSite, formatAt, type Outcome, open, overflows, plural } from './buffer-site.ts';
import { textBytes } from './buffer-text.ts';

export function judgeScan(site: BufferSite, format: number, name: string): Outcome {
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
