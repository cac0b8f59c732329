// Takes a SARIF log apart while its bytes arrive: members of the log, members of a run, and the big arrays one element at a time.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import { ValueCapture } from './capture-value.ts';
import { duplicateKey, endedEarly, inspectJson, unexpectedByte } from './inspect-json.ts';
import { parseSlice, type Slice } from './parse-slice.ts';
import { endsScalar } from './scan-value.ts';

/** Who takes the parts, in the order of the file. A slice is valid during the call only. */
export interface LogConsumer {
  /** A member of the log; `runs` only when it is no array. */
  logMember(key: string, slice: Slice): void;
  startRun(run: number): void;
  /** A member of a run; one of `SLICED_ARRAYS` only when it is no array. */
  runMember(run: number, key: string, slice: Slice): void;
  /** The array `runs` (with run -1) or one of `SLICED_ARRAYS` begins; it may turn out empty. */
  startArray(run: number, key: string): void;
  element(run: number, key: string, index: number, slice: Slice): void;
  /** Not called for a run that a fault cut short. */
  endRun(run: number): void;
}

/** Arrays of a run that grow with what was scanned (SARIF 2.1.0 §3.14); everything else in a run is small. */
export const SLICED_ARRAYS: ReadonlySet<string> = new Set([
  'results',
  'artifacts',
  'threadFlowLocations',
  'logicalLocations',
]);

/** What may come next on the outer levels. */
type Expecting = 'value' | 'first_element' | 'first_key' | 'key' | 'colon' | 'separator' | 'nothing';

/** Outer levels: 0 before the log, 1 in the log, 2 in `runs`, 3 in a run, 4 in a sliced array. */
type Level = 0 | 1 | 2 | 3 | 4;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A push parser: feed chunks of UTF-8 to `push`, then call `finish`. Both throw ReadFault; what was handed over before stays good. */
export class LogSlicer {
  readonly #consumer: LogConsumer;
  readonly #limits: IngestLimits;
  readonly #capture: ValueCapture;
  #expecting: Expecting = 'value';
  #level: Level = 0;
  #key = '';
  readonly #keys: [Set<string>, Set<string>] = [new Set(), new Set()];
  #run = -1;
  #index = -1;
  /** Offset of the current chunk's first byte in the document. */
  #chunkOffset: number;
  /** Whether what is captured is a key. */
  #isKey = false;

