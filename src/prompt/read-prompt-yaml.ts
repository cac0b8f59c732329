// The text of a team's prompt file → plain values, each with its line; a small part of YAML, nothing that acts (security row 22).
import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import { AssayError } from '#domain/errors.ts';
import { findDeepNesting } from '#support/find-deep-nesting.ts';
import { hasInvisible } from '#support/invisible-characters.ts';
import { markOutside } from '#support/mark-outside.ts';

/** Largest file, in bytes; checked before parsing. */
const MAX_PROMPT_BYTES = 32 * 1024;
/** Levels of maps and lists; a prompt needs three. */
const MAX_DEPTH = 8;
const TOO_DEEP = `is nested more than ${MAX_DEPTH} levels deep`;

export interface PlacedPrompt {
  readonly value: unknown;
  /** 1-based line of the value at a path, or of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Throws AssayError `configuration`, its message starting with `name:line:`, for everything but plain small YAML. */
export function readPromptYaml(text: string, name: string): PlacedPrompt {
  const bytes = new TextEncoder().encode(text).byteLength;
  if (bytes > MAX_PROMPT_BYTES)
    throw promptError(name, 1, `is ${bytes} bytes long; the limit is ${MAX_PROMPT_BYTES}`);
  refuseOddCharacters(text, name);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const deep = findDeepNesting(text, MAX_DEPTH);
  if (deep !== null) throw promptError(name, lineAt(deep), TOO_DEEP);
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, prettyErrors: false });
  const error = document.errors[0];
  if (error !== undefined)
    throw promptError(name, lineAt(error.pos[0]), `is not valid YAML: ${markOutside(error.message, 160)}`);
  const reader = new Reader(name, lineAt);
  const value = reader.valueOf(document.contents, [], 0);
  return { value, lineOf: (path) => lineAt(reader.offsetOf(path)) };
}

/** An error about a team's prompt file, with the way out. */
export function promptError(name: string, line: number, what: string): AssayError {
  return new AssayError('configuration', `${name}:${line}: ${what}`, {
    hint: 'docs/schema/assay-prompt.schema.json has every key; rules/prompts/ has the built-in parts as examples.',
  });
}

/** Instructions that a reviewer cannot see are no instructions of the team. */
function refuseOddCharacters(text: string, name: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (/[\ufffd\0]/.test(line)) throw promptError(name, index + 1, 'the file is not UTF-8 text');
    if (hasInvisible(line.replace(/\r$/, '').replace(index === 0 ? /^\ufeff/ : /^(?!)/, '')))
      throw promptError(name, index + 1, 'holds invisible characters');
  }
}

/** Turns the parsed tree into plain values without following or building anything clever. */
class Reader {
  readonly #offsets = new Map<string, number>();
  readonly #name: string;
  readonly #lineAt: (offset: number) => number;

  constructor(name: string, lineAt: (offset: number) => number) {
    this.#name = name;
    this.#lineAt = lineAt;
  }

  valueOf(node: unknown, path: readonly (string | number)[], depth: number): unknown {
    if (isAlias(node)) throw this.#refusal(node.range?.[0], 'aliases (*name) are not supported');
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    const offset = node.range?.[0] ?? 0;
    this.#offsets.set(JSON.stringify(path), offset);
    if (node.anchor !== undefined) throw this.#refusal(offset, 'anchors (&name) are not supported');
    if (node.tag !== undefined) throw this.#refusal(offset, 'tags (!name) are not supported');
    if (isScalar(node)) return node.value;
    if (depth >= MAX_DEPTH) throw this.#refusal(offset, TOO_DEEP);
    if (isSeq(node)) return node.items.map((item, index) => this.valueOf(item, [...path, index], depth + 1));
    return this.#mapOf(node.items, path, depth);
  }

  /** Offset of the value at `path`, or of the nearest one around it. */
  offsetOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.#offsets.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  #mapOf(pairs: readonly Pair[], path: readonly (string | number)[], depth: number): unknown {
    const entries = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      if (!isScalar(key)) throw this.#refusal(undefined, 'a key must be plain text');
      const name = String(key.value);
      if (entries.has(name))
        throw this.#refusal(key.range?.[0], `the key ${markOutside(name)} is given twice`);
      entries.set(name, this.valueOf(value, [...path, name], depth + 1));
    }
    // Object.fromEntries defines own properties, so `__proto__` is a key like any other and is refused as unknown.
    return Object.fromEntries(entries);
  }

  #refusal(offset: number | undefined, what: string): AssayError {
    return promptError(this.#name, this.#lineAt(offset ?? 0), what);
  }
}
