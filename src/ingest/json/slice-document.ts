// Takes a JSON document of any format apart while its bytes arrive: members of the root, and its big arrays one element at a time.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import { ValueCapture } from './capture-value.ts';
import { duplicateKey, endedEarly, inspectJson, unexpectedByte } from './inspect-json.ts';
import { parseSlice, type Slice } from './parse-slice.ts';
import { endsScalar } from './scan-value.ts';

/** How a document is cut. */
export interface DocumentCut {
  /** Arrays whose elements come one at a time: `name[]` for a member of the root, `[]` for a root array. */
  readonly elements: ReadonlySet<string>;
  /** Whether several values may follow each other; each is handed over whole as `line`, but for root arrays in `elements`. */
  readonly isSequence: boolean;
}

/** Who takes the parts, in the order of the file. A slice is valid during the call only. */
export interface DocumentConsumer {
  /** An element by the array's path and its index, or a member of the root by its name, with index 0. */
  part(path: string, slice: Slice, index: number): void;
  /** One of `elements` begins; it may turn out empty. */
  begin(path: string): void;
}

type Expecting = 'value' | 'first_element' | 'first_key' | 'key' | 'colon' | 'separator' | 'more' | 'nothing';

/** What the reading is in, outermost first. */
type Frame = { readonly kind: 'object' } | { readonly kind: 'array'; readonly path: string };

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A push parser: feed chunks of UTF-8 to `push`, then call `finish`. Both throw ReadFault; what was handed over before stays good. */
export class DocumentSlicer {
  readonly #consumer: DocumentConsumer;
  readonly #cut: DocumentCut;
  readonly #limits: IngestLimits;
  readonly #capture: ValueCapture;
  readonly #frames: Frame[] = [];
  readonly #keys = new Set<string>();
  /** How many elements each path has had. */
  readonly #counts = new Map<string, number>();
  #expecting: Expecting;
  #key = '';
  #isKey = false;
  /** Offset of the current chunk's first byte in the document. */
  #chunkOffset: number;

  /** `offset` is where the first byte stands in the document: 3 when a byte order mark was taken off. */
  constructor(consumer: DocumentConsumer, cut: DocumentCut, limits: IngestLimits, offset = 0) {
    this.#consumer = consumer;
    this.#cut = cut;
    this.#limits = limits;
    this.#capture = new ValueCapture(limits);
    this.#chunkOffset = offset;
    this.#expecting = cut.isSequence ? 'more' : 'value';
  }

  push(chunk: Uint8Array): void {
    let position = 0;
    while (position < chunk.length) {
      if (this.#capture.isOpen) position = this.#read(chunk, position);
      else {
        const byte = chunk[position] as number;
        if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) position++;
        else position = this.#step(byte, position);
      }
    }
    this.#chunkOffset += chunk.length;
  }

