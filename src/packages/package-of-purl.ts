// From package URLs to packages as OSV names them, and back.
import type { PackageRef } from '#domain/package.ts';
import { distributionOf } from './distributions.ts';
import { type ReadPurl, readPurl } from './read-purl.ts';

/** Types whose packages OSV knows by namespace and name with a slash between, or by name alone. */
const PLAIN_ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['golang', 'Go'],
  ['cargo', 'crates.io'],
  ['gem', 'RubyGems'],
  ['nuget', 'NuGet'],
  ['composer', 'Packagist'],
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['swift', 'SwiftURL'],
  ['githubactions', 'GitHub Actions'],
  ['conan', 'ConanCenter'],
  ['cran', 'CRAN'],
  ['hackage', 'Hackage'],
  ['bitnami', 'Bitnami'],
  ['opam', 'opam'],
  ['julia', 'Julia'],
  ['vscode-extension', 'VSCode'],
]);

const DISTRIBUTIONS: ReadonlySet<string> = new Set(['deb', 'apk', 'alpine', 'rpm']);

/**
 * The package that a package URL names; null when it is none that is valid. Types that OSV has no ecosystem for (`generic`, `github`,
 * `oci` …) give an ecosystem of null. Debian's and Alpine's advisories speak of source packages: where the URL names one (`upstream`,
 * as Syft writes it), it counts.
 */
export function packageOfPurl(text: string): PackageRef | null {
  const purl = readPurl(text);
  if (purl === null) return null;
  const joined = purl.namespace === null ? purl.name : `${purl.namespace}/${purl.name}`;
  const ref = { version: purl.version, purl: purl.text };
  if (DISTRIBUTIONS.has(purl.type)) return { ...ref, ...distributed(purl), ecosystem: distributionOf(purl) };
  if (purl.type === 'maven') return { ...ref, ecosystem: 'Maven', name: joined.replaceAll('/', ':') };
  if (purl.type === 'pypi')
    return { ...ref, ecosystem: 'PyPI', name: purl.name.toLowerCase().replace(/[-_.]+/g, '-') };
  return { ...ref, ecosystem: PLAIN_ECOSYSTEMS.get(purl.type) ?? null, name: joined };
}

/** A name or version as it may stand in a package URL that is made here. */
const SOURCE = /^([A-Za-z0-9][A-Za-z0-9.+_-]*)(?:@(\S+))?$/;

function distributed(purl: ReadPurl): Pick<PackageRef, 'name' | 'version'> {
  const source = purl.type === 'rpm' ? null : SOURCE.exec(purl.qualifiers.get('upstream') ?? '');
  const version = source?.[2] ?? purl.version;
  const epoch = purl.qualifiers.get('epoch');
  const needsEpoch =
    version !== null && !version.includes(':') && epoch !== undefined && /^[1-9]\d{0,8}$/.test(epoch);
  return { name: source?.[1] ?? purl.name, version: needsEpoch ? `${epoch}:${version}` : version };
}
