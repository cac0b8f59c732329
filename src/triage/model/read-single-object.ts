// A model's text → the one JSON object in it, or why there is none: everything that JSON.parse lets pass is refused here first.
import { Buffer } from 'node:buffer';

/** Longest text that is looked at, in bytes of UTF-8. */
export const MOST_BYTES = 256 * 1024;
/** Objects and lists inside each other; deeper ones make recursive readers fail (security row 20). */
export const MOST_DEPTH = 64;

export type SingleObject =
  | { readonly kind: 'object'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * The value of the only JSON object in `text`. Words or a code fence around it are put up with as long as they hold no bracket of any
 * kind: with two objects, or a list around one, nobody could say which was meant. A key that stands twice in one object is refused
 * (JSON.parse would silently take the later one), and so are more than `MOST_BYTES` and more than `MOST_DEPTH` levels. Never throws.
 */
export function readSingleObject(text: string): SingleObject {
  if (text.length > MOST_BYTES || Buffer.byteLength(text) > MOST_BYTES)
    return invalid(`the answer is longer than ${MOST_BYTES} bytes`);
  const start = text.indexOf('{');
  if (start < 0) return invalid('there is no JSON object in the answer');
  const scanned = scanObject(text, start);
  if (scanned.kind === 'invalid') return scanned;
  const around = text.slice(0, start) + text.slice(scanned.end);
  if (/[{}[\]]/.test(around)) return invalid('the answer holds more than one JSON object');
  try {
    return { kind: 'object', value: JSON.parse(text.slice(start, scanned.end)) };
  } catch {
    return invalid('the answer is not valid JSON');
  }
}

/** An object's keys so far; null for a list. */
type Level = Set<string> | null;

/** Finds where the object ends; whether it is JSON at all is JSON.parse's to say. */
function scanObject(
  text: string,
  start: number,
): { readonly kind: 'end'; readonly end: number } | (SingleObject & { kind: 'invalid' }) {
  const levels: Level[] = [];
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') {
      if (levels.length === MOST_DEPTH) return invalid(`the answer is nested more than ${MOST_DEPTH} deep`);
      levels.push(character === '{' ? new Set() : null);
    } else if (character === '}' || character === ']') {
      if ((levels.pop() === null) !== (character === ']')) return invalid('the answer is not valid JSON');
      if (levels.length === 0) return { kind: 'end', end: at + 1 };
    } else if (character === '"') {
      const end = endOfString(text, at);
      if (end === null) break;
      const keys = levels.at(-1);
      if (keys instanceof Set && isKey(text, end)) {
        const key = keyOf(text.slice(at, end));
        if (keys.has(key)) return invalid('a key stands twice in one object');
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return invalid('the JSON object does not end');
}

/** Offset behind the closing quote of the string that starts at `at`. */
function endOfString(text: string, at: number): number | null {
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '"') return index + 1;
  }
  return null;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
}

/** `"a"` and `"\u0061"` are one key. */
function keyOf(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

function invalid(why: string): SingleObject & { kind: 'invalid' } {
  return { kind: 'invalid', why };
}
