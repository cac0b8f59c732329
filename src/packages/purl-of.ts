// Makes a package URL for a package that comes without one.
import { PackageURL } from 'packageurl-js';
import type { PackageRef } from '#domain/package.ts';
import { readPurl } from './read-purl.ts';

/** Ecosystems of OSV by the purl type of their packages (https://github.com/package-url/purl-spec/tree/main/types-doc). */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['PyPI', 'pypi'],
  ['Maven', 'maven'],
  ['Go', 'golang'],
  ['crates.io', 'cargo'],
  ['RubyGems', 'gem'],
  ['NuGet', 'nuget'],
  ['Packagist', 'composer'],
  ['Hex', 'hex'],
  ['Pub', 'pub'],
  ['SwiftURL', 'swift'],
  ['GitHub Actions', 'githubactions'],
  ['ConanCenter', 'conan'],
  ['CRAN', 'cran'],
  ['Hackage', 'hackage'],
  ['Bitnami', 'bitnami'],
  ['Debian', 'deb'],
  ['Ubuntu', 'deb'],
  ['Alpine', 'apk'],
  ['Wolfi', 'apk'],
  ['Chainguard', 'apk'],
  ['Red Hat', 'rpm'],
  ['Rocky Linux', 'rpm'],
  ['AlmaLinux', 'rpm'],
]);

const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['Debian', 'debian'],
  ['Ubuntu', 'ubuntu'],
  ['Alpine', 'alpine'],
  ['Wolfi', 'wolfi'],
  ['Chainguard', 'chainguard'],
  ['Red Hat', 'redhat'],
  ['Rocky Linux', 'rocky'],
  ['AlmaLinux', 'almalinux'],
]);

/** The package's own package URL in canonical form when it has a valid one, else one made of ecosystem, name and version; null when none can be made. */
export function purlOf({ ecosystem, name, version, purl }: PackageRef): string | null {
  const own = purl === null ? null : readPurl(purl);
  if (own !== null) return own.text;
  const [family = '', release] = (ecosystem ?? '').split(':', 2);
  const type = TYPES.get(family);
  if (type === undefined) return null;
  const fixed = NAMESPACES.get(family);
  const parts = name.split(type === 'maven' ? ':' : '/');
  const last = parts.pop() ?? '';
  const namespace = fixed ?? (parts.length === 0 ? null : parts.join('/'));
  const distro =
    fixed === undefined || release === undefined ? null : { distro: `${fixed}-${release.replace(/^v/, '')}` };
  try {
    const made = new PackageURL(type, namespace, last, version, distro, null).toString();
    return readPurl(made)?.text ?? null;
  } catch {
    return null;
  }
}
