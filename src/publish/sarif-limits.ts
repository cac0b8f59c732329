// What GitHub code scanning takes (platforms A6): beyond these an upload is refused or silently cut.

export const SARIF_LIMITS = {
  results: 25_000,
  rules: 25_000,
  /** 1,000 may be sent, 100 are kept. */
  locationsPerResult: 100,
  /** 10,000 may be sent, 1,000 are kept. */
  threadFlowLocations: 1_000,
  /** 20 may be sent, 10 are kept. */
  tagsPerRule: 10,
} as const;
