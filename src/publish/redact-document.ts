// The one place where secrets leave a result: before anything is rendered, so that no renderer can forget it (security R7, row 16).
import type { ResultDocument } from '#domain/result-document.ts';

/**
 * The same document with `redact` applied to every string in it but our own words and digests: a field added later is covered too.
 * Equal strings are looked at once.
 */
export function redactDocument(document: ResultDocument, redact: (text: string) => string): ResultDocument {
  return redactStrings(document, redact);
}

/** The same for anything else that leaves, as deep as its type. */
export function redactStrings<Value>(value: Value, redact: (text: string) => string): Value {
  const known = new Map<string, string>();
  return mapStrings(value, (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const redacted = redact(text);
    known.set(text, redacted);
    return redacted;
  });
}

/** Words and digests of ours: no secret can stand in them, and a changed one would make the document lie. */
const OURS: ReadonlySet<string> = new Set([
  ...[
    'id',
    'findingId',
    'label',
    'verdict',
    'severity',
    'effect',
    'state',
    'disposition',
    'outcome',
    'mode',
    'by',
  ],
  ...['code', 'source', 'sha256', 'base', 'mergeBase', 'head', 'judge', 'scope'],
]);

/** Recursion is safe: the depth is that of the document's type. */
function mapStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => mapStrings(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapField(key, item, change)]),
  ) as T;
}

function mapField(key: string, value: unknown, change: (text: string) => string): unknown {
  if (OURS.has(key) && typeof value === 'string') return value;
  if (key !== 'fingerprints' || typeof value !== 'object' || value === null) return mapStrings(value, change);
  // The only field whose keys are foreign.
  return Object.fromEntries(
    Object.entries(value).map(([name, print]) => [change(name), mapStrings(print, change)]),
  );
}
