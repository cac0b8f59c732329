// The hot loop of the slicer: finds where one JSON value ends, in chunks of any size, without looking at what it says.
import { phrase } from '#domain/phrase.ts';
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

/** Keys of one object that are compared with each other; an object with more is read exactly. */
const COMPARED_KEYS = 64;

/** Bytes that end a number or a literal: white space, `,`, `]`, `}`. */
export function endsScalar(byte: number): boolean {
  return byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d;
}

/**
 * Follows one value over any number of chunks. Brackets are counted, not matched: whoever parses the slice checks them.
 * Keys are compared by a small hash as they pass; the nesting is at most `depth` of the limits, so the tables are small.
 */
export class ValueScanner {
  /**
   * Whether the value must be read exactly: a key may stand twice in an object, or is written with an escape, or could not be
   * looked at because a chunk ended in it. Never false for a value with a duplicate or an escaped key.
   */
  isSuspicious = false;
  #depth = 0;
  #scalar = false;
  #inString = false;
  /** Whether the current string, or the last, has an escape or began in an earlier chunk: its bytes are no plain key. */
  #oddString = false;
  /** Bytes of the next chunk that an escape at the end of this one has used up. */
  #skip = 0;
  #maximumDepth = 0;
  #hashCount = 0;
  readonly #hashes: Int32Array;
  /** By depth, where the hashes of the object's keys begin. */
  readonly #bases: Int32Array;

  /** `depthLimit` is the deepest nesting that any value will be allowed. */
  constructor(depthLimit: number) {
    this.#bases = new Int32Array(depthLimit + 2);
    this.#hashes = new Int32Array((depthLimit + 1) * COMPARED_KEYS);
  }

  /** Starts a value whose first byte is `first`; `maximumDepth` is what is left of the document's nesting. */
  begin(first: number, maximumDepth: number): void {
    this.isSuspicious = false;
    this.#depth = 0;
    this.#scalar = KIND[first] !== QUOTE_KIND && KIND[first] !== OPEN_KIND;
    this.#inString = false;
    this.#oddString = false;
    this.#skip = 0;
    this.#maximumDepth = maximumDepth;
    this.#hashCount = 0;
  }

  /** Reads on at `from`; gives the position behind the value's last byte, or -1 when the value goes on in the next chunk. */
  scan(bytes: Uint8Array, from: number, chunkOffset: number): number {
    if (this.#scalar) return scanScalar(bytes, from);
    const end = bytes.length;
    const bases = this.#bases;
    let position = from + this.#skip;
    let depth = this.#depth;
    let inString = this.#inString;
    let start = -1;
    let stop = -1;
    for (;;) {
      if (inString) {
        for (;;) {
          if (position >= end) return this.#suspend(depth, true, position - end);
          const byte = bytes[position++];
          if (byte === QUOTE) break;
          if (byte === BACKSLASH) {
            position++;
            this.#oddString = true;
          }
        }
        inString = false;
        stop = position - 1;
        if (depth === 0) return position;
      }
      if (position >= end) return this.#suspend(depth, false, 0);
      const kind = KIND[bytes[position++] as number];
      if (kind === BORING) continue;
      if (kind === QUOTE_KIND) {
        inString = true;
        start = position;
        this.#oddString = false;
      } else if (kind === COLON_KIND) this.#compareKey(bytes, start, stop, depth);
      else if (kind === OPEN_KIND) {
        if (++depth > this.#maximumDepth) throw tooDeep(chunkOffset + position - 1);
        bases[depth] = this.#hashCount;
      } else {
        this.#hashCount = bases[depth] as number;
        if (--depth <= 0) return position;
      }
    }
  }

  /** Looks whether the string from `start` to `end`, which a colon follows, is like an earlier key of its object. */
  #compareKey(bytes: Uint8Array, start: number, end: number, depth: number): void {
    const base = this.#bases[depth] as number;
    const count = this.#hashCount;
    if (start < 0 || this.#oddString || count - base >= COMPARED_KEYS) {
      this.isSuspicious = true;
      return;
    }
    const length = end - start;
    const middle = bytes[start + (length >> 1)] as number;
    const hash =
      (length << 24) ^ ((bytes[start] as number) << 16) ^ (middle << 8) ^ (bytes[end - 1] as number);
    const hashes = this.#hashes;
    for (let index = base; index < count; index++) if (hashes[index] === hash) this.isSuspicious = true;
    hashes[count] = hash;
    this.#hashCount = count + 1;
  }

  #suspend(depth: number, inString: boolean, skip: number): -1 {
    this.#depth = depth;
    this.#inString = inString;
    this.#oddString = true;
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
    phrase`the JSON is nested too deeply`,
    offset,
    phrase`No scanner nests a report that deep: check how the file was made.`,
  );
}
