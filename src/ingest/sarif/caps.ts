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

/** Problems of one run that are listed one by one. */
export const MAXIMUM_PROBLEMS = 20;

/** Distinct notices of one report. */
export const MAXIMUM_NOTICES = 50;
