// Dart's version constraints (https://dart.dev/tools/pub/dependencies#version-constraints).
import { compareDigits, compareLists } from '../order.ts';
import { PUB_ORDER, readSemver } from '../orders/semver-order.ts';
import { caretPlace, every, holds, raised, readComparator } from './comparators.ts';

const HABITS = { mostNumbers: 3, buildCounts: true } as const;

export function satisfiesPubConstraint(constraint: string, version: string): boolean | null {
  if (!PUB_ORDER.isValid(version)) return null;
  const text = constraint.trim().replace(/([<>=^])\s+/g, '$1');
  if (text === 'any' || text === '') return true;
  return every(text.split(/\s+/).map((part) => meetsPubComparator(part, version)));
}

function meetsPubComparator(part: string, version: string): boolean | null {
  const comparator = readComparator(part);
  const bound = comparator === null ? null : readSemver(comparator.version, HABITS);
  const candidate = readSemver(version, HABITS);
  if (comparator === null || bound === null || candidate === null) return null;
  const sign = PUB_ORDER.compare(version, comparator.version);
  if (comparator.operator === '^') {
    const end = raised(bound.numbers, caretPlace(bound.numbers));
    return sign >= 0 && compareLists(candidate.numbers, end, '0', compareDigits) < 0;
  }
  // `<2.0.0` leaves out the prereleases of 2.0.0 as well, unless it names one.
  const isItsPrerelease =
    comparator.operator === '<' &&
    candidate.prerelease.length > 0 &&
    bound.prerelease.length === 0 &&
    compareLists(candidate.numbers, bound.numbers, '0', compareDigits) === 0;
  return isItsPrerelease ? false : holds(comparator.operator, sign);
}
