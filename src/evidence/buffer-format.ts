// What `printf` and `scanf` formats can write: the longest output of each conversion, and which `scanf` conversions are bounded.

/** A conversion of a format; `argument` counts the variable arguments from 0. */
export interface Conversion {
  readonly letter: string;
  readonly length: string;
  readonly width: number | null;
  readonly precision: number | null;
  /** Position among the variable arguments; null for `%%` and suppressed (`%*d`) conversions of scanf. */
  readonly argument: number | null;
}

export interface PrintFormat {
  /** Bytes outside of conversions. */
  readonly literal: string;
  readonly conversions: readonly Conversion[];
}

const PRINT = /%(?:%|([-+ #0]*)(\d+)?(?:\.(\d*))?(hh|h|ll|l|z|j|t)?([a-zA-Z]))/y;
const SCAN = /%(?:%|(\*?)(\d+)?(hh|h|ll|l|z|j|t|L)?(\[\^?\]?[^\]]*\]|[a-zA-Z]))/y;

/** Null when it is not understood: `%*d`, `%n`, positions (`%1$s`), locale flags, unknown letters. */
export function parsePrintFormat(format: string): PrintFormat | null {
  const conversions: Conversion[] = [];
  let literal = '';
  for (let at = 0; at < format.length; ) {
    if (format.charAt(at) !== '%') {
      literal += format.charAt(at++);
      continue;
    }
    PRINT.lastIndex = at;
    const match = PRINT.exec(format);
    if (match === null) return null;
    at = PRINT.lastIndex;
    const [whole, flags = '', width, precision, length = '', letter] = match;
    if (whole === '%%') {
      literal += '%';
      continue;
    }
    if (letter === undefined || !/[diouxXcsp]/.test(letter)) return null;
    // A sign or `0x` of a flag is counted with the digits.
    if (flags.length > 5) return null;
    conversions.push({
      letter,
      length,
      width: width === undefined ? null : Number.parseInt(width, 10),
      precision: precision === undefined ? null : Number.parseInt(precision || '0', 10),
      argument: conversions.length,
    });
  }
  return { literal, conversions };
}

/** Bits of the integer a length modifier names, at most: `long` and its relatives have 64 or fewer everywhere. */
function bitsOf(length: string): number {
  if (length === 'hh') return 8;
  if (length === 'h') return 16;
  return length === '' ? 32 : 64;
}

/** The most bytes a conversion can give; `text` bounds what `%s` is given, null when that is not known. */
export function mostBytesOfConversion(conversion: Conversion, text: number | null): number | null {
  const { letter, length, precision } = conversion;
  const width = conversion.width ?? 0;
  if (letter === 'c') return length === '' ? Math.max(width, 1) : null;
  if (letter === 's') {
    if (length !== '') return null;
    const content = precision === null ? text : text === null ? precision : Math.min(precision, text);
    return content === null ? null : Math.max(width, content);
  }
  // A sign, `0x` or a leading zero beside the digits; `%p` is up to the library.
  if (letter === 'p') return null;
  const bits = bitsOf(length);
  const digits = /[di]/.test(letter)
    ? DECIMAL_SIGNED[bits]
    : letter === 'u'
      ? DECIMAL[bits]
      : letter === 'o'
        ? Math.ceil(bits / 3)
        : bits / 4;
  if (digits === undefined) return null;
  return Math.max(
    width,
    Math.max(digits, precision ?? 0) +
      (letter === 'u' ? 0 : letter === 'o' ? 1 : /[di]/.test(letter) ? 1 : 2),
  );
}

/** Digits of the largest magnitude: 128, 32768, 2147483648, 9223372036854775808. */
const DECIMAL_SIGNED: Readonly<Record<number, number>> = { 8: 3, 16: 5, 32: 10, 64: 19 };
const DECIMAL: Readonly<Record<number, number>> = { 8: 3, 16: 5, 32: 10, 64: 20 };

/** The conversions of a `scanf` format; null when one is not understood. */
export function parseScanFormat(format: string): readonly Conversion[] | null {
  const conversions: Conversion[] = [];
  let argument = 0;
  for (let at = 0; at < format.length; ) {
    if (format.charAt(at) !== '%') {
      at++;
      continue;
    }
    SCAN.lastIndex = at;
    const match = SCAN.exec(format);
    if (match === null) return null;
    at = SCAN.lastIndex;
    const [whole, star, width, length = '', letter] = match;
    if (whole === '%%') continue;
    if (letter === undefined || !/^([diouxXcsn]|\[[\s\S]*)$/.test(letter)) return null;
    conversions.push({
      letter: letter.charAt(0),
      length,
      width: width === undefined ? null : Number.parseInt(width, 10),
      precision: null,
      argument: star === '*' ? null : argument++,
    });
  }
  return conversions;
}
