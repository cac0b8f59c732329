// Whether the installed versions of a finding's package are affected at all, by the advisories that were given and the reports' own word.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { Finding } from '#domain/finding.ts';
import { sameVersion } from '../../dependencies/find-project.ts';
import type { AffectedCheck } from '../../dependencies/judge-dependency.ts';
import { isAffected } from '../../versions/is-affected.ts';
import { versionOrder } from '../../versions/version-order.ts';
import type { AffectedLook } from './affected-look.ts';

/**
 * `not_affected` only when every advisory on it says so of every installed version and no report calls that version affected; without an
 * advisory, when the lock file has a version by now that comes after all that the reports name as mended.
 */
export function checkAffected(
  finding: Pick<Finding, 'id' | 'dependency'>,
  { known, sure }: { readonly known: AffectedLook; readonly sure: AffectedLook },
): AffectedCheck {
  const { dependency } = finding;
  if (dependency?.vulnerability == null || dependency.versions.length === 0)
    return { answer: 'unknown', by: [] };
  const by = [dependency.vulnerability.id];
  const affecting = known(finding);
  const answers = dependency.versions.flatMap((version) => affecting.map((one) => isAffected(one, version)));
  if (answers.includes('affected')) return { answer: 'affected', by };
  const isMended = dependency.versions.every((version) => isPastAllFixes(version, dependency));
  const isClaimed = dependency.versions.some((version) =>
    dependency.reported.some((one) => sameVersion(one, version)),
  );
  if (affecting.length === 0) return { answer: isMended && !isClaimed ? 'not_affected' : 'unknown', by };
  if (!answers.every((answer) => answer === 'not_affected')) return { answer: 'unknown', by };
  // Advisories on what one report calls by another name clear nothing.
  if (sure(finding).length === 0) return { answer: 'unknown', by };
  return { answer: isClaimed && !isMended ? 'disputed' : 'not_affected', by };
}

function isPastAllFixes(version: string, { package: named, vulnerability }: DependencyRecord): boolean {
  const order = named.ecosystem === null ? null : versionOrder(named.ecosystem);
  const fixes = vulnerability?.fixedIn ?? [];
  if (order === null || fixes.length === 0 || ![version, ...fixes].every(order.isValid)) return false;
  return fixes.every((fixed) => order.compare(version, fixed) >= 0);
}
