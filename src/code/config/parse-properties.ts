// Reads a `.properties` file: keys, values and the line of each (java.util.Properties.load, "line-oriented format").

export interface Setting {
  readonly key: string;
  readonly value: string;
  /** The line of the key, 1-based. */
  readonly line: number;
  readonly endLine: number;
}

/** Every key once: of several lines the last one counts. Null when the text is not in the format. */
export function parseProperties(text: string): ReadonlyMap<string, Setting> | null {
  const found = new Map<string, Setting>();
  const lines = text.split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at++) {
    let logical = (lines[at] ?? '').replace(/^[ \t\f]+/, '');
    if (logical === '' || logical.startsWith('#') || logical.startsWith('!')) continue;
    const line = at + 1;
    while (/(^|[^\\])(\\\\)*\\$/.test(logical) && at + 1 < lines.length)
      logical = logical.slice(0, -1) + (lines[++at] ?? '').replace(/^[ \t\f]+/, '');
    const split = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*(?:[=:][ \t\f]*)?(.*)$/s.exec(logical);
    const key = unescaped(split?.[1] ?? '');
    const value = unescaped(split?.[2] ?? '');
    if (key === null || value === null) return null;
    found.set(key, { key, value, line, endLine: at + 1 });
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** Null for a `\u` without four digits: loading such a file fails. */
function unescaped(text: string): string | null {
  if (/(^|[^\\])(\\\\)*\\u(?![0-9a-fA-F]{4})/.test(text)) return null;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.?))/gs, (_all, code: string | undefined, one: string) =>
    code === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
