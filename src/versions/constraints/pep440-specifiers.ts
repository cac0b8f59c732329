// Python's version specifiers (https://packaging.python.org/en/latest/specifications/version-specifiers/), and Poetry's shorthands
// (https://python-poetry.org/docs/dependency-specification/).
import { compareDigits, compareLists } from '../order.ts';
import { comparePep440, type Pep440Reading, readPep440 } from '../orders/pep440-order.ts';
import { caretPlace, every, holds, raised, some } from './comparators.ts';

/** Prereleases satisfy only where a clause names one, the rule for an installer that was told nothing else. */
export function satisfiesPep440(constraint: string, version: string): boolean | null {
  return some(constraint.split(/\|\|?/).map((alternative) => satisfiesAll(alternative, version)));
}

function satisfiesAll(constraint: string, version: string): boolean | null {
  const clauses = constraint
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && clause !== '*');
  const candidate = readPep440(version);
  if (candidate === null) {
    // What is no version can only be asked for letter by letter.
    const isExact = clauses.length === 1 && clauses[0]?.startsWith('===');
    return isExact ? exactly(clauses[0] ?? '', version) : null;
  }
  const answers = clauses.map((clause) => meetsClause(clause, version, candidate));
  if (answers.includes(null)) return null;
  const takesPrereleases = clauses.some(namesPrerelease);
  return (takesPrereleases || !isPrerelease(candidate)) && every(answers);
}

function meetsClause(clause: string, version: string, candidate: Pep440Reading): boolean | null {
  const [, operator = '', text = ''] = /^(===|~=|==|!=|<=|>=|<|>|\^|~|=)?\s*(\S+)$/.exec(clause) ?? [];
  if (operator === '===') return exactly(clause, version);
  const [, stem, star] = /^(.+?)(\.\*)?$/.exec(text) ?? [];
  const bound = readPep440(stem ?? '');
  const numbers = writtenNumbers(stem ?? '');
  if (bound === null) return null;
  if (star !== undefined) return meetsPrefix(operator, bound, numbers, candidate);
  switch (operator) {
    case '~=':
      if (numbers.length < 2 || bound.local.length > 0) return null;
      return isAtLeast(candidate, bound) && startsWith(candidate, bound, numbers.slice(0, -1));
    case '^':
      return isBetween(candidate, bound, raised(numbers, caretPlace(numbers)));
    case '~':
      return isBetween(candidate, bound, raised(numbers, Math.min(1, numbers.length - 1)));
    default:
      return meetsOrder(operator, bound, candidate);
  }
}

function meetsOrder(operator: string, bound: Pep440Reading, candidate: Pep440Reading): boolean | null {
  if (operator === '<') return comparePep440(candidate, bound) < 0 && !isPrereleaseOf(bound, candidate);
  if (operator === '>') {
    const isItsLocal = candidate.local.length > 0 && comparePep440(toPublic(candidate), bound) === 0;
    return comparePep440(candidate, bound) > 0 && !isPostReleaseOf(bound, candidate) && !isItsLocal;
  }
  // A clause without a local part takes any build of the version.
  return holds(operator, comparePep440(bound.local.length > 0 ? candidate : toPublic(candidate), bound));
}

/** `<2.0` leaves out what leads up to 2.0, unless it names a prerelease itself. */
function isPrereleaseOf(bound: Pep440Reading, candidate: Pep440Reading): boolean {
  if (isPrerelease(bound) || !isPrerelease(candidate) || !sameNumbers(candidate, bound)) return false;
  return (
    bound.post === null || (candidate.pre === null && compareDigits(candidate.post ?? '', bound.post) === 0)
  );
}

/** `>1.0` leaves out 1.0.post1, unless it names a post-release itself. */
function isPostReleaseOf(bound: Pep440Reading, candidate: Pep440Reading): boolean {
  if (bound.post !== null || bound.dev !== null || candidate.post === null) return false;
  return comparePep440(bound, { ...candidate, post: null, dev: null, local: [] }) === 0;
}

function meetsPrefix(
  operator: string,
  bound: Pep440Reading,
  numbers: readonly string[],
  candidate: Pep440Reading,
): boolean | null {
  const isPlain = bound.pre === null && bound.post === null && bound.dev === null && bound.local.length === 0;
  if (!isPlain || !['', '=', '==', '!='].includes(operator)) return null;
  return startsWith(candidate, bound, numbers) !== (operator === '!=');
}

function startsWith(candidate: Pep440Reading, bound: Pep440Reading, numbers: readonly string[]): boolean {
  const head = candidate.release.slice(0, numbers.length);
  return candidate.epoch === bound.epoch && compareLists(head, numbers, '0', compareDigits) === 0;
}

function isBetween(candidate: Pep440Reading, low: Pep440Reading, high: readonly string[]): boolean {
  const end = readPep440(high.join('.'));
  return (
    end !== null &&
    isAtLeast(candidate, low) &&
    meetsOrder('<', { ...end, epoch: low.epoch }, candidate) === true
  );
}

function isAtLeast(candidate: Pep440Reading, bound: Pep440Reading): boolean {
  return comparePep440(toPublic(candidate), bound) >= 0;
}

function sameNumbers(left: Pep440Reading, right: Pep440Reading): boolean {
  return left.epoch === right.epoch && compareLists(left.release, right.release, '0', compareDigits) === 0;
}

function exactly(clause: string, version: string): boolean {
  return clause.slice(3).trim().toLowerCase() === version.trim().toLowerCase();
}

/** The numbers as they are written: `2.0` has two, and that is what `~=` goes by. */
function writtenNumbers(version: string): readonly string[] {
  return /^v?(?:[0-9]+!)?([0-9]+(?:\.[0-9]+)*)/i.exec(version.trim())?.[1]?.split('.') ?? [];
}

function namesPrerelease(clause: string): boolean {
  const bound = readPep440(clause.replace(/^[<>=!~^]+\s*/, ''));
  return bound !== null && isPrerelease(bound) && !clause.startsWith('!=');
}

function isPrerelease({ pre, dev }: Pep440Reading): boolean {
  return pre !== null || dev !== null;
}

function toPublic(version: Pep440Reading): Pep440Reading {
  return { ...version, local: [] };
}
