// The order of Python's versions: PEP 440, now https://packaging.python.org/en/latest/specifications/version-specifiers/.
import { compareDigits, compareLists, compareText, isNumber, orderBy } from '../order.ts';

export interface Pep440Reading {
  readonly epoch: string;
  /** Without zeros at its end. */
  readonly release: readonly string[];
  readonly pre: { readonly stage: 'a' | 'b' | 'rc'; readonly number: string } | null;
  readonly post: string | null;
  readonly dev: string | null;
  /** Empty: none. */
  readonly local: readonly string[];
}

/** Appendix B of the PEP. Trailing parts cannot match the same text in two ways, so a refusal costs one pass. */
const SHAPE =
  /^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?(?:[-_.]?(dev)[-_.]?([0-9]*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

export function readPep440(version: string): Pep440Reading | null {
  const match = SHAPE.exec(version.trim().toLowerCase());
  if (match === null) return null;
  const [, epoch, release = '', stage, stageNumber, impliedPost, post, postNumber, dev, devNumber, local] =
    match;
  return {
    epoch: epoch ?? '0',
    release: withoutZerosAtEnd(release.split('.')),
    pre: stage === undefined ? null : { stage: stageOf(stage), number: stageNumber || '0' },
    post: impliedPost ?? (post === undefined ? null : postNumber || '0'),
    dev: dev === undefined ? null : devNumber || '0',
    local: local?.split(/[-_.]/) ?? [],
  };
}

export function comparePep440(left: Pep440Reading, right: Pep440Reading): number {
  return (
    compareDigits(left.epoch, right.epoch) ||
    compareLists(left.release, right.release, '0', compareDigits) ||
    Math.sign(stageRank(left) - stageRank(right)) ||
    compareDigits(left.pre?.number ?? '0', right.pre?.number ?? '0') ||
    compareOptional(left.post, right.post, -1) ||
    compareOptional(left.dev, right.dev, 1) ||
    compareLists<string | null>(left.local, right.local, null, compareLocal)
  );
}

function stageOf(word: string): 'a' | 'b' | 'rc' {
  if (word === 'a' || word === 'alpha') return 'a';
  return word === 'b' || word === 'beta' ? 'b' : 'rc';
}

/** A development release of nothing but numbers comes before their first alpha. */
function stageRank({ pre, post, dev }: Pep440Reading): number {
  if (pre !== null) return ['a', 'b', 'rc'].indexOf(pre.stage);
  return post === null && dev !== null ? -1 : 3;
}

/** `absent` is where a version without the part stands. */
function compareOptional(left: string | null, right: string | null, absent: 1 | -1): number {
  if (left !== null && right !== null) return compareDigits(left, right);
  if (left === right) return 0;
  return left === null ? absent : -absent;
}

/** Nothing before words before numbers. */
function compareLocal(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === null ? -1 : 1;
  const areNumbers = [isNumber(left), isNumber(right)] as const;
  if (areNumbers[0] && areNumbers[1]) return compareDigits(left, right);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? 1 : -1;
  return compareText(left, right);
}

function withoutZerosAtEnd(numbers: readonly string[]): readonly string[] {
  const last = numbers.findLastIndex((number) => !/^0*$/.test(number));
  return numbers.slice(0, last + 1);
}

export const PEP440_ORDER = orderBy<Pep440Reading>({
  read: readPep440,
  compare: comparePep440,
  isPrerelease: ({ pre, dev }) => pre !== null || dev !== null,
  isBreaking: (from, to) =>
    compareDigits(from.epoch, to.epoch) !== 0 ||
    compareDigits(from.release[0] ?? '0', to.release[0] ?? '0') !== 0,
});
