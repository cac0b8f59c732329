// What a versioning scheme has to answer, and how an order is made of its rules: reading, comparing, and never throwing at outside text.

/** The order of one ecosystem's versions. Every function takes any text at all and is linear in its length. */
export interface VersionOrder {
  /** Below 0, 0 or above 0; a total order. What is no version comes before all that are, in the order of its code units. */
  compare(left: string, right: string): number;
  isValid(version: string): boolean;
  /** False for what is no version. */
  isPrerelease(version: string): boolean;
  /** Whether the versioning says that callers may break; null where versions do not tell: distributions, and what is no version. */
  isBreaking(from: string, to: string): boolean | null;
}

/** A scheme's rules over what its reader makes of a version. */
export interface OrderRules<Read> {
  /** Null: not a version of this scheme. */
  read(version: string): Read | null;
  compare(left: Read, right: Read): number;
  isPrerelease(version: Read): boolean;
  isBreaking(from: Read, to: Read): boolean | null;
}

/** UTF-16 code units; no registry takes a version that is anywhere near as long. */
const LONGEST_VERSION = 100_000;
/** Matching asks after the same versions again and again, so readings are kept; only short ones, and not without end. */
const LONGEST_KEPT = 128;
const MOST_KEPT = 4096;

export function orderBy<Read>(rules: OrderRules<Read>): VersionOrder {
  const read = keepReadings((version) => (version.length > LONGEST_VERSION ? null : rules.read(version)));
  return {
    compare(left, right) {
      if (left === right) return 0;
      const first = read(left);
      const second = read(right);
      if (first !== null && second !== null) return rules.compare(first, second);
      if (first === null && second === null) return compareText(left, right);
      return first === null ? -1 : 1;
    },
    isValid: (version) => read(version) !== null,
    isPrerelease(version) {
      const found = read(version);
      return found !== null && rules.isPrerelease(found);
    },
    isBreaking(from, to) {
      const first = read(from);
      const second = read(to);
      return first === null || second === null ? null : rules.isBreaking(first, second);
    },
  };
}

function keepReadings<Read>(read: (version: string) => Read | null): (version: string) => Read | null {
  const kept = new Map<string, Read | null>();
  return (version) => {
    if (version.length > LONGEST_KEPT) return read(version);
    const before = kept.get(version);
    if (before !== undefined) return before;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = read(version);
    kept.set(version, found);
    return found;
  };
}

/** By code unit: for ASCII the byte order that schemes speak of, whatever the machine's language. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Runs of ASCII digits as whole numbers of any size; an empty run is 0. */
export function compareDigits(left: string, right: string): number {
  if (left.length <= 15 && right.length <= 15) return Math.sign(Number(left) - Number(right));
  const first = left.replace(/^0+/, '');
  const second = right.replace(/^0+/, '');
  return first.length === second.length
    ? compareText(first, second)
    : Math.sign(first.length - second.length);
}

/** Position by position; `missing` stands in where one list has ended. */
export function compareLists<Item>(
  left: readonly Item[],
  right: readonly Item[],
  missing: Item,
  compare: (left: Item, right: Item) => number,
): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const sign = compare(left[index] ?? missing, right[index] ?? missing);
    if (sign !== 0) return sign;
  }
  return 0;
}

export const isNumber = (text: string): boolean => /^[0-9]+$/.test(text);
