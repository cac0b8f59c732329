// Integer constants of C as sizes: literals, `sizeof` of arrays, and macros that the file defines once.
import type { Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';

/** A size and the macro definitions it was taken from. */
export interface Size {
  readonly value: number;
  readonly spans: readonly Span[];
}

/** The size of a variable that `sizeof` is asked about, or null. */
export type SizeOfName = (name: string) => Size | null;

/** Where `int` may end: beyond it arithmetic is not ours to fold. */
const LARGEST = 2 ** 31 - 1;

const CODE = new WeakMap<SourceUnit, string>();

/** The file with its comments blanked: same offsets. */
export function codeOf(unit: SourceUnit): string {
  let code = CODE.get(unit);
  if (code === undefined) {
    const parts: string[] = [];
    let at = 0;
    for (const { start, end } of unit.comments) {
      parts.push(unit.text.slice(at, start), unit.text.slice(start, end).replace(/[^\r\n]/g, ' '));
      at = end;
    }
    code = parts.join('') + unit.text.slice(at);
    CODE.set(unit, code);
  }
  return code;
}

/** The value of a size expression made of `+`, `-`, `*` and parentheses; null when anything in it is not certain or negative. */
export function evaluateSize(unit: SourceUnit, text: string, at: Span, sizeOf: SizeOfName): Size | null {
  const tokens = text.match(/[A-Za-z_]\w*|\d\w*|\S/g) ?? [];
  if (tokens.length === 0 || tokens.length > 40) return null;
  const reader = new SizeReader(unit, tokens, at, sizeOf);
  const value = reader.sum();
  return value === null || !reader.isAtEnd ? null : { value, spans: reader.spans };
}

class SizeReader {
  readonly spans: Span[] = [];
  readonly #unit: SourceUnit;
  readonly #tokens: readonly string[];
  readonly #at: Span;
  readonly #sizeOf: SizeOfName;
  #next = 0;

  constructor(unit: SourceUnit, tokens: readonly string[], at: Span, sizeOf: SizeOfName) {
    this.#unit = unit;
    this.#tokens = tokens;
    this.#at = at;
    this.#sizeOf = sizeOf;
  }

  get isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  sum(): number | null {
    let left = this.#product();
    while (left !== null) {
      const sign = this.#take('+') ? 1 : this.#take('-') ? -1 : 0;
      if (sign === 0) return left;
      const right = this.#product();
      left = right === null ? null : certain(left + sign * right);
    }
    return null;
  }

  #product(): number | null {
    let left = this.#factor();
    while (left !== null && this.#take('*')) {
      const right = this.#factor();
      left = right === null ? null : certain(left * right);
    }
    return left;
  }

  #factor(): number | null {
    if (this.#take('(')) {
      const inner = this.sum();
      return inner !== null && this.#take(')') ? inner : null;
    }
    const token = this.#tokens[this.#next++];
    if (token === undefined) return null;
    if (/^\d/.test(token)) return readInteger(token);
    if (token === 'sizeof') return this.#readSizeOf();
    if (!/^[A-Za-z_]\w*$/.test(token)) return null;
    const macro = macroSize(this.#unit, token, this.#at);
    if (macro === null) return null;
    this.spans.push(...macro.spans);
    return macro.value;
  }

  #readSizeOf(): number | null {
    if (this.#unit.module.macros.includes('sizeof')) return null;
    const isGrouped = this.#take('(');
    const token = this.#tokens[this.#next++] ?? '';
    if (isGrouped && !this.#take(')')) return null;
    // `sizeof buf[0]` and `sizeof (buf)->x` are of something else.
    const next = this.#tokens[this.#next] ?? '';
    if (/^[[.(]$/.test(next) || (next === '-' && this.#tokens[this.#next + 1] === '>')) return null;
    if (isGrouped && token === 'char' && !this.#unit.module.macros.includes('char')) return 1;
    const size = this.#sizeOf(token);
    if (size === null) return null;
    this.spans.push(...size.spans);
    return size.value;
  }
}

/** A macro that is an integer literal, defined once, outside of every `#if`, before the place, with no file included between. */
function macroSize(unit: SourceUnit, name: string, at: Span): Size | null {
  const { macros, body } = unit.module;
  if (macros.filter((macro) => macro === name).length !== 1) return null;
  const code = codeOf(unit);
  // Other spellings of directives (trigraphs, digraphs, spliced lines) and saved macros are not followed.
  if (/\?\?=|%:|push_macro|pop_macro|#[ \t]*\\\r?\n/.test(code)) return null;
  const directives = code.matchAll(/^[ \t]*#[ \t]*(define|undef)[ \t]+(\w+)(.*)$/gm);
  const own = [...directives].filter(([, , defined]) => defined === name);
  const [only] = own;
  if (only === undefined || own.length !== 1 || only[1] !== 'define') return null;
  const value = /^[ \t]+(?:\([ \t]*(\w+)[ \t]*\)|(\w+))\s*$/.exec(only[3] ?? '');
  const digits = value?.[1] ?? value?.[2];
  const size = digits === undefined ? null : readInteger(digits);
  const offset = only.index + only[0].search(/#/);
  const statement = body.find(
    (candidate) =>
      candidate.kind === 'nothing' &&
      candidate.what === 'empty' &&
      candidate.span.start <= offset &&
      candidate.span.end > offset,
  );
  if (size === null || statement === undefined || statement.span.end > at.start) return null;
  if (/^[ \t]*#[ \t]*(include|import|embed)/m.test(code.slice(statement.span.end, at.start))) return null;
  return { value: size, spans: [{ ...statement.span, endLine: statement.span.line }] };
}

/** `64`, `0x40`, `0100`, with suffixes. */
function readInteger(text: string): number | null {
  const match = /^(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9]\d*))[uUlL]{0,3}$/.exec(text);
  if (match === null) return null;
  const [, hexadecimal, octal, decimal] = match;
  const value =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number.parseInt(decimal ?? '', 10);
  return certain(value);
}

function certain(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 && value <= LARGEST ? value : null;
}
