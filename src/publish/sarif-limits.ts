// What GitHub code scanning takes and keeps (platforms A6): beyond these an upload is refused or silently cut.

export const SARIF_LIMITS = {
  /** Of a file that is uploaded, compressed: GitHub says 10 MB. */
  gzipBytes: 10_000_000,
  /** 25,000 may be sent in a run, 5,000 are kept. */
  resultsKept: 5_000,
  /** 1,000 may be sent, 100 are kept. */
  locationsPerResult: 100,
  /** 10,000 may be sent, 1,000 are kept. */
  threadFlowLocations: 1_000,
  /** 20 may be sent, 10 are kept. */
  tagsPerRule: 10,
} as const;
