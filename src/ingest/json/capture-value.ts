// Collects the bytes of one JSON value that comes in chunks of any size, and cuts it out whole.
import type { IngestLimits } from '../limits.ts';
import type { Slice } from './parse-slice.ts';
import { ValueScanner } from './scan-value.ts';

/** What one chunk brought: where to go on in it, and the value when it is complete. */
export interface Captured {
  readonly end: number;
  readonly slice: Slice | null;
}

export class ValueCapture {
  readonly #limits: IngestLimits;
  readonly #scanner: ValueScanner;
  #isOpen = false;
  #offset = 0;
  /** The part that came with earlier chunks. */
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(limits: IngestLimits) {
    this.#limits = limits;
    this.#scanner = new ValueScanner(limits.depth);
  }

  /** Whether a value has begun and not ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Where the value starts in the document. */
  get offset(): number {
    return this.#offset;
  }

  /** The bytes so far of a value that did not come to its end. */
  unfinished(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }

  /** `first` is the value's first byte, `level` how many arrays and objects stand around it. */
  begin(first: number, offset: number, level: number): void {
    this.#isOpen = true;
    this.#offset = offset;
    this.#pieces = [];
    this.#length = 0;
    this.#scanner.begin(first, this.#limits.depth - level);
  }

  /** Reads on at `from`. Throws ReadFault `depth`, and what `tooLarge` gives when the value outgrows the limit. */
  read(chunk: Uint8Array, from: number, chunkOffset: number, tooLarge: () => Error): Captured {
    const end = this.#scanner.scan(chunk, from, chunkOffset);
    const part = chunk.subarray(from, end === -1 ? chunk.length : end);
    if (this.#length + part.length > this.#limits.elementBytes) throw tooLarge();
    if (end === -1) {
      // A copy (Buffer.slice would be a view): whoever reads the file may use its memory again.
      this.#pieces.push(Uint8Array.from(part));
      this.#length += part.length;
      return { end: chunk.length, slice: null };
    }
    const bytes = this.#length === 0 ? part : Buffer.concat([...this.#pieces, part]);
    this.#isOpen = false;
    this.#pieces = [];
    return { end, slice: { bytes, offset: this.#offset, isSuspicious: this.#scanner.isSuspicious } };
  }
}
