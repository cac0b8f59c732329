// RubyGems' requirements (https://guides.rubygems.org/patterns/#declaring-dependencies) and Hex's (https://hexdocs.pm/elixir/Version.html#module-requirements).
import { compareDigits, compareLists } from '../order.ts';
import { GEM_ORDER, readGem } from '../orders/gem-order.ts';
import { readSemver, SEMVER_ORDER } from '../orders/semver-order.ts';
import { every, holds, raised, readComparator, some } from './comparators.ts';

export function satisfiesGemRequirement(constraint: string, version: string): boolean | null {
  if (!GEM_ORDER.isValid(version)) return null;
  return every(constraint.split(',').map((part) => meetsGemComparator(part, version)));
}

function meetsGemComparator(part: string, version: string): boolean | null {
  const comparator = readComparator(part);
  const bound = comparator === null ? null : readGem(comparator.version);
  if (comparator === null || bound === null) return null;
  const sign = GEM_ORDER.compare(version, comparator.version);
  if (comparator.operator !== '~>') return holds(comparator.operator, sign);
  // `~> 2.3` ends before 3, `~> 2.3.1` before 2.4; prereleases of that end are beyond it.
  const end = raised(bound.numbers, Math.max(0, bound.numbers.length - 2));
  const numbers = readGem(version)?.numbers ?? [];
  return sign >= 0 && compareLists(numbers, end, '0', compareDigits) < 0;
}

export function satisfiesHexRequirement(constraint: string, version: string): boolean | null {
  if (!SEMVER_ORDER.isValid(version)) return null;
  return some(
    constraint
      .split(/\s+or\s+/)
      .map((alternative) =>
        every(alternative.split(/\s+and\s+/).map((part) => meetsHexComparator(part, version))),
      ),
  );
}

function meetsHexComparator(part: string, version: string): boolean | null {
  const comparator = readComparator(part);
  if (comparator === null || !SEMVER_ORDER.isValid(comparator.version)) return null;
  const sign = SEMVER_ORDER.compare(version, comparator.version);
  if (comparator.operator !== '~>') return holds(comparator.operator, sign);
  const written = /^[0-9.]+/.exec(comparator.version)?.[0].split('.') ?? [];
  const numbers = readSemver(version, { mostNumbers: 3 })?.numbers ?? [];
  return (
    sign >= 0 &&
    compareLists(numbers, raised(written, Math.max(0, written.length - 2)), '0', compareDigits) < 0
  );
}
