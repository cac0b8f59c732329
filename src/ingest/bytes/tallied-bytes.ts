// Counts and hashes a report's stored bytes on their way in, so that the record says exactly what was read.
import { createHash } from 'node:crypto';
import { phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

/** The stored bytes of one report, read once. Leaving a loop over it early does not close the source: `drain` reads on. */
export class TalliedBytes implements AsyncIterable<Uint8Array> {
  /** Bytes read so far. */
  count = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  readonly #limit: number;
  #digest: string | null = null;

  /** `limit`: bytes after which reading stops with a fault. */
  constructor(source: AsyncIterable<Uint8Array>, limit: number) {
    this.#source = source[Symbol.asyncIterator]();
    this.#limit = limit;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.#next() };
  }

  /** Reads what is left, for the hash; stops quietly at the limit or when the source fails. */
  async drain(): Promise<void> {
    try {
      for (let next = await this.#next(); next.done !== true; ) next = await this.#next();
    } catch {
      // The fault that matters was met before.
    }
    await this.#source.return?.();
  }

  /** SHA-256 of the bytes read, hexadecimal. */
  sha256(): string {
    this.#digest ??= this.#hash.digest('hex');
    return this.#digest;
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    if (this.count > this.#limit) throw tooLong(this.#limit);
    const next = await this.#source.next();
    if (next.done === true) return next;
    this.count += next.value.length;
    this.#hash.update(next.value);
    return next;
  }
}

/** A fault for a report over the limit of all bytes. */
export function tooLong(limit: number): ReadFault {
  const shown =
    limit >= 1024 * 1024 ? phrase`${Math.floor(limit / 1024 / 1024)} MiB` : phrase`${limit} bytes`;
  return new ReadFault(
    'size',
    phrase`the report is larger than ${shown}`,
    limit,
    phrase`Split the scan, for example by folder, and give the parts.`,
  );
}
