// Estimates with their 95 % intervals: how far a figure of so few findings can be trusted.

/** The 97.5 % point of the normal distribution, to the two decimals that score tables usually take. */
const Z = 1.96;

export interface Estimate {
  /** Null when it is not defined, for example precision where nothing was called real. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A proportion: `count` of `of`. */
export interface Share extends Estimate {
  readonly count: number;
  readonly of: number;
}

export const UNDEFINED: Estimate = { value: null, low: null, high: null };

/** With the score interval of Wilson (Journal of the American Statistical Association 22, 1927), which holds for few cases and near 0 and 1. */
export function share(count: number, of: number): Share {
  if (of === 0) return { count, of, ...UNDEFINED };
  const p = count / of;
  const denominator = 1 + (Z * Z) / of;
  const centre = (p + (Z * Z) / (2 * of)) / denominator;
  const reach = (Z / denominator) * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  return { count, of, value: p, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/** F1 is 2j / (1 + j) of the Jaccard share j = TP / (TP + FP + FN): its interval is that of j, carried over. */
export function fromJaccard(jaccard: Share): Estimate {
  const carry = (j: number | null): number | null => (j === null ? null : (2 * j) / (1 + j));
  return { value: carry(jaccard.value), low: carry(jaccard.low), high: carry(jaccard.high) };
}

/** The difference of two independent shares, with the hybrid score interval of Newcombe (Statistics in Medicine 17, 1998, method 10). */
export function difference(a: Share, b: Share): Estimate {
  if (a.value === null || b.value === null) return UNDEFINED;
  const value = a.value - b.value;
  const down = Math.hypot(a.value - (a.low ?? 0), (b.high ?? 1) - b.value);
  const up = Math.hypot((a.high ?? 1) - a.value, b.value - (b.low ?? 0));
  return { value, low: Math.max(-1, value - down), high: Math.min(1, value + up) };
}

/** A correlation of `count` pairs with Fisher's z interval (Metron 1, 1921); an approximation for two-valued data. */
export function correlation(value: number, count: number): Estimate {
  if (count <= 3) return { value, low: -1, high: 1 };
  const reach = Z / Math.sqrt(count - 3);
  // At ±1 the transform has no end; one step inside keeps the interval finite.
  const z = Math.atanh(Math.max(-0.999_999, Math.min(0.999_999, value)));
  return { value, low: Math.min(value, Math.tanh(z - reach)), high: Math.max(value, Math.tanh(z + reach)) };
}
