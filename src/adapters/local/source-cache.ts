// Keeps what a workspace has read, so that a run reads each file once, within a bound of memory.

import { decodeSource } from '#code/decode-source.ts';
import type { ReadOutcome } from '../../ports/workspace.ts';

/** A file as it is stored, or why it is not given. */
export type LoadedFile =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | Exclude<ReadOutcome, { kind: 'text' }>;

/** Largest file that is read, in bytes. */
export const FILE_CAP = 16 * 1024 * 1024;
/** Bytes of files kept, at most; the longest unused go first. The decoded text stands beside them. */
const CACHE_CAP = 64 * 1024 * 1024;
/** What an entry costs besides its bytes, so that paths that are missing are bounded too. */
const ENTRY_COST = 512;

/** Why a file of `size` bytes is not read. */
export function tooLarge(size: number): LoadedFile {
  return { kind: 'refused', why: `is larger than Assay reads (${size} of at most ${FILE_CAP} bytes)` };
}

interface CachedFile {
  readonly loaded: Promise<LoadedFile>;
  outcome: ReadOutcome | null;
  size: number;
}

export class SourceCache {
  readonly #load: (path: string) => Promise<LoadedFile>;
  /** Insertion order is order of last use. */
  readonly #files = new Map<string, CachedFile>();
  readonly #cap: number;
  #size = 0;

  constructor(load: (path: string) => Promise<LoadedFile>, cap: number = CACHE_CAP) {
    this.#load = load;
    this.#cap = cap;
  }

  async read(path: string): Promise<ReadOutcome> {
    const file = this.#find(path);
    const loaded = await file.loaded;
    if (loaded.kind !== 'bytes') return loaded;
    file.outcome ??= decodeSource(loaded.bytes);
    return file.outcome;
  }

  async readBytes(path: string): Promise<Uint8Array | null> {
    const loaded = await this.#find(path).loaded;
    return loaded.kind === 'bytes' ? loaded.bytes : null;
  }

  #find(path: string): CachedFile {
    const known = this.#files.get(path);
    if (known !== undefined) {
      this.#files.delete(path);
      this.#files.set(path, known);
      return known;
    }
    const file: CachedFile = { loaded: this.#load(path), outcome: null, size: 0 };
    this.#files.set(path, file);
    file.loaded.then(
      (loaded) =>
        this.#keep(path, file, ENTRY_COST + (loaded.kind === 'bytes' ? loaded.bytes.byteLength : 0)),
      // The reader gets the error; the next one tries again.
      () => this.#files.delete(path),
    );
    return file;
  }

  #keep(path: string, file: CachedFile, size: number): void {
    if (this.#files.get(path) !== file) return;
    file.size = size;
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#files) {
      if (this.#size <= this.#cap) return;
      if (oldest === path) continue;
      this.#files.delete(oldest);
      this.#size -= freed;
    }
  }
}
