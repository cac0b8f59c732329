// A YAML text as a small tree with offsets. References are never followed, every scalar stays the text it is written as.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** Composing takes some 0.5 µs a character and 20 times the text's memory: larger ones are refused. */
const MOST_CHARACTERS = 6 * 1024 * 1024;
/** Deeper than any lock file; what lies below is left out. */
const DEEPEST = 24;

/** What no tool writes and what costs the parser most: open brackets, quotes of one line, empty lines in a row. */
const MOST_OPEN = 64;
const MOST_QUOTES = 64;
const EMPTY_LINES = /\n{100}/;
/** References, tags and directives; brackets that close what never opened. */
const FOREIGN = /^\s*(?:[^\s:]+:\s+|- )?[&*!%]/;

export type YamlNode =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlEntry> }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[] };

export interface YamlEntry {
  readonly keyStart: number;
  readonly value: YamlNode;
}

/** Null when the text is no YAML, holds a key twice or a reference (security row 22), or is too large. */
export function readYaml(text: string): YamlNode | null {
  if (text.length > MOST_CHARACTERS || EMPTY_LINES.test(text) || isTangled(text)) return null;
  try {
    // `uniqueKeys` compares every key with every other: a Map does it here.
    const document = parseDocument(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    return document.errors.length > 0 ? null : treeOf(document.contents, 0);
  } catch {
    // A stack that overflows on a text too deep.
    return null;
  }
}

/** Brackets in plain texts count as well: those close again, or are few. */
function isTangled(text: string): boolean {
  let open = 0;
  for (const line of text.split('\n')) {
    if (
      line.length > 64 * 1024 ||
      FOREIGN.test(line) ||
      (open === 0 && /^\s*[\]}]/.test(line)) ||
      line.search(/\S/) > 200 ||
      /^\s*(?:[-?:] ){16}/.test(line)
    )
      return true;
    let quotes = 0;
    for (const [mark] of line.matchAll(/[[\]{}"']/g)) {
      if (mark === '[' || mark === '{') open += 1;
      else if (mark === ']' || mark === '}') open = Math.max(0, open - 1);
      else quotes += 1;
      if (open > MOST_OPEN || quotes > MOST_QUOTES) return true;
    }
  }
  return false;
}

function treeOf(node: unknown, depth: number): YamlNode | null {
  if (depth > DEEPEST) return null;
  if (node === null) return { kind: 'text', text: '', start: 0, end: 0 };
  if (isScalar(node)) {
    const [start = 0, end = 0] = node.range ?? [];
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return { kind: 'text', text, start, end };
  }
  if (isSeq(node)) {
    const items: YamlNode[] = [];
    for (const item of node.items) {
      const tree = treeOf(item, depth + 1);
      if (tree === null) return null;
      items.push(tree);
    }
    return { kind: 'list', items };
  }
  if (!isMap(node)) return null;
  const entries = new Map<string, YamlEntry>();
  for (const { key, value } of node.items) {
    const tree = treeOf(value, depth + 1);
    if (tree === null || !isScalar(key) || typeof key.value !== 'string' || entries.has(key.value))
      return null;
    entries.set(key.value, { keyStart: key.range?.[0] ?? 0, value: tree });
  }
  return { kind: 'map', entries };
}

/** The members of a map; of anything else none. */
export function yamlMembers(node: YamlNode | undefined): ReadonlyMap<string, YamlEntry> {
  return node?.kind === 'map' ? node.entries : new Map();
}

export function yamlMember(node: YamlNode | undefined, ...path: readonly string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((at, key) => yamlMembers(at).get(key)?.value, node);
}

export function yamlText(node: YamlNode | undefined): string | null {
  return node?.kind === 'text' && node.text !== '' ? node.text : null;
}
