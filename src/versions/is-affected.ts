// Whether a version is one that an advisory means: OSV's own evaluation (https://ossf.github.io/osv-schema/#evaluation).
import type { AffectedPackage, AffectedRange, RangeEvent } from '#domain/advisory.ts';
import type { VersionOrder } from './order.ts';
import { SEMVER_ORDER } from './orders/semver-order.ts';
import { followsSemver, versionOrder } from './version-order.ts';

export type Affectedness = 'affected' | 'not_affected' | 'unknown';

/**
 * `unknown`: the version, or a bound of a range that could hold it, is none to the ecosystem; or only commits tell and the version is
 * not listed. Package names are the caller's business.
 */
export function isAffected(affected: AffectedPackage, version: string): Affectedness {
  if (affected.versions.includes(version)) return 'affected';
  const order = versionOrder(affected.ecosystem);
  const answers = affected.ranges
    .filter((range) => range.type !== 'GIT')
    .map((range) => withinRange(range, orderFor(range, version, order), version));
  if (answers.includes('affected') || isListed(affected.versions, version, order)) return 'affected';
  if (answers.includes('unknown')) return 'unknown';
  // A complete list of versions, without any range, is an answer; commits alone are none.
  const isTold = answers.length > 0 || (affected.ranges.length === 0 && affected.versions.length > 0);
  return isTold ? 'not_affected' : 'unknown';
}

/** SEMVER ranges hold SemVer whatever the ecosystem; databases write them for others too, then with the ecosystem's own versions. */
function orderFor(range: AffectedRange, version: string, order: VersionOrder | null): VersionOrder | null {
  if (range.type !== 'SEMVER' || (order !== null && followsSemver(order))) return order;
  const isSemver = [version, ...boundsOf(range)].every(
    (bound) => bound === '0' || SEMVER_ORDER.isValid(bound),
  );
  return isSemver ? SEMVER_ORDER : order;
}

function withinRange(range: AffectedRange, order: VersionOrder | null, version: string): Affectedness {
  if (order === null || !order.isValid(version)) return 'unknown';
  if (!boundsOf(range).every((bound) => bound === '0' || order.isValid(bound))) return 'unknown';
  if (!isBeforeLimits(range.events, order, version)) return 'not_affected';
  const steps = range.events.flatMap(stepOf).sort((left, right) => compareSteps(left, right, order));
  let isWithin = false;
  for (const { bound, kind } of steps) {
    const sign = bound === '0' ? 1 : order.compare(version, bound);
    if (kind === 'introduced' && sign >= 0) isWithin = true;
    if ((kind === 'fixed' && sign >= 0) || (kind === 'last_affected' && sign > 0)) isWithin = false;
  }
  return isWithin ? 'affected' : 'not_affected';
}

interface Step {
  readonly bound: string;
  readonly kind: 'introduced' | 'fixed' | 'last_affected';
}

function stepOf({ introduced, fixed, last_affected: last }: RangeEvent): Step[] {
  if (introduced !== undefined) return [{ bound: introduced, kind: 'introduced' }];
  if (fixed !== undefined) return [{ bound: fixed, kind: 'fixed' }];
  return last === undefined ? [] : [{ bound: last, kind: 'last_affected' }];
}

/** At the same version the record's own order stands (`fixed` 2, `introduced` 2), but `last_affected` comes last: it ends what began there. */
function compareSteps(left: Step, right: Step, order: VersionOrder): number {
  const isFirst = [left.bound === '0', right.bound === '0'] as const;
  if (isFirst[0] !== isFirst[1]) return isFirst[0] ? -1 : 1;
  const sign = isFirst[0] ? 0 : order.compare(left.bound, right.bound);
  return sign || Number(left.kind === 'last_affected') - Number(right.kind === 'last_affected');
}

/** Before any one of them is enough; `*` is beyond all versions. */
function isBeforeLimits(events: readonly RangeEvent[], order: VersionOrder, version: string): boolean {
  const limits = events.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  return limits.length === 0 || limits.some((limit) => limit === '*' || order.compare(version, limit) < 0);
}

function boundsOf({ events }: AffectedRange): readonly string[] {
  return events
    .flatMap(({ introduced, fixed, last_affected: last, limit }) => [introduced, fixed, last, limit])
    .filter((bound): bound is string => bound !== undefined && bound !== '*');
}

/** `v2.0.5` is in a list that has `2.0.5`. */
function isListed(versions: readonly string[], version: string, order: VersionOrder | null): boolean {
  if (order === null || !order.isValid(version)) return false;
  return versions.some((listed) => order.isValid(listed) && order.compare(listed, version) === 0);
}
