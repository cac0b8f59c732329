// The order of Packagist's versions: Composer's normal form (https://getcomposer.org/doc/articles/versions.md), compared as PHP's
// version_compare does (https://www.php.net/manual/function.version-compare.php).
import { compareDigits, compareLists, isNumber, orderBy } from '../order.ts';
import { isBreakingByCaret } from './semver-order.ts';

const STABILITY = '[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)([.-]?[0-9]+(?:[.-][0-9]+)*)?)?([.-]?dev)?';
const CLASSICAL = new RegExp(`^v?([0-9]{1,5})(\\.[0-9]+)?(\\.[0-9]+)?(\\.[0-9]+)?${STABILITY}$`);
const DATED = new RegExp(`^v?([0-9]{4}(?:[.:-]?[0-9]{2}){1,6}(?:[.:-]?[0-9]{1,3})?)()()()${STABILITY}$`);
/** `2.1.x-dev`: the newest there is of 2.1. */
const BRANCH = /^v?([0-9]+)(\.(?:[0-9]+|[x*]))?(\.(?:[0-9]+|[x*]))?(\.(?:[0-9]+|[x*]))?[.-]?dev$/;
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ['b', 'beta'],
  ['a', 'alpha'],
  ['p', 'patch'],
  ['pl', 'patch'],
]);
const NEWEST = '9999999';

/**
 * `1.0-beta2` → `1.0.0.0-beta2`. Null: a branch name, which has no place in the order, or no version at all. What begins as one but is
 * none to Composer stays as it is: advisories have such.
 */
export function normaliseComposerVersion(version: string): string | null {
  const plain = version
    .trim()
    .toLowerCase()
    .replace(/@(?:stable|rc|beta|alpha|dev)$/, '')
    .replace(/^([^,\s+]+)\+\S+$/, '$1');
  const match = CLASSICAL.exec(plain) ?? DATED.exec(plain);
  if (match !== null) return fromParts(match);
  const branch = BRANCH.exec(plain);
  if (branch !== null) {
    const numbers = [branch[1], ...branch.slice(2).map((part) => part?.slice(1))];
    return `${numbers.map((part) => (part === undefined || part === 'x' || part === '*' ? NEWEST : part)).join('.')}-dev`;
  }
  return /^v?[0-9][0-9a-z._-]*$/.test(plain) ? plain.replace(/^v/, '') : null;
}

function fromParts([, first = '', second, third, fourth, word, number, dev]: readonly (
  | string
  | undefined
)[]): string {
  const isDated = second === '';
  const numbers = isDated
    ? first.replace(/[^0-9]/g, '.')
    : `${first}${second ?? '.0'}${third ?? '.0'}${fourth ?? '.0'}`;
  if (word === 'stable') return numbers;
  const stability =
    word === undefined ? '' : `-${FULL_NAMES.get(word) ?? word}${number?.replace(/^[.-]+/, '') ?? ''}`;
  return `${numbers}${stability}${dev === undefined ? '' : '-dev'}`;
}

/** Where a part stands; a version that has ended stands at 5, below any number. */
const ENDED = 5;
const NUMBER = 6;
function rankOf(part: string | null): number {
  if (part === null) return ENDED;
  if (isNumber(part)) return NUMBER;
  if (part.startsWith('dev')) return 1;
  if (part.startsWith('a')) return 2;
  if (part.startsWith('b')) return 3;
  if (part.startsWith('rc')) return 4;
  return part.startsWith('p') ? 7 : 0;
}

interface ComposerReading {
  readonly parts: readonly string[];
  readonly isPrerelease: boolean;
}

function readComposer(version: string): ComposerReading | null {
  const normal = normaliseComposerVersion(version);
  if (normal === null) return null;
  const parts = normal.match(/[0-9]+|[a-z]+/g) ?? [];
  return { parts, isPrerelease: parts.some((part) => !isNumber(part) && rankOf(part) < ENDED) };
}

function compareParts(left: string | null, right: string | null): number {
  const sign = Math.sign(rankOf(left) - rankOf(right));
  return sign === 0 && rankOf(left) === NUMBER ? compareDigits(left ?? '', right ?? '') : sign;
}

export const PACKAGIST_ORDER = orderBy<ComposerReading>({
  read: readComposer,
  compare: (left, right) => compareLists<string | null>(left.parts, right.parts, null, compareParts),
  isPrerelease: (version) => version.isPrerelease,
  isBreaking: (from, to) => isBreakingByCaret(from.parts.slice(0, 3), to.parts.slice(0, 3)),
});
