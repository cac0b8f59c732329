// Composer's version constraints (https://getcomposer.org/doc/articles/versions.md#writing-version-constraints).
import { normaliseComposerVersion, PACKAGIST_ORDER } from '../orders/packagist-order.ts';
import { type Comparator, every, holds, raised, readComparator, some } from './comparators.ts';

/**
 * Unstable versions within the bounds satisfy: whether they may be installed is minimum-stability's business, which is not the
 * constraint's. Null for branches (`dev-main`), except where the version is that branch.
 */
export function satisfiesComposerConstraint(constraint: string, version: string): boolean | null {
  if (/^dev-/i.test(version.trim()))
    return constraint.trim().replace(/#.*$/, '') === version.trim() ? true : null;
  if (!PACKAGIST_ORDER.isValid(version)) return null;
  return some(
    constraint.split(/\|\|?/).map((alternative) => {
      const bounds = toBounds(alternative.trim());
      if (bounds === null) return null;
      return every(
        bounds.map(({ operator, version: bound }) =>
          holds(operator, PACKAGIST_ORDER.compare(version, bound)),
        ),
      );
    }),
  );
}

function toBounds(alternative: string): readonly Comparator[] | null {
  // `1.0.x-dev as 1.0.5`: what is asked for stands first.
  const plain = alternative.replace(/\s+as\s+\S+$/, '');
  const [, low, high] = /^(\S+)\s+-\s+(\S+)$/.exec(plain) ?? [];
  if (low !== undefined && high !== undefined) return hyphenBounds(low, high);
  const parts = plain
    .replace(/([<>=!~^])\s+/g, '$1')
    .split(/[,\s]+/)
    .filter((part) => part !== '');
  const bounds = parts.map(partBounds);
  return parts.length === 0 || bounds.includes(null) ? null : bounds.flatMap((found) => found ?? []);
}

function hyphenBounds(low: string, high: string): readonly Comparator[] | null {
  const [start, end] = [normal(low), normal(high)];
  if (start === null || end === null) return null;
  const numbers = numbersOf(high);
  // `1.0 - 2.0` takes all of 2.0, `1.0 - 2.0.0` and what names a stability ends there.
  const isWhole = numbers.length >= 3 || end.includes('-');
  const upper = isWhole ? { operator: '<=', version: end } : below(raised(numbers, numbers.length - 1));
  return [{ operator: '>=', version: unstable(start) }, upper];
}

function partBounds(part: string): readonly Comparator[] | null {
  const [, text = '', stability] = /^(.*?)(?:@(stable|rc|beta|alpha|dev))?$/is.exec(part) ?? [];
  if (text === '' || /^v?[x*](?:\.[x*])*$/i.test(text)) return [];
  const wild = /^v?([0-9]+(?:\.[0-9]+){0,2})(?:\.[x*])+$/i.exec(text)?.[1]?.split('.');
  if (wild !== undefined)
    return [{ operator: '>=', version: unstable(full(wild)) }, below(raised(wild, wild.length - 1))];
  const comparator = readComparator(text);
  const bound = comparator === null ? null : normal(comparator.version);
  if (comparator === null || bound === null) return null;
  const numbers = numbersOf(comparator.version);
  const low = { operator: '>=', version: unstable(bound) };
  switch (comparator.operator) {
    case '^':
      return [low, below(raised(numbers, caretPlaceOf(numbers)))];
    case '~':
      return [low, below(raised(numbers, Math.max(0, numbers.length - 2)))];
    case '>=':
    case '<':
      return [{ operator: comparator.operator, version: unstable(withStability(bound, stability)) }];
    case '<>':
      return [{ operator: '!=', version: bound }];
    default:
      return holds(comparator.operator, 0) === null
        ? null
        : [{ operator: comparator.operator, version: bound }];
  }
}

/** The caret goes by the first three numbers. */
function caretPlaceOf(numbers: readonly string[]): number {
  const [first, second, third] = numbers;
  if (first !== '0' || second === undefined) return 0;
  return second !== '0' || third === undefined ? 1 : 2;
}

/** Bounds take the development versions in, unless they name a stability themselves. */
function unstable(version: string): string {
  return version.includes('-') ? version : `${version}-dev`;
}

function withStability(version: string, stability: string | undefined): string {
  return stability === undefined || stability.toLowerCase() === 'stable' || version.includes('-')
    ? version
    : `${version}-${stability}`;
}

function below(numbers: readonly string[]): Comparator {
  return { operator: '<', version: unstable(full(numbers)) };
}

function full(numbers: readonly string[]): string {
  return [...numbers, '0', '0', '0'].slice(0, 4).join('.');
}

function numbersOf(version: string): readonly string[] {
  return /^v?([0-9]+(?:\.[0-9]+){0,3})/i.exec(version)?.[1]?.split('.') ?? [];
}

/** Only what Composer itself takes for a version can be a bound. */
function normal(version: string): string | null {
  const found = normaliseComposerVersion(version);
  return found !== null && /^[0-9]+\.[0-9]+/.test(found) ? found : null;
}
