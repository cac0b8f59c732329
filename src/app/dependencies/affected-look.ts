// Looks up what advisories say of a finding's package about its vulnerability.
import type { AffectedPackage } from '#domain/advisory.ts';
import type { Finding } from '#domain/finding.ts';
import { toReported } from '../../advisories/to-reported.ts';
import type { KnownVulnerability } from '../../upgrade/known-vulnerability.ts';
import type { AskedAdvisories } from './ask-advisories.ts';

/** What advisories say of the package of a finding and its vulnerability. */
export type AffectedLook = (finding: Pick<Finding, 'id' | 'dependency'>) => readonly AffectedPackage[];

/** Under all names that anybody gives the vulnerability: what may be affected. */
export function createAffectedLook({ index }: Pick<AskedAdvisories, 'index'>): AffectedLook {
  return ({ dependency }) => {
    const names = new Set([dependency?.vulnerability?.id, ...(dependency?.vulnerability?.aliases ?? [])]);
    return lookUp(index, dependency, (told) => told.some((name) => names.has(name)));
  };
}

/** Under names that are confirmed to be its own: what may clear it. */
export function createSureLook(
  { index }: Pick<AskedAdvisories, 'index'>,
  isMeantBy: (finding: Pick<Finding, 'id'>, names: readonly string[]) => boolean,
): AffectedLook {
  return (finding) => lookUp(index, finding.dependency, (told) => isMeantBy(finding, told));
}

function lookUp(
  index: AskedAdvisories['index'],
  dependency: Finding['dependency'],
  isAbout: (names: readonly string[]) => boolean,
): readonly AffectedPackage[] {
  if (index === null || dependency?.vulnerability == null || dependency.package.ecosystem === null) return [];
  return index
    .speakingOf(dependency.package.ecosystem, dependency.package.name)
    .filter(({ advisory }) => isAbout([advisory.id, ...advisory.aliases]))
    .map(({ affected }) => affected);
}

/** Everything that is published about a finding's package, at any version: what an upgrade could run into. */
export function createPublished({
  index,
}: Pick<AskedAdvisories, 'index'>): (finding: Pick<Finding, 'dependency'>) => readonly KnownVulnerability[] {
  return ({ dependency }) => {
    if (index === null || dependency === undefined || dependency.package.ecosystem === null) return [];
    const { ecosystem, name } = dependency.package;
    return index
      .speakingOf(ecosystem, name)
      .filter(({ advisory }) => advisory.withdrawn === null)
      .map(({ advisory, affected }) => ({
        ...{ id: advisory.id, affected, fixedIn: toReported(advisory, affected).fixedIn },
      }));
  };
}
