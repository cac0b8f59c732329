// gradle/libs.versions.toml: coordinates and versions that build files name (https://docs.gradle.org/current/userguide/version_catalogs.html).
import type { Place } from '#domain/location.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { isRecord, memberOf, membersOf, textOf, textsOf } from '../outside-value.ts';
import { readToml, type TomlFile } from '../read-toml.ts';

export interface CatalogLibrary {
  /** `group:artifact`. */
  readonly name: string;
  readonly version: string | null;
  /** The version's text; the library's line where it has none. */
  readonly place: Place;
}

export interface VersionCatalog {
  readonly path: string;
  /** By the name that build files use: `commons-lang3` is `libs.commons.lang3`. */
  readonly libraries: ReadonlyMap<string, CatalogLibrary>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
}

/** `a-b_c.d` as build files write it. */
export function accessorOf(alias: string): string {
  return alias.replace(/[-_]/g, '.').toLowerCase();
}

/** Null when it cannot be read, which is noted. */
export async function readVersionCatalog(files: ManifestFiles, path: string): Promise<VersionCatalog | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const libraries = membersOf(memberOf(file.value, 'libraries')).flatMap(([alias, value]) => {
    const library = libraryOf(file, alias, value);
    return library === null ? [] : [[accessorOf(alias), library] as const];
  });
  const bundles = membersOf(memberOf(file.value, 'bundles')).map(
    ([alias, names]) => [accessorOf(alias), textsOf(names).map(accessorOf)] as const,
  );
  return { path, libraries: new Map(libraries), bundles: new Map(bundles) };
}

function libraryOf(file: TomlFile, alias: string, value: unknown): CatalogLibrary | null {
  const at = ['libraries', alias];
  if (typeof value === 'string') {
    const [group, artifact, version] = value.split(':');
    if (!group || !artifact) return null;
    const start = group.length + artifact.length + 2;
    const part = version ? { start, end: start + version.length } : null;
    return {
      name: `${group}:${artifact}`,
      version: version || null,
      place: part ? file.places.value(at, part) : file.places.line(at),
    };
  }
  const group = textOf(memberOf(value, 'group'));
  const artifact = textOf(memberOf(value, 'name'));
  const name = textOf(memberOf(value, 'module')) ?? (group && artifact ? `${group}:${artifact}` : null);
  if (name === null) return null;
  const reference = textOf(memberOf(value, 'version', 'ref'));
  const versionAt = reference === null ? [...at, 'version'] : ['versions', reference];
  const found = versionIn(memberOf(file.value, ...versionAt), versionAt);
  return {
    name,
    version: found?.version ?? null,
    place: found === null ? file.places.line(at) : file.places.value(found.at),
  };
}

/** A text, or a rich version: what it requires at least comes before what it holds to. */
function versionIn(
  value: unknown,
  at: readonly string[],
): { readonly version: string; readonly at: readonly string[] } | null {
  if (typeof value === 'string') return { version: value, at };
  if (!isRecord(value)) return null;
  for (const key of ['strictly', 'require', 'prefer']) {
    const version = textOf(memberOf(value, key));
    if (version !== null) return { version, at: [...at, key] };
  }
  return null;
}