  /** Says that no more chunks come. */
  finish(): void {
    if (this.#capture.isOpen) {
      const bytes = this.#capture.unfinished();
      // A number or word at the root ends with the file.
      if (this.#frames.length === 0 && inspectJson(bytes, this.#capture.offset) === null) {
        this.#read(Buffer.from('\n'), 0);
        return;
      }
      const fault = inspectJson(bytes, this.#capture.offset);
      if (fault !== null && fault.code !== 'ended') throw fault;
    } else if (this.#expecting === 'nothing' || this.#expecting === 'more') return;
    throw endedEarly(phrase`inside ${this.#place()}`, this.#chunkOffset);
  }

  /** Handles one byte outside of captured values; gives the position to go on at. */
  #step(byte: number, position: number): number {
    const offset = this.#chunkOffset + position;
    switch (this.#expecting) {
      case 'first_element':
        if (byte === CLOSE_ARRAY) return this.#leave(position);
        return this.#startValue(byte, position);
      case 'value':
      case 'more':
        return this.#startValue(byte, position);
      case 'first_key':
      case 'key':
        if (byte === CLOSE_OBJECT && this.#expecting === 'first_key') return this.#leave(position);
        if (byte !== QUOTE) throw unexpectedByte(byte, phrase`a key in double quotes`, offset);
        this.#isKey = true;
        this.#capture.begin(byte, offset, this.#frames.length);
        return position;
      case 'colon':
        if (byte !== COLON) throw unexpectedByte(byte, '`:`', offset);
        this.#expecting = 'value';
        return position + 1;
      case 'separator':
        return this.#separate(byte, position);
      case 'nothing':
        throw new ReadFault(
          'syntax',
          phrase`there is more after the end of the document`,
          offset,
          phrase`One file holds one report: split the file.`,
        );
    }
  }

  #separate(byte: number, position: number): number {
    const inObject = this.#frames.at(-1)?.kind === 'object';
    if (byte === (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#leave(position);
    if (byte !== COMMA)
      throw unexpectedByte(
        byte,
        inObject ? phrase`\`,\` or \`}\`` : phrase`\`,\` or \`]\``,
        this.#chunkOffset + position,
      );
    this.#expecting = inObject ? 'key' : 'value';
    return position + 1;
  }

  #startValue(byte: number, position: number): number {
    const offset = this.#chunkOffset + position;
    if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || endsScalar(byte))
      throw unexpectedByte(byte, phrase`a value`, offset);
    const outer = this.#frames.at(-1);
    if (outer?.kind !== 'array' && byte === OPEN_ARRAY) {
      const path = outer === undefined ? '[]' : `${this.#key}[]`;
      if (this.#cut.elements.has(path)) {
        this.#frames.push({ kind: 'array', path });
        this.#consumer.begin(path);
        this.#expecting = 'first_element';
        return position + 1;
      }
    }
    if (outer === undefined && !this.#cut.isSequence) {
      if (byte !== OPEN_OBJECT) throw this.#wrongRoot(offset);
      this.#frames.push({ kind: 'object' });
      this.#expecting = 'first_key';
      return position + 1;
    }
    this.#isKey = false;
    this.#capture.begin(byte, offset, this.#frames.length);
    return position;
  }

  /** Closes the innermost object or array. */
  #leave(position: number): number {
    this.#frames.pop();
    this.#expecting = this.#frames.length > 0 ? 'separator' : this.#cut.isSequence ? 'more' : 'nothing';
    return position + 1;
  }

  #read(chunk: Uint8Array, from: number): number {
    const { end, slice } = this.#capture.read(chunk, from, this.#chunkOffset, () => this.#tooLarge());
    if (slice === null) return end;
    if (this.#isKey) this.#takeKey(slice);
    else this.#takeValue(slice);
    return end;
  }

  #takeKey(slice: Slice): void {
    const key = parseSlice(slice) as string;
    if (this.#keys.has(key)) throw duplicateKey(key, slice.offset);
    if (this.#keys.size >= this.#limits.elements)
      throw this.#tooMany(phrase`keys ${phrase`inside ${phrase`the document`}`}`, slice.offset);
    this.#keys.add(key);
    this.#key = key;
    this.#expecting = 'colon';
  }

  #takeValue(slice: Slice): void {
    const frame = this.#frames.at(-1);
    this.#expecting = frame === undefined ? 'more' : 'separator';
    // A member that is called like an array's elements must not pass for one of them.
    if (frame?.kind === 'object') this.#consumer.part(this.#key.endsWith('[]') ? '' : this.#key, slice, 0);
    else {
      const path = frame?.path ?? 'line';
      const index = this.#counts.get(path) ?? 0;
      if (index >= this.#limits.elements) throw this.#tooMany(path, slice.offset);
      this.#counts.set(path, index + 1);
      this.#consumer.part(path, slice, index);
    }
  }

  #wrongRoot(offset: number): ReadFault {
    return new ReadFault(
      'structure',
      this.#cut.elements.has('[]')
        ? phrase`the document is neither a JSON object nor an array`
        : phrase`the document is not a JSON object`,
      offset,
      phrase`The file is not what its beginning says: write it again with the scanner.`,
    );
  }

  #tooMany(what: Phrase | string, offset: number): ReadFault {
    return new ReadFault(
      'size',
      phrase`there are more than ${this.#limits.elements} ${what}`,
      offset,
      phrase`Split the scan, for example by folder, and give the parts.`,
    );
  }

  #tooLarge(): ReadFault {
    const limit = Math.floor(this.#limits.elementBytes / 1024 / 1024);
    return new ReadFault(
      'size',
      phrase`the value at ${this.#place()} is larger than ${limit} MiB`,
      this.#capture.offset,
      phrase`No single result is that large: check how the file was made.`,
    );
  }

  /** Where the reading is, for a person: `matches[17]`. */
  #place(): Phrase | string {
    const frame = this.#frames.at(-1);
    const path = frame?.kind === 'array' ? frame.path : this.#cut.isSequence ? 'line' : null;
    if (path === null) {
      const isInMember = !this.#isKey && this.#key !== '' && this.#capture.isOpen;
      return isInMember ? this.#key.slice(0, 200) : phrase`the document`;
    }
    return `${path.replace(/\[\]$/, '')}[${this.#counts.get(path) ?? 0}]`;
  }
}
