// One dependency as Python writes it (https://packaging.python.org/en/latest/specifications/dependency-specifiers/).

export interface PythonRequirement {
  /** Normalised (PEP 503). */
  readonly name: string;
  /** `>=2,<3`; `==1.0`; the address behind `@`; null for none. */
  readonly constraint: string | null;
  /** Span of the constraint in the text, UTF-16 units; empty at the end of the name for none. */
  readonly start: number;
  readonly end: number;
  readonly extras: readonly string[];
  /** What stands behind `;`; null: it holds everywhere. */
  readonly marker: string | null;
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalisePythonName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

const NAME =
  /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?)(?![A-Za-z0-9._-])\s*(\[[^\]]{0,512}\])?\s*/;

/** Null for what is no requirement, such as an address without a name. */
export function readPythonRequirement(text: string): PythonRequirement | null {
  if (text.length > 4_096) return null;
  const head = NAME.exec(text);
  if (head === null) return null;
  const [whole, name = '', extras] = head;
  const rest = text.slice(whole.length);
  // In an address a `;` needs a space before it to begin a marker.
  const isAddress = rest.startsWith('@');
  const markerAt = isAddress ? rest.search(/\s;/) : rest.indexOf(';');
  const written = markerAt < 0 ? rest : rest.slice(0, markerAt);
  const marker = markerAt < 0 ? null : rest.slice(rest.indexOf(';', markerAt) + 1).trim() || null;
  const found = {
    name: normalisePythonName(name),
    extras: (extras ?? '')
      .slice(1, -1)
      .split(',')
      .flatMap((extra) => extra.trim() || []),
    marker,
  };
  let start = whole.length;
  let constraint = written.trimEnd();
  if (isAddress) {
    const lead = /^@\s*/.exec(constraint)?.[0].length ?? 0;
    start += lead;
    constraint = constraint.slice(lead);
  } else if (constraint.startsWith('(') && constraint.endsWith(')')) {
    start += 1;
    constraint = constraint.slice(1, -1);
  }
  if (!isAddress && constraint !== '' && !/^[<>=!~]/.test(constraint)) return null;
  return constraint === ''
    ? { ...found, constraint: null, start: name.length, end: name.length }
    : { ...found, constraint, start, end: start + constraint.length };
}

/** `extra == "name"` of a marker: the requirement is there for that extra alone. */
export function extraOfMarker(marker: string | null): string | null {
  return /\bextra\s*==\s*["']([^"']{1,128})["']/.exec(marker ?? '')?.[1] ?? null;
}
