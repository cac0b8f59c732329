// Whether a version lies in a `vers:` range: https://github.com/package-url/purl-spec/blob/main/VERSION-RANGE-SPEC.rst, as CycloneDX and CSAF use it.
import { holds } from './constraints/comparators.ts';
import type { VersionOrder } from './order.ts';
import { DOTTED_ORDER } from './orders/dotted-order.ts';
import { SEMVER_ORDER } from './orders/semver-order.ts';
import { versionOrder } from './version-order.ts';

/** Schemes are package URL types; OSV's name for each. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['pypi', 'PyPI'],
  ['maven', 'Maven'],
  ['golang', 'Go'],
  ['go', 'Go'],
  ['cargo', 'crates.io'],
  ['gem', 'RubyGems'],
  ['nuget', 'NuGet'],
  ['composer', 'Packagist'],
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['deb', 'Debian'],
  ['rpm', 'Red Hat'],
  ['alpine', 'Alpine'],
  ['apk', 'Alpine'],
  ['alpm', 'Red Hat'],
  ['conan', 'ConanCenter'],
  ['cran', 'CRAN'],
  ['hackage', 'Hackage'],
  ['swift', 'SwiftURL'],
  ['opam', 'opam'],
]);
const LONGEST_RANGE = 20_000;

interface Constraint {
  readonly comparator: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly version: string;
}

/**
 * @param vers for example `vers:npm/>=1.0.0|<1.2.3|2.0.0`
 * @returns null when the scheme has no order here, the version is none of it, or the range breaks the specification's rules
 */
export function inVersRange(vers: string, version: string): boolean | null {
  if (vers.length > LONGEST_RANGE) return null;
  const [, scheme = '', list = ''] = /^vers:([a-z0-9.+-]+)\/(.+)$/s.exec(vers.replace(/[\s]+/g, '')) ?? [];
  if (list === '') return null;
  if (scheme === 'all' || scheme === 'none') return list === '*' ? scheme === 'all' : null;
  const order = orderOf(scheme);
  if (order === null || !order.isValid(version)) return null;
  if (list === '*') return true;
  const constraints = readConstraints(list, order);
  return constraints === null ? null : contains(constraints, order, version);
}

function orderOf(scheme: string): VersionOrder | null {
  if (scheme === 'semver') return SEMVER_ORDER;
  if (scheme === 'intdot') return DOTTED_ORDER;
  return versionOrder(ECOSYSTEMS.get(scheme) ?? '');
}

/** Sorted by version; null when one is no version, one is there twice, or bounds do not take turns. */
function readConstraints(list: string, order: VersionOrder): readonly Constraint[] | null {
  const constraints: Constraint[] = [];
  for (const part of list.split('|').filter((text) => text !== '')) {
    const [, comparator = '', quoted = ''] = /^(>=|<=|!=|<|>|=)?(.*)$/s.exec(part) ?? [];
    const version = unquote(quoted);
    if (version === null || !order.isValid(version)) return null;
    constraints.push({ comparator: (comparator || '=') as Constraint['comparator'], version });
  }
  constraints.sort((left, right) => order.compare(left.version, right.version));
  return constraints.length > 0 && areSound(constraints, order) ? constraints : null;
}

function areSound(constraints: readonly Constraint[], order: VersionOrder): boolean {
  const areUnique = constraints.every((constraint, index) => {
    const next = constraints[index + 1];
    return next === undefined || order.compare(constraint.version, next.version) !== 0;
  });
  const bounds = constraints.filter(isBound);
  const takeTurns = bounds.every((bound, index) => {
    const next = bounds[index + 1];
    return next === undefined || bound.comparator[0] !== next.comparator[0];
  });
  return areUnique && takeTurns;
}

function contains(constraints: readonly Constraint[], order: VersionOrder, version: string): boolean {
  const same = constraints.find((constraint) => order.compare(version, constraint.version) === 0);
  if (same !== undefined) return holds(same.comparator, 0) === true;
  const bounds = constraints.filter(isBound);
  // Exclusions alone leave all the rest in.
  if (bounds.length === 0) return constraints.every(({ comparator }) => comparator === '!=');
  const before = bounds.findLast((bound) => order.compare(bound.version, version) < 0);
  return before === undefined ? bounds[0]?.comparator[0] === '<' : before.comparator[0] === '>';
}

function isBound({ comparator }: Constraint): boolean {
  return comparator !== '=' && comparator !== '!=';
}

function unquote(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a percent sign that quotes nothing
  }
}
