// The hot loop of the slicer: finds where one JSON value ends, in chunks of any size, without looking at what it says.
import { ReadFault } from '../read-fault.ts';

const BORING = 0;
const QUOTE_KIND = 1;
const OPEN_KIND = 2;
const CLOSE_KIND = 3;
const COLON_KIND = 4;

/** What a byte outside of strings means for nesting. */
const KIND = new Uint8Array(256);
KIND[0x22] = QUOTE_KIND;
KIND[0x5b] = OPEN_KIND;
KIND[0x7b] = OPEN_KIND;
KIND[0x5d] = CLOSE_KIND;
KIND[0x7d] = CLOSE_KIND;
KIND[0x3a] = COLON_KIND;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes that end a number or a literal: white space, `,`, `]`, `}`. */
export function endsScalar(byte: number): boolean {
  return byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d;
}

/**
 * Follows one value over any number of chunks. Brackets are counted, not matched: `JSON.parse` checks the slice afterwards.
 * Counting the colons outside of strings costs nothing here and lets duplicate keys be found without a set per object.
 */
export class ValueScanner {
  /** Members of all objects in the value so far. */
  members = 0;
  #depth = 0;
  #scalar = false;
  #inString = false;
  /** Bytes of the next chunk that an escape at the end of this one has used up. */
  #skip = 0;
  #maximumDepth = 0;

  /** Starts a value whose first byte is `first`; `maximumDepth` is what is left of the document's nesting. */
  begin(first: number, maximumDepth: number): void {
    this.members = 0;
    this.#depth = 0;
    this.#scalar = KIND[first] !== QUOTE_KIND && KIND[first] !== OPEN_KIND;
    this.#inString = false;
    this.#skip = 0;
    this.#maximumDepth = maximumDepth;
  }

  /** Reads on at `from`; gives the position behind the value's last byte, or -1 when the value goes on in the next chunk. */
  scan(bytes: Uint8Array, from: number, chunkOffset: number): number {
    if (this.#scalar) return scanScalar(bytes, from);
    const end = bytes.length;
    const deepest = this.#maximumDepth;
    let position = from + this.#skip;
    let depth = this.#depth;
    let members = this.members;
    let inString = this.#inString;
    for (;;) {
      if (inString) {
        for (;;) {
          if (position >= end) return this.#suspend(depth, members, true, position - end);
          const byte = bytes[position++];
          if (byte === QUOTE) break;
          if (byte === BACKSLASH) position++;
        }
        inString = false;
        if (depth === 0) return position;
      }
      if (position >= end) return this.#suspend(depth, members, false, 0);
      const kind = KIND[bytes[position++] as number];
      if (kind === BORING) continue;
      if (kind === QUOTE_KIND) inString = true;
      else if (kind === COLON_KIND) members++;
      else if (kind === OPEN_KIND) {
        if (++depth > deepest) throw tooDeep(chunkOffset + position - 1);
      } else if (--depth <= 0) {
        this.members = members;
        return position;
      }
    }
  }

  #suspend(depth: number, members: number, inString: boolean, skip: number): -1 {
    this.#depth = depth;
    this.members = members;
    this.#inString = inString;
    this.#skip = skip;
    return -1;
  }
}

function scanScalar(bytes: Uint8Array, from: number): number {
  for (let position = from; position < bytes.length; position++) {
    if (endsScalar(bytes[position] as number)) return position;
  }
  return -1;
}

function tooDeep(offset: number): ReadFault {
  return new ReadFault(
    'depth',
    'the JSON is nested too deeply',
    offset,
    'No scanner nests a report that deep: check how the file was made.',
  );
}
