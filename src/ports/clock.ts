// The time, injected so that a run can be replayed.

export interface Clock {
  /** Milliseconds since the epoch; fixed by ASSAY_NOW or SOURCE_DATE_EPOCH. Decides expiry; stands in no deterministic output. */
  now(): number;
  /** Monotonic milliseconds, for run-stats.json only. */
  elapsed(): number;
}
