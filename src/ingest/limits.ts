// How much of a report is read before it is refused: every number that stands between a hostile file and this machine.

/** Sizes are bytes after decompression unless said otherwise. */
export interface IngestLimits {
  /** Nesting of the whole document; the log object is level 1. `JSON.parse` survives millions, the code behind it does not. */
  readonly depth: number;
  /** The whole document. */
  readonly totalBytes: number;
  /** One result, one artifact, or one other member of a run or of the log. */
  readonly elementBytes: number;
  /** Items of one of the big arrays, runs, or keys of the log or of a run: tiny ones by the million cost more memory than bytes. */
  readonly elements: number;
  /** Decompressed size over compressed size of a .gz. */
  readonly gzipRatio: number;
  /** How much is looked at to tell what kind of report it is. */
  readonly headBytes: number;
}

const MEBIBYTE = 1024 * 1024;

/** The limits of docs/security: depth 64, 2 GiB a report, 64 MiB and a million results, 200-fold compression. */
export const DEFAULT_LIMITS: IngestLimits = {
  depth: 64,
  totalBytes: 2048 * MEBIBYTE,
  elementBytes: 64 * MEBIBYTE,
  elements: 1_000_000,
  gzipRatio: 200,
  headBytes: 64 * 1024,
};
