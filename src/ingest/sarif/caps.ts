// How much prose of a report is kept: enough for any reader, too little to hurt.

/** UTF-16 code units. */
export const CAPS = {
  message: 10_000,
  help: 10_000,
  name: 1_000,
  uri: 4_096,
  stepMessage: 1_000,
  fingerprint: 500,
  insertedText: 64 * 1024,
  problem: 500,
} as const;

/**
 * How many parts of one result or rule are kept: GitHub's own limits or more (1,000 locations, 10,000 steps, 20 tags). What is
 * beyond is left out with a notice where it could matter.
 */
export const COUNTS = {
  locations: 1_000,
  threadFlows: 100,
  steps: 10_000,
  fixes: 100,
  replacements: 1_000,
  suppressions: 100,
  taxa: 1_000,
  tags: 1_000,
  fingerprints: 100,
  arguments: 1_000,
  logicalLocations: 100,
} as const;

/** Problems of one run that are listed one by one. */
export const MAXIMUM_PROBLEMS = 20;

/** Distinct notices of one report. */
export const MAXIMUM_NOTICES = 50;
