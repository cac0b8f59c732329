// What a provider says about a failure: found in any of the shapes in which they say it, and quoted short and without secrets (security row 45).
import { markOutside } from '../../support/mark-outside.ts';

const MOST = 160;
/** Where words are looked for; the rest of a long error page is nobody's business. */
const WINDOW = 4000;

/** The error's own words, with its type and code, in one line; the whole text when it is no JSON. */
export function wordsOf(body: string): string {
  const value = parsed(body);
  if (value === undefined) return body.slice(0, WINDOW);
  const found: string[] = [];
  collect(value, found, 0);
  return found.join(' ').slice(0, WINDOW);
}

/** Between backticks, for a sentence of ours; '' for nothing. `redact` sees the words before they are cut. */
export function quoted(words: string, redact: (text: string) => string): string {
  const line = redact(words).trim();
  return line === '' ? '' : markOutside(line, MOST);
}

const TELLING = new Set([
  'error',
  'message',
  'detail',
  'msg',
  'code',
  'type',
  'param',
  'status',
  '__type',
  'details',
  'reason',
  'innererror',
  'errors',
  'loc',
]);

function collect(value: unknown, found: string[], depth: number): void {
  if (typeof value === 'string' || typeof value === 'number') found.push(String(value));
  if (typeof value !== 'object' || value === null || depth > 5 || found.length > 20) return;
  for (const [key, inner] of Object.entries(value)) {
    if (Array.isArray(value) || TELLING.has(key.toLowerCase())) collect(inner, found, depth + 1);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
