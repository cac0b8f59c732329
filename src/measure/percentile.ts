// The value below which a share of the others lies.

/** Nearest rank: the smallest value that at least `share` of all do not exceed. Null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
