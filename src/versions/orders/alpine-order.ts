// The order of apk's versions, Alpine's and its relatives' (https://man.archlinux.org/man/apk-package.5#PACKAGE_VERSION, apk-tools 3).
import { compareDigits, compareText, orderBy } from '../order.ts';

const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const RELEASED = SUFFIXES.indexOf('');
const SHAPE =
  /^([0-9]+(?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(?:~([0-9a-f]+))?(?:-r([0-9]+))?$/;

/** What comes next in a version, from what makes it the oldest to what makes it the newest; 1: it has ended. */
const RANK = { early: 0, ended: 1, revision: 2, commit: 3, count: 4, late: 5, letter: 6, number: 7 } as const;

interface Token {
  readonly rank: number;
  readonly text: string;
  /** Whether `text` is a number, and not text. */
  readonly counts: boolean;
}

const ENDED: Token = { rank: RANK.ended, text: '', counts: false };

function readAlpine(version: string): readonly Token[] | null {
  const [, numbers, letter = '', suffixes = '', commit, revision] = SHAPE.exec(version.trim()) ?? [];
  if (numbers === undefined) return null;
  const tokens: Token[] = numbers
    .split('.')
    // Behind the first, a number with a zero before it is text, as a decimal's digits are.
    .map((text, index) => ({ rank: RANK.number, text, counts: index === 0 || !text.startsWith('0') }));
  if (letter !== '') tokens.push({ rank: RANK.letter, text: letter, counts: false });
  for (const [, name = '', count = ''] of suffixes.matchAll(/_([a-z]+)([0-9]*)/g)) {
    const place = SUFFIXES.indexOf(name);
    tokens.push({ rank: place < RELEASED ? RANK.early : RANK.late, text: String(place), counts: true });
    if (count !== '') tokens.push({ rank: RANK.count, text: count, counts: true });
  }
  if (commit !== undefined) tokens.push({ rank: RANK.commit, text: commit, counts: false });
  if (revision !== undefined) tokens.push({ rank: RANK.revision, text: revision, counts: true });
  return tokens;
}

function compareAlpine(left: readonly Token[], right: readonly Token[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const first = left[index] ?? ENDED;
    const second = right[index] ?? ENDED;
    const sign = Math.sign(first.rank - second.rank) || compareTexts(first, second);
    if (sign !== 0) return sign;
  }
  return 0;
}

function compareTexts(left: Token, right: Token): number {
  return left.counts && right.counts
    ? compareDigits(left.text, right.text)
    : compareText(left.text, right.text);
}

export const ALPINE_ORDER = orderBy<readonly Token[]>({
  read: readAlpine,
  compare: compareAlpine,
  isPrerelease: (tokens) => tokens.some(({ rank }) => rank === RANK.early),
  isBreaking: () => null,
});
