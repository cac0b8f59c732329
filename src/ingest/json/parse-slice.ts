// Turns the bytes of one sliced value into a value, and refuses what `JSON.parse` would silently let pass.
import { isUtf8 } from 'node:buffer';
import { inspectJson, invalidUtf8, readStrictly } from './inspect-json.ts';

/** One value of the document, cut out whole. */
export interface Slice {
  /** Only valid during the call that hands it over. */
  readonly bytes: Uint8Array;
  /** Where it starts in the document. */
  readonly offset: number;
  /** Colons outside of strings: how many members its objects have together. */
  readonly members: number;
}

/**
 * The value of a slice. Throws a ReadFault `syntax`, `encoding` or `duplicate_key` with the offset of the first offence.
 *
 * Duplicate keys: `JSON.parse` keeps the last and says nothing (RFC 8259 §4 leaves it open, attackers use the difference), so
 * the members that came out are counted against the colons that went in.
 */
export function parseSlice(slice: Slice): unknown {
  const { bytes, offset } = slice;
  if (!isUtf8(bytes)) throw inspectJson(bytes, offset) ?? invalidUtf8(offset);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (hasEscapedKey(text)) return readStrictly(bytes, offset);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return readStrictly(bytes, offset);
  }
  return countMembers(value) === slice.members ? value : readStrictly(bytes, offset);
}

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/**
 * Whether a key of any object in a JSON text is written with an escape. V8 misreads such keys after it has seen one that begins
 * with the same raw characters (nodejs/node#63785): a file could make this reader see other keys than everybody else does.
 * Costs one search when there is no backslash, and a walk to the end of each string that has one.
 */
function hasEscapedKey(text: string): boolean {
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
    while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    at++;
    while (text.charCodeAt(at) <= 0x20) at++;
    if (text[at] === ':') return true;
  }
  return false;
}

/** Members of all objects inside a value; the nesting is bounded by the scanner. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const isArray = Array.isArray(value);
  const children: readonly unknown[] = isArray ? value : Object.values(value);
  let count = isArray ? 0 : children.length;
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    if (typeof child === 'object' && child !== null) count += countMembers(child);
  }
  return count;
}
