// Turns the bytes of one sliced value into a value, and refuses what `JSON.parse` would silently let pass.
import { isUtf8 } from 'node:buffer';
import { inspectJson, invalidUtf8, readStrictly } from './inspect-json.ts';

/** One value of the document, cut out whole. */
export interface Slice {
  /** Only valid during the call that hands it over. */
  readonly bytes: Uint8Array;
  /** Where it starts in the document. */
  readonly offset: number;
  /** Whether a key may stand twice or is written with an escape, so that `JSON.parse` is not to be trusted with it. */
  readonly isSuspicious: boolean;
}

/**
 * The value of a slice. Throws a ReadFault `syntax`, `encoding` or `duplicate_key` with the offset of the first offence.
 *
 * `JSON.parse` is fast, and wrong in two ways that an attacker can use to show this reader other results than the next one:
 * of a key that stands twice it keeps the last and says nothing (RFC 8259 §4 leaves it open), and V8 misreads a key with an
 * escape after it has seen another that begins with the same raw characters (nodejs/node#63785).
 */
export function parseSlice(slice: Slice): unknown {
  const { bytes, offset } = slice;
  if (!isUtf8(bytes)) throw inspectJson(bytes, offset) ?? invalidUtf8(offset);
  if (slice.isSuspicious) return readStrictly(bytes, offset);
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return readStrictly(bytes, offset);
  }
}
