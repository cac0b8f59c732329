// The order of Maven's versions: https://maven.apache.org/pom.html#version-order-specification. Maven 3.9 itself compares as this does but for
// `1.x.1` and `1-0-x`, which it does not read as the page's `1-x.1` and `1-x`, and with which its comparison goes round in circles.
import { compareDigits, compareText, orderBy } from '../order.ts';

/** `list` opens a level: what a hyphen, or a change between digits and letters, does. Levels close only at the version's end. */
type Token = { readonly kind: 'number' | 'word'; readonly text: string } | { readonly kind: 'list' };

const LIST: Token = { kind: 'list' };
const KIND_RANK = { word: 0, list: 1, number: 2 } as const;
const QUALIFIER_RANK: ReadonlyMap<string, number> = new Map(
  ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'].map((word, rank) => [word, rank]),
);
const RELEASED = 5;
const UNKNOWN_QUALIFIER = 7;
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
/** One letter straight before a digit. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

function readMaven(version: string): readonly Token[] | null {
  // Any text is a version to Maven; what would be a range, a property or two words in one is not meant as one.
  if (!/^[^\s[\](){},$]+$/.test(version)) return null;
  return normalise(toLevels(version.toLowerCase()));
}

/** The tokens of each level; an empty one is of separators alone. */
function toLevels(version: string): Token[][] {
  const levels: Token[][] = [[]];
  let level: Token[] = levels[0] ?? [];
  const open = (): void => {
    level = [];
    levels.push(level);
  };
  const parts = version.match(/[0-9]+|[.-]|[^0-9.-]+/g) ?? [];
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const after = parts[index + 1];
    if (part === '.' || part === '-') {
      if (before === undefined || before === '.' || before === '-') level.push({ kind: 'number', text: '0' });
      if (part === '-') open();
    } else if (/^[0-9]/.test(part)) {
      level.push({ kind: 'number', text: part });
      if (after !== undefined && after !== '.' && after !== '-') open();
    } else {
      const meetsDigit = after !== undefined && /^[0-9]/.test(after);
      // `.X` is `-X`, and so is a qualifier at the very beginning.
      if (level.length > 0 || levels.length === 1) open();
      level.push({
        kind: 'word',
        text: (meetsDigit ? SHORT : SYNONYMS).get(part) ?? SYNONYMS.get(part) ?? part,
      });
      if (meetsDigit) open();
    }
  }
  return levels;
}

/** Takes away what says nothing at the end of each level, and levels that say nothing. One flat list, a `list` token before each level. */
function normalise(levels: readonly Token[][]): readonly Token[] {
  const kept: Token[][] = [];
  for (const [depth, level] of levels.toReversed().entries()) {
    const said = level.slice(0, level.findLastIndex((token) => !isNothing(token)) + 1);
    const isKept = said.length > 0 || depth === levels.length - 1;
    if (isKept) kept.push(said);
  }
  return kept.reverse().flatMap((level, depth) => (depth === 0 ? level : [LIST, ...level]));
}

function isNothing(token: Token): boolean {
  return token.kind !== 'list' && /^0*$/.test(token.text);
}

function compareMaven(left: readonly Token[], right: readonly Token[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const first = left[index];
    const second = right[index];
    if (first === undefined) return -againstNothing(right, index);
    if (second === undefined) return againstNothing(left, index);
    const sign = compareTokens(first, second);
    if (sign !== 0) return sign;
  }
  return 0;
}

function compareTokens(left: Token, right: Token): number {
  if (left.kind === 'number' && right.kind === 'number') return compareDigits(left.text, right.text);
  if (left.kind === 'word' && right.kind === 'word') {
    const sign = Math.sign(qualifierRank(left.text) - qualifierRank(right.text));
    return sign !== 0 || qualifierRank(left.text) !== UNKNOWN_QUALIFIER
      ? sign
      : compareText(left.text, right.text);
  }
  return Math.sign(KIND_RANK[left.kind] - KIND_RANK[right.kind]);
}

/** The rest of a version against one that has ended: the first token that says something decides. */
function againstNothing(tokens: readonly Token[], start: number): number {
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    if (token.kind === 'number' && !isNothing(token)) return 1;
    if (token.kind === 'word' && qualifierRank(token.text) !== RELEASED)
      return Math.sign(qualifierRank(token.text) - RELEASED);
  }
  return 0;
}

function qualifierRank(word: string): number {
  return QUALIFIER_RANK.get(word) ?? UNKNOWN_QUALIFIER;
}

export const MAVEN_ORDER = orderBy<readonly Token[]>({
  read: readMaven,
  compare: compareMaven,
  isPrerelease: (tokens) =>
    tokens.some((token) => token.kind === 'word' && qualifierRank(token.text) < RELEASED),
  isBreaking(from, to) {
    const [first, second] = [from[0], to[0]];
    if (first?.kind !== 'number' || second?.kind !== 'number') return null;
    return compareDigits(first.text, second.text) !== 0;
  },
});
