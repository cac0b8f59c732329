// Names the package of a Trivy finding as OSV does: by its package URL, else by the kind of target that it was found in.
import type { PackageRef } from '#domain/package.ts';
import { asObject, type JsonObject } from '../json/shape.ts';
import { packageNamed, wordOf } from './dependency-result.ts';
import { distributedPackage } from './distributed-package.ts';

/** Where the target belongs. */
export interface TrivyPlace {
  readonly system: { readonly family: string; readonly release: string | null } | null;
  /** The object of a cluster; null outside of one. */
  readonly resource: string | null;
}

/** Types of lang-pkgs targets (https://github.com/aquasecurity/trivy/blob/main/pkg/fanal/types/const.go) → OSV ecosystems. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...['npm', 'yarn', 'pnpm', 'bun', 'node-pkg', 'javascript'].map((type) => [type, 'npm'] as const),
  ...['pip', 'pipenv', 'poetry', 'uv', 'pylock', 'python-pkg'].map((type) => [type, 'PyPI'] as const),
  ...['jar', 'pom', 'gradle', 'gradle-lockfile', 'sbt', 'sbt-lockfile'].map(
    (type) => [type, 'Maven'] as const,
  ),
  ...['gomod', 'gobinary'].map((type) => [type, 'Go'] as const),
  ...['cargo', 'rustbinary', 'rust-binary'].map((type) => [type, 'crates.io'] as const),
  ...['bundler', 'gemspec'].map((type) => [type, 'RubyGems'] as const),
  ...['composer', 'composer-vendor'].map((type) => [type, 'Packagist'] as const),
  ...['nuget', 'nuget-config', 'dotnet-core', 'packages-props'].map((type) => [type, 'NuGet'] as const),
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['swift', 'SwiftURL'],
  ['conan', 'ConanCenter'],
  ['julia', 'Julia'],
]);

/** `registry/image:tag (debian 10.9)` */
const SYSTEM = /\(([a-z][a-z-]*(?:\.[a-z]+)?) ([0-9][\w.]*)\)$/;

/** Null when it names none. */
export function trivyPackage(
  entry: JsonObject,
  { target, system }: { readonly target: JsonObject; readonly system: TrivyPlace['system'] },
): PackageRef | null {
  const name = wordOf(entry.PkgName);
  if (name === null) return null;
  const type = wordOf(target.Type) ?? '';
  const version = wordOf(entry.InstalledVersion);
  const purl = wordOf(asObject(entry.PkgIdentifier)?.PURL) ?? wordOf(entry.PkgRef);
  const ecosystem = ECOSYSTEMS.get(type);
  if (purl !== null || ecosystem !== undefined)
    return packageNamed(purl, { ecosystem: ecosystem ?? null, name, version });
  const [, family = system?.family ?? type, release = system?.release ?? null] =
    SYSTEM.exec(wordOf(target.Target) ?? '') ?? [];
  return distributedPackage({ name, version }, { family, release });
}
