// How many bytes a C string literal takes, from its spelling: bounds where the compiler's character set decides.

/** Bytes of a literal without its final zero. */
export interface LiteralBytes {
  /** At most so many, however non-ASCII characters are encoded. */
  readonly most: number;
  /** At least so many. */
  readonly least: number;
  /** At least so many before the first zero byte: what `strlen` gives. */
  readonly leastText: number;
}

/** One element of a narrow literal: simple, octal and hexadecimal escapes (C17 6.4.4.4), universal names, spliced lines. */
const ELEMENT =
  /\\(?:([abfnrtv'"?\\])|([0-7]{1,3})|x([0-9a-fA-F]+)|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(\r?\n))|[^"\\\r\n]/uy;

/** UTF-8 and GB 18030, the widest execution character sets in use, take four bytes at most. */
const WIDEST = 4;

/** Bounds for `"…"` or adjacent literals; null for prefixed (`L""`), raw and not understood spellings, and for possible trigraphs. */
export function measureLiteral(text: string): LiteralBytes | null {
  if (text.includes('??')) return null;
  let most = 0;
  let least = 0;
  let leastText: number | null = null;
  let at = skipSpace(text, 0);
  if (text.charAt(at) !== '"') return null;
  while (at < text.length) {
    if (text.charAt(at) !== '"') return null;
    at++;
    while (text.charAt(at) !== '"') {
      ELEMENT.lastIndex = at;
      const match = ELEMENT.exec(text);
      if (match === null) return null;
      at = ELEMENT.lastIndex;
      const [whole, , octal, hexadecimal, splice] = match;
      if (splice !== undefined) continue;
      const isWide = whole.startsWith('\\u') || whole.startsWith('\\U') || (whole.codePointAt(0) ?? 0) > 0x7e;
      if (isZero(octal, 8) || isZero(hexadecimal, 16)) leastText ??= least;
      most += isWide ? WIDEST : 1;
      least += 1;
    }
    at = skipSpace(text, at + 1);
  }
  return { most, least, leastText: leastText ?? least };
}

/** Upper bound for a text that was already decoded. */
export function mostBytesOf(value: string): number {
  let most = 0;
  for (const character of value) most += (character.codePointAt(0) ?? 0) > 0x7e ? WIDEST : 1;
  return most;
}

function isZero(digits: string | undefined, base: number): boolean {
  return digits !== undefined && Number.parseInt(digits, base) % 256 === 0;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}
