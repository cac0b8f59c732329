// Shares as whole per cents that promise no more than was measured.

/** Rounded, but 100 only for a share of 1: 99.6 % is not all of them. */
export function percentOf(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.round(share * 100));
}

/** For a lower bound: rounded down, so that "at least" stays true. */
export function leastPercentOf(share: number): number {
  // What is written as 0.29 is a hair below it.
  return Math.floor(share * 100 + 1e-6);
}
