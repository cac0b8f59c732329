// The text of `assay.yml` → plain values, each with the place it stands at; a small part of YAML, nothing that acts (security row 22).
import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml';
import { findDeepNesting } from '../../support/find-deep-nesting.ts';
import { markOutside } from '../../support/mark-outside.ts';

/** Something wrong in the text. `offset` counts UTF-16 units. */
export interface Problem {
  readonly offset: number;
  readonly text: string;
}

export type Path = readonly (string | number)[];

export interface PlacedValues {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Offset of the value at a path, or of the nearest one around it. */
  offsetOf(path: Path): number;
  /** Offset of the key itself. */
  offsetOfKey(path: Path): number;
  /** 1-based; columns count UTF-16 units. */
  positionOf(offset: number): { line: number; column: number };
  /** Whether the text is broken as YAML, so that `value` says nothing. */
  readonly broken: boolean;
}

/** Levels of maps and lists; the policy needs six. */
const MAX_DEPTH = 16;
const TOO_DEEP = `is nested more than ${MAX_DEPTH} levels deep`;

/** Keys whose values (or whose list's items) are text whatever they look like: `id: 1234567890123456` is no number. */
const TEXT_KEYS: ReadonlySet<string | number | undefined> = new Set([
  ...['id', 'rule', 'name', 'path', 'reason', 'owner', 'expires'],
  ...['paths', 'tools', 'ignore', 'tests', 'generated', 'vendored'],
]);

export function readYaml(text: string): PlacedValues {
  const deep = findDeepNesting(text, MAX_DEPTH);
  if (deep !== null) return placed(text, new Walk(), null, [{ offset: deep, text: TOO_DEEP }]);
  // `uniqueKeys` of the library compares every key with every other (measured: 20,000 keys take 7 s), so the walk below does it.
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, prettyErrors: false });
  const walk = new Walk();
  if (document.errors.length > 0) return placed(text, walk, null, syntaxProblems(document.errors));
  const value = walk.valueOf(document.contents, [], 0);
  const { yaml, tags } = document.directives ?? { yaml: { explicit: false }, tags: {} };
  if (yaml.explicit || Object.keys(tags).length > 1) {
    walk.problems.push({ offset: 0, text: 'directives (lines that start with %) are not supported' });
  }
  return placed(text, walk, value, []);
}

function placed(text: string, walk: Walk, value: unknown, syntax: readonly Problem[]): PlacedValues {
  return {
    value,
    broken: syntax.length > 0,
    problems: [...syntax, ...walk.problems],
    offsetOf: (path) => nearest(walk.values, path),
    offsetOfKey: (path) => walk.keys.get(nameOf(path)) ?? nearest(walk.values, path),
    positionOf: (offset) => {
      const before = text.slice(0, offset);
      return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
    },
  };
}

function syntaxProblems(
  errors: readonly { code: string; message: string; pos: [number, number] }[],
): Problem[] {
  // A stack that overflowed reports an error for every level: one is enough.
  const deep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (deep !== undefined) return [{ offset: deep.pos[0], text: TOO_DEEP }];
  return errors.map((error) => ({ offset: error.pos[0], text: explainSyntax(error) }));
}

function explainSyntax(error: { code: string; message: string }): string {
  if (error.code === 'MULTIPLE_DOCS') return 'a second document starts here; one file holds one policy';
  if (error.code === 'TAB_AS_INDENT') return 'a tab is used for indentation; YAML wants spaces';
  return `is not valid YAML: ${markOutside(error.message, 160)}`;
}

function nearest(offsets: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsets.get(nameOf(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function nameOf(path: Path): string {
  return JSON.stringify(path);
}

/** Turns the parsed tree into plain values without following or building anything clever. */
class Walk {
  readonly problems: Problem[] = [];
  readonly values = new Map<string, number>();
  readonly keys = new Map<string, number>();

  valueOf(node: unknown, path: Path, depth: number): unknown {
    if (isAlias(node)) {
      this.values.set(nameOf(path), node.range?.[0] ?? 0);
      return this.#refuse(node.range?.[0], 'aliases (*name) are not supported: write the value out');
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    const offset = node.range?.[0] ?? 0;
    this.values.set(nameOf(path), offset);
    if (node.anchor !== undefined) this.#refuse(offset, 'anchors (&name) are not supported');
    if (node.tag !== undefined) this.#refuse(offset, 'tags (!name) are not supported');
    if (isScalar(node)) return scalarValue(node, path);
    if (depth >= MAX_DEPTH) return this.#refuse(offset, TOO_DEEP);
    if (isSeq(node)) return node.items.map((item, index) => this.valueOf(item, [...path, index], depth + 1));
    return this.#mapOf(node.items, path, depth);
  }

  #mapOf(pairs: readonly Pair[], path: Path, depth: number): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      if (!isScalar(key)) {
        this.#refuse(offsetOfNode(key), 'a key must be plain text');
        continue;
      }
      const name = key.source ?? String(key.value);
      const offset = key.range?.[0] ?? 0;
      if (entries.has(name)) {
        this.#refuse(offset, `the key ${markOutside(name)} is given twice`);
        continue;
      }
      this.keys.set(nameOf([...path, name]), offset);
      entries.set(name, this.valueOf(value, [...path, name], depth + 1));
    }
    // Object.fromEntries defines own properties, so `__proto__` is a key like any other and is refused as unknown.
    return Object.fromEntries(entries);
  }

  #refuse(offset: number | undefined, text: string): null {
    this.problems.push({ offset: offset ?? 0, text });
    return null;
  }
}

function scalarValue(node: Scalar, path: Path): unknown {
  const key = typeof path.at(-1) === 'number' ? path.at(-2) : path.at(-1);
  const written = typeof node.value === 'number' || typeof node.value === 'boolean' ? node.source : undefined;
  return TEXT_KEYS.has(key) && written !== undefined ? written : node.value;
}

function offsetOfNode(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
