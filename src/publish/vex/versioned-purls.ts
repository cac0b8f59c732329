// The package URLs of a finding's package, one for each installed version.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { PackageRef } from '#domain/package.ts';
import { purlOf } from '../../packages/purl-of.ts';
import { readPurl } from '../../packages/read-purl.ts';

/** Never empty: of a package in no known ecosystem it is `pkg:generic/name@version`, which is read back as that name. */
export function versionedPurls({ package: named, versions }: DependencyRecord): readonly string[] {
  const told = named.version === null ? [] : [named.version];
  const installed = versions.length > 0 ? versions : told;
  const purls = (installed.length > 0 ? installed : [null]).map((version) => purlAt(named, version));
  return [...new Set(purls)];
}

export function purlAt(named: PackageRef, version: string | null): string {
  const own = named.purl === null ? null : purlWithVersion(named.purl, version);
  return own ?? purlOf({ ...named, purl: null, version }) ?? genericPurl(named.name, version);
}

/** What stands before the version and behind it stays: qualifiers name the distribution. */
function purlWithVersion(purl: string, version: string | null): string | null {
  const canonical = readPurl(purl)?.text ?? '';
  const [, start = '', rest = ''] = /^(pkg:[^@?#]+)(?:@[^?#]*)?(.*)$/.exec(canonical) ?? [];
  if (start === '') return null;
  return (
    readPurl(`${start}${version === null ? '' : `@${encodeURIComponent(version.toWellFormed())}`}${rest}`)
      ?.text ?? null
  );
}

/** Letters, digits and little else stay as they are, so that it is an IRI whatever the name holds. */
function genericPurl(name: string, version: string | null): string {
  const encoded = [name, version ?? ''].map((part) =>
    encodeURIComponent(part.toWellFormed()).replaceAll('..', '%2E%2E'),
  );
  return `pkg:generic/${encoded[0] || 'unnamed'}${encoded[1] === '' ? '' : `@${encoded[1]}`}`;
}
