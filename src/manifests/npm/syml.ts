// The indented text that both yarns write: yarn 1 `key "value"`, yarn 2 and later `key: value`; yarn itself reads both with one parser.
//
// Read by lines: no depth, no references, linear, and every block knows its line.

export interface SymlBlock {
  /** Descriptors, such as `lodash@^4.17.0` or `lodash@npm:^4.17.0`; or one word, such as `__metadata`. */
  readonly keys: readonly string[];
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
  /** `dependencies`, `optionalDependencies`, `dependenciesMeta` … → name → text; '' where something deeper follows. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,"][^,"]*/g;
const PAIR = /^("[^"\\]*(?:\\.[^"\\]*)*"|[^\s":]+(?::[^\s":]+)*):?(?:\s+(.*))?$/;

/** The blocks in order; `faults` counts lines that are none of the format. */
export function readSyml(text: string): { readonly blocks: readonly SymlBlock[]; readonly faults: number } {
  const blocks: SymlBlock[] = [];
  let values = new Map<string, string>();
  let sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  let faults = 0;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const indent = raw.length - raw.trimStart().length;
    if (indent === 0) {
      values = new Map();
      sections = new Map();
      section = null;
      if (content.endsWith(':') && content.length <= 64 * 1024)
        blocks.push({ keys: keysOf(content.slice(0, -1)), line, values, sections });
      else faults += 1;
      continue;
    }
    // Longer than any name with a range: not worth a look.
    const pair = content.length <= 4_096 ? PAIR.exec(content) : null;
    if (pair === null || blocks.length === 0) {
      faults += 1;
      continue;
    }
    const [, key = '', value = ''] = pair;
    if (indent >= 4) {
      // `dependenciesMeta` has one level more: the name opens it, `optional: true` stands below.
      if (indent === 4) section?.set(unquote(key), unquote(value));
      else if (section !== null) markDeeper(section, unquote(key), unquote(value));
    } else if (value === '') {
      section = new Map();
      sections.set(unquote(key), section);
    } else values.set(unquote(key), unquote(value));
  }
  return { blocks, faults };
}

function markDeeper(section: Map<string, string>, key: string, value: string): void {
  const last = [...section.keys()].at(-1);
  if (last !== undefined && key === 'optional' && value === 'true') section.set(last, 'optional');
}

function keysOf(content: string): string[] {
  return (content.match(TOKEN) ?? []).flatMap((token) => unquote(token.trim()).split(', '));
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