  /** `offset` is where the first byte stands in the document: 3 when a byte order mark was taken off. */
  constructor(consumer: LogConsumer, limits: IngestLimits, offset = 0) {
    this.#consumer = consumer;
    this.#limits = limits;
    this.#capture = new ValueCapture(limits);
    this.#chunkOffset = offset;
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
    if (this.#expecting === 'nothing') return;
    if (this.#capture.isOpen) {
      const fault = inspectJson(this.#capture.unfinished(), this.#capture.offset);
      if (fault !== null && fault.code !== 'ended') throw fault;
    }
    throw endedEarly(this.#where(), this.#chunkOffset);
  }

  /** Handles one byte of the outer levels; gives the position to go on at. */
  #step(byte: number, position: number): number {
    const offset = this.#chunkOffset + position;
    switch (this.#expecting) {
      case 'first_element':
        if (byte === CLOSE_ARRAY) return this.#leave(position);
        return this.#startValue(byte, position);
      case 'value':
        return this.#startValue(byte, position);
      case 'first_key':
      case 'key':
        if (byte === CLOSE_OBJECT && this.#expecting === 'first_key') return this.#leave(position);
        if (byte !== QUOTE) throw unexpectedByte(byte, phrase`a key in double quotes`, offset);
        this.#begin(true, byte, offset);
        return position;
      case 'colon':
        if (byte !== COLON) throw unexpectedByte(byte, '`:`', offset);
        this.#expecting = 'value';
        return position + 1;
      case 'separator': {
        const inObject = this.#level === 1 || this.#level === 3;
        if (byte === (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return this.#leave(position);
        if (byte !== COMMA)
          throw unexpectedByte(byte, inObject ? phrase`\`,\` or \`}\`` : phrase`\`,\` or \`]\``, offset);
        this.#expecting = inObject ? 'key' : 'value';
        return position + 1;
      }
      case 'nothing':
        throw new ReadFault(
          'syntax',
          phrase`there is more after the end of the SARIF log`,
          offset,
          phrase`One file holds one log: split the file.`,
        );
    }
  }

  #startValue(byte: number, position: number): number {
    const offset = this.#chunkOffset + position;
    if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || endsScalar(byte))
      throw unexpectedByte(byte, phrase`a value`, offset);
    if (this.#level === 0 || this.#level === 2) {
      if (byte !== OPEN_OBJECT) throw this.#notAnObject(offset);
      return this.#enterObject(position);
    }
    const sliced =
      this.#level === 1 ? this.#key === 'runs' : this.#level === 3 && SLICED_ARRAYS.has(this.#key);
    if (sliced && byte === OPEN_ARRAY) {
      this.#consumer.startArray(this.#run, this.#key);
      this.#level = this.#level === 1 ? 2 : 4;
      this.#index = -1;
      this.#expecting = 'first_element';
      return position + 1;
    }
    this.#begin(false, byte, offset);
    return position;
  }

  #enterObject(position: number): number {
    if (this.#level === 0) this.#level = 1;
    else {
      this.#level = 3;
      this.#run++;
      if (this.#run >= this.#limits.elements) throw this.#tooMany('runs', this.#chunkOffset + position);
      this.#keys[1].clear();
      this.#consumer.startRun(this.#run);
    }
    this.#expecting = 'first_key';
    return position + 1;
  }

  /** Closes the object or array of the current level. */
  #leave(position: number): number {
    if (this.#level === 3) this.#consumer.endRun(this.#run);
    this.#expecting = this.#level === 1 ? 'nothing' : 'separator';
    this.#level = (this.#level - 1) as Level;
    return position + 1;
  }

  #begin(isKey: boolean, first: number, offset: number): void {
    this.#isKey = isKey;
    this.#capture.begin(first, offset, this.#level);
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
    const keys = this.#keys[this.#level === 1 ? 0 : 1];
    if (keys.has(key)) throw duplicateKey(key, slice.offset);
    if (keys.size >= this.#limits.elements) throw this.#tooMany(phrase`keys ${this.#where()}`, slice.offset);
    keys.add(key);
    this.#key = key;
    this.#expecting = 'colon';
  }

  #takeValue(slice: Slice): void {
    this.#expecting = 'separator';
    if (this.#level === 1) this.#consumer.logMember(this.#key, slice);
    else if (this.#level === 3) this.#consumer.runMember(this.#run, this.#key, slice);
    else {
      this.#index++;
      if (this.#index >= this.#limits.elements) throw this.#tooMany(this.#key, slice.offset);
      this.#consumer.element(this.#run, this.#key, this.#index, slice);
    }
  }

  #notAnObject(offset: number): ReadFault {
    const what =
      this.#level === 0
        ? phrase`the document is not a JSON object`
        : phrase`runs[${this.#run + 1}] is not an object`;
    return new ReadFault(
      'structure',
      what,
      offset,
      phrase`SARIF 2.1.0 §3.13 wants an object with \`version\` and an array \`runs\`.`,
    );
  }

  #tooMany(what: Phrase | string, offset: number): ReadFault {
    const message = phrase`there are more than ${this.#limits.elements} ${what}`;
    return new ReadFault(
      'size',
      message,
      offset,
      phrase`Split the scan, for example by folder, and give the parts.`,
    );
  }

  #tooLarge(): ReadFault {
    const limit = Math.floor(this.#limits.elementBytes / 1024 / 1024);
    return new ReadFault(
      'size',
      phrase`the value at ${this.#capturedName()} is larger than ${limit} MiB`,
      this.#capture.offset,
      phrase`No single result is that large: check how the file was made.`,
    );
  }

  /** Where the reading is, for a person: `inside runs[0].results[17]`. */
  #where(): Phrase {
    return phrase`inside ${this.#place()}`;
  }

  #place(): Phrase | string {
    const run = `runs[${this.#run}]`;
    const inArray = `${run}.${this.#key}[${this.#index + 1}]`;
    const outer = [phrase`the document`, phrase`the log object`, phrase`the array \`runs\``];
    return outer[this.#level] ?? (this.#level === 3 ? run : inArray);
  }

  /** The value that is being captured: `runs[0].properties`. */
  #capturedName(): Phrase | string {
    if (this.#isKey) return phrase`a key ${this.#where()}`;
    if (this.#level === 4) return this.#place();
    const name = this.#level === 3 ? `runs[${this.#run}].${this.#key}` : this.#key;
    return name.slice(0, 200);
  }
}
