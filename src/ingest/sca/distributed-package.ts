// Names a package of a Linux distribution as OSV does, for scanners that say the distribution and give no package URL.
import type { PackageRef } from '#domain/package.ts';
import { packageOfPurl } from '../../packages/package-of-purl.ts';

/** What scanners call distributions → the type and namespace of their package URLs. */
const DISTRIBUTIONS: ReadonlyMap<string, readonly [type: string, namespace: string]> = new Map([
  ['debian', ['deb', 'debian']],
  ['ubuntu', ['deb', 'ubuntu']],
  ['alpine', ['apk', 'alpine']],
  ['wolfi', ['apk', 'wolfi']],
  ['chainguard', ['apk', 'chainguard']],
  ['redhat', ['rpm', 'redhat']],
  ['rhel', ['rpm', 'redhat']],
  ['rocky', ['rpm', 'rocky']],
  ['alma', ['rpm', 'almalinux']],
  ['almalinux', ['rpm', 'almalinux']],
  ['opensuse', ['rpm', 'opensuse']],
  ['opensuse.leap', ['rpm', 'opensuse']],
  ['opensuse-leap', ['rpm', 'opensuse']],
  ['sles', ['rpm', 'suse']],
  ['suse', ['rpm', 'suse']],
  ['suse linux enterprise server', ['rpm', 'suse']],
  ['photon', ['rpm', 'photon']],
  ['azurelinux', ['rpm', 'azurelinux']],
  ['mariner', ['rpm', 'mariner']],
]);

/** In no ecosystem for distributions that OSV does not know. */
export function distributedPackage(
  { name, version }: Pick<PackageRef, 'name' | 'version'>,
  { family, release }: { readonly family: string; readonly release: string | null },
): PackageRef {
  const said = { ecosystem: null, name, version, purl: null };
  const [type, namespace] = DISTRIBUTIONS.get(family.toLowerCase()) ?? [];
  if (type === undefined || namespace === undefined) return said;
  const at = version === null ? '' : `@${encodeURIComponent(version)}`;
  const distro = release === null ? '' : `?distro=${encodeURIComponent(`${namespace}-${release}`)}`;
  const named = packageOfPurl(`pkg:${type}/${namespace}/${encodeURIComponent(name)}${at}${distro}`);
  return named === null ? said : { ...named, name, version };
}
