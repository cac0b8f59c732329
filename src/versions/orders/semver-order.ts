// The order of SemVer 2.0.0 (https://semver.org/#spec-item-11) and of the ecosystems that follow it, each with what it takes beyond it.
// The `semver` library is not asked here: it refuses numbers above 2^53 and the short versions that advisories and Go's stdlib have.
import { compareDigits, compareLists, compareText, isNumber, orderBy, type VersionOrder } from '../order.ts';

export interface SemverReading {
  /** At least three; runs of digits. */
  readonly numbers: readonly string[];
  /** Empty: a release. */
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

export interface SemverHabits {
  /** How many numbers a version may have; missing ones are 0. */
  readonly mostNumbers: number;
  /** `1.0.0rc1` for `1.0.0-rc1`, as old npm packages have it. */
  readonly hyphenMayLack?: boolean;
  /** Build metadata counts (https://pub.dev/documentation/pub_semver/latest/pub_semver/Version-class.html). */
  readonly buildCounts?: boolean;
}

const SHAPE =
  /^[v=]*([0-9]+(?:\.[0-9]+)*)(?:(-|(?=[A-Za-z]))([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

export function readSemver(version: string, habits: SemverHabits): SemverReading | null {
  const [, dotted, hyphen, prerelease, build] = SHAPE.exec(version.trim()) ?? [];
  if (dotted === undefined) return null;
  const numbers = dotted.split('.');
  if (numbers.length > habits.mostNumbers) return null;
  if (prerelease !== undefined && hyphen === '' && !habits.hyphenMayLack) return null;
  while (numbers.length < 3) numbers.push('0');
  return { numbers, prerelease: prerelease?.split('.') ?? [], build: build?.split('.') ?? [] };
}

export function compareSemver(left: SemverReading, right: SemverReading): number {
  const sign = compareLists(left.numbers, right.numbers, '0', compareDigits);
  if (sign !== 0) return sign;
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return Math.sign(right.prerelease.length - left.prerelease.length);
  return compareIdentifiers(left.prerelease, right.prerelease);
}

/** Numbers before words, words by code unit, the shorter list first. */
function compareIdentifiers(left: readonly string[], right: readonly string[]): number {
  return compareLists<string | null>(left, right, null, (first, second) => {
    if (first === null || second === null) return first === null ? -1 : 1;
    const areNumbers = [isNumber(first), isNumber(second)] as const;
    if (areNumbers[0] && areNumbers[1]) return compareDigits(first, second);
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    return compareText(first, second);
  });
}

/** The caret's rule (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html): the first number above 0 may not change. */
export function isBreakingByCaret(from: readonly string[], to: readonly string[]): boolean {
  const decisive = from.findIndex((number) => compareDigits(number, '0') !== 0);
  const end = decisive === -1 ? from.length : decisive + 1;
  return compareLists(from.slice(0, end), to.slice(0, end), '0', compareDigits) !== 0;
}

function semverOrder(habits: SemverHabits): VersionOrder {
  return orderBy<SemverReading>({
    read: (version) => readSemver(version, habits),
    compare(left, right) {
      const sign = compareSemver(left, right);
      return sign === 0 && habits.buildCounts ? compareIdentifiers(left.build, right.build) : sign;
    },
    isPrerelease: ({ prerelease }) => prerelease.length > 0,
    isBreaking: (from, to) => isBreakingByCaret(from.numbers.slice(0, 3), to.numbers.slice(0, 3)),
  });
}

/** Three numbers, as the specification has it. */
export const SEMVER_ORDER = semverOrder({ mostNumbers: 3 });
export const NPM_ORDER = semverOrder({ mostNumbers: 3, hyphenMayLack: true });
export const PUB_ORDER = semverOrder({ mostNumbers: 3, buildCounts: true });
/** For ecosystems that only mean SemVer: as many numbers as somebody liked. */
export const LOOSE_SEMVER_ORDER = semverOrder({ mostNumbers: 1000, hyphenMayLack: true });
