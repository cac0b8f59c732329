// Where each value of a TOML text stands: the parser knows values without places, so the text is walked once more beside it.
//
// Only for texts that parsed: the walk keeps its own stack, and on what it does not understand it goes on with the next line.
import { pathKey } from './json-places.ts';

export interface TomlSpan {
  readonly keyStart: number;
  /** Quotes are inside. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

interface Open {
  readonly isArray: boolean;
  readonly path: readonly string[];
  readonly keyStart: number;
  readonly valueStart: number;
  index: number;
}

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const SPACE = /[ \t]*/y;
const BLANK = /(?:[\s,]|#[^\n]*)*/y;
const SCALAR = /[^\s,\]}#]*(?: [^\s,\]}#]+)?/y;

/** Spans by path of keys and array indices (`pathKey`); the tables of `[[a]]` count from 0. Deeper than `DEEPEST` is left out. */
export function placesInToml(text: string): ReadonlyMap<string, TomlSpan> {
  return new TomlWalk(text).walk();
}

const DEEPEST = 32;

class TomlWalk {
  readonly #text: string;
  readonly #spans = new Map<string, TomlSpan>();
  readonly #tableCounts = new Map<string, number>();
  #at = 0;
  #table: readonly string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  walk(): ReadonlyMap<string, TomlSpan> {
    while (this.#at < this.#text.length) {
      this.#skip(BLANK);
      if (this.#at >= this.#text.length) break;
      const start = this.#at;
      if (this.#text[this.#at] === '[') this.#readHeader();
      else this.#readPair();
      // Always on: nothing is looked at twice.
      if (this.#at === start) this.#toLineEnd();
    }
    return this.#spans;
  }

  #readHeader(): void {
    const start = this.#at;
    const isArray = this.#text.startsWith('[[', start);
    this.#at += isArray ? 2 : 1;
    const keys = this.#readKeys();
    this.#toLineEnd();
    // `[a.b]` below `[[a]]` is part of its last table.
    const path: string[] = [];
    for (const [index, key] of keys.entries()) {
      path.push(key);
      const isLast = index === keys.length - 1;
      const known = this.#tableCounts.get(pathKey(path));
      if (isLast && isArray) {
        const count = (known ?? -1) + 1;
        this.#tableCounts.set(pathKey(path), count);
        path.push(String(count));
      } else if (known !== undefined) path.push(String(known));
    }
    this.#table = path;
    this.#record(path, start, start, this.#at);
  }

  #readPair(): void {
    const keyStart = this.#at;
    const keys = this.#readKeys();
    if (keys.length === 0 || this.#text[this.#at] !== '=') {
      this.#toLineEnd();
      return;
    }
    this.#at += 1;
    this.#skip(SPACE);
    this.#readValue([...this.#table, ...keys], keyStart);
  }

  /** A value with everything in it: brackets are kept on a stack. */
  #readValue(path: readonly string[], keyStart: number): void {
    const stack: Open[] = [];
    let next: { readonly path: readonly string[]; readonly keyStart: number } | null = { path, keyStart };
    while (this.#at < this.#text.length) {
      if (next !== null) {
        const start = this.#at;
        const character = this.#text[start];
        if (character === '[' || character === '{') {
          stack.push({ isArray: character === '[', ...next, valueStart: start, index: 0 });
          this.#at += 1;
        } else {
          this.#skipScalar();
          this.#record(next.path, next.keyStart, start, this.#at);
        }
      }
      const open = stack.at(-1);
      if (open === undefined) return;
      this.#skip(BLANK);
      const character = this.#text[this.#at];
      if (character === ']' || character === '}') {
        this.#at += 1;
        stack.pop();
        this.#record(open.path, open.keyStart, open.valueStart, this.#at);
        next = null;
        if (stack.length === 0) return;
      } else next = this.#readMember(open);
      if (stack.length > DEEPEST) return;
    }
  }

  #readMember(open: Open): { readonly path: readonly string[]; readonly keyStart: number } | null {
    const keyStart = this.#at;
    if (open.isArray) {
      open.index += 1;
      return { path: [...open.path, String(open.index - 1)], keyStart };
    }
    const keys = this.#readKeys();
    if (this.#text[this.#at] !== '=') {
      this.#at = Math.max(this.#at, keyStart + 1);
      return null;
    }
    this.#at += 1;
    this.#skip(SPACE);
    return { path: [...open.path, ...keys], keyStart };
  }

  /** `a.'b.c'."d"` up to what follows it. */
  #readKeys(): string[] {
    const keys: string[] = [];
    for (;;) {
      this.#skip(SPACE);
      const quote = this.#text[this.#at];
      if (quote === '"' || quote === "'") {
        const start = this.#at;
        this.#skipScalar();
        keys.push(this.#text.slice(start + 1, this.#at - 1));
      } else {
        BARE_KEY.lastIndex = this.#at;
        const [key] = BARE_KEY.exec(this.#text) ?? [];
        if (key === undefined) return keys;
        keys.push(key);
        this.#at += key.length;
      }
      this.#skip(SPACE);
      if (this.#text[this.#at] !== '.' || keys.length > DEEPEST) return keys;
      this.#at += 1;
    }
  }

  #skipScalar(): void {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") {
      this.#skip(SCALAR);
      return;
    }
    const mark = this.#text.startsWith(quote.repeat(3), this.#at) ? quote.repeat(3) : quote;
    let at = this.#at + mark.length;
    for (; at < this.#text.length && !this.#text.startsWith(mark, at); at += 1)
      if (quote === '"' && this.#text[at] === '\\') at += 1;
    this.#at = Math.min(this.#text.length, at + mark.length);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
  }

  #toLineEnd(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  #record(path: readonly string[], keyStart: number, valueStart: number, valueEnd: number): void {
    if (path.length <= DEEPEST) this.#spans.set(pathKey(path), { keyStart, valueStart, valueEnd });
  }
}
