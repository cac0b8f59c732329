// package.json: what a folder asks for, and what it says of the versions of others (https://docs.npmjs.com/cli/v11/configuring-npm/package-json).
import type { Place } from '#domain/location.ts';
import type { DependencyScope } from '#domain/package.ts';
import type { Requirement } from '#domain/project.ts';
import { JsonPlaces } from '../json-file-places.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { isRecord, listOf, memberOf, membersOf, textOf, textsOf } from '../outside-value.ts';
import { readJson } from '../read-json.ts';
import { folderOf } from '../repository-path.ts';
import { readSpecifier } from './specifier.ts';

/** One dependency by the name it is installed under, as written. */
export interface Ask {
  readonly installedAs: string;
  readonly specifier: string;
  readonly scope: DependencyScope;
}

export interface PackageJson {
  readonly path: string;
  readonly folder: string;
  readonly name: string | null;
  readonly asks: readonly Ask[];
  readonly requirements: readonly Requirement[];
  readonly overrides: readonly Requirement[];
  /** Globs of workspaces, relative to the folder, as written. */
  readonly workspaces: readonly string[];
  /** `pnpm@9.1.0`: the manager that Corepack starts. */
  readonly packageManager: string | null;
  /** The versions of pnpm that `devEngines`, else `engines` ask for, as written; null: none. */
  readonly pnpmRange: string | null;
}

const SECTIONS: readonly (readonly [section: string, scope: DependencyScope])[] = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'runtime'],
];

const OVERRIDES: readonly (readonly string[])[] = [['overrides'], ['resolutions'], ['pnpm', 'overrides']];

/** Null when the file cannot be read, which is noted. */
export async function readPackageJson(files: ManifestFiles, path: string): Promise<PackageJson | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  const places = new JsonPlaces(file);
  const { value } = file;
  const folder = folderOf(path);
  const optional = new Set(memberNamesSettingOptional(value));
  const asks: Ask[] = [];
  const requirements: Requirement[] = [];
  for (const [section, usual] of SECTIONS)
    for (const [name, written] of membersOf(memberOf(value, section))) {
      const specifier = typeof written === 'string' ? written : null;
      if (specifier === null || textOf(name, 256) === null) continue;
      if (section === 'dependencies' && memberOf(value, 'optionalDependencies', name) !== undefined) continue;
      const scope = section === 'peerDependencies' && optional.has(name) ? 'optional' : usual;
      asks.push({ installedAs: name, specifier, scope });
      requirements.push(
        requirementOf(name, specifier, scope, null, (part) => places.value([section, name], part)),
      );
    }
  return {
    path,
    folder,
    name: textOf(memberOf(value, 'name'), 256),
    asks,
    requirements,
    overrides: OVERRIDES.flatMap((section) => overridesIn(value, section, places)),
    workspaces: textsOf(memberOf(value, 'workspaces', 'packages') ?? memberOf(value, 'workspaces')),
    packageManager: textOf(memberOf(value, 'packageManager')),
    pnpmRange: pnpmRangeOf(value),
  };
}

/** `devEngines.packageManager` may be a list of managers (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#devengines). */
function pnpmRangeOf(value: unknown): string | null {
  const written = memberOf(value, 'devEngines', 'packageManager');
  const named = [written, ...listOf(written)].find((one) => memberOf(one, 'name') === 'pnpm');
  return textOf(memberOf(named, 'version'), 256) ?? textOf(memberOf(value, 'engines', 'pnpm'), 256);
}

function memberNamesSettingOptional(value: unknown): string[] {
  return membersOf(memberOf(value, 'peerDependenciesMeta')).flatMap(([name, meta]) =>
    memberOf(meta, 'optional') === true ? name : [],
  );
}

function requirementOf(
  installedAs: string,
  specifier: string,
  scope: DependencyScope,
  group: string | null,
  placeOf: (part: { readonly start: number; readonly end: number } | null) => Place,
): Requirement {
  const { name, constraint, start } = readSpecifier(installedAs, specifier);
  return {
    name,
    constraint,
    scope,
    group,
    place: placeOf(constraint === null ? null : { start, end: start + constraint.length }),
    versionPlace: null,
    ...(name === installedAs ? {} : { alias: installedAs }),
  };
}

/** npm nests overrides under the package they are for; yarn and pnpm write the way there in the key: `a/b`, `a>b`, ``**` and a slash`. */
function overridesIn(value: unknown, section: readonly string[], places: JsonPlaces): Requirement[] {
  const found: Requirement[] = [];
  const open = [{ path: section, value: memberOf(value, ...section), parent: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const [key, written] of membersOf(next.value)) {
      const path = [...next.path, key];
      const name = key === '.' ? next.parent : overriddenName(key);
      if (name === '') continue;
      if (isRecord(written) && path.length < 16) open.push({ path, value: written, parent: name });
      else if (typeof written === 'string')
        found.push(
          requirementOf(name, written, 'runtime', section.join('.'), (part) => places.value(path, part)),
        );
    }
  return found;
}

function overriddenName(key: string): string {
  const last = key.slice(key.lastIndexOf('>') + 1).trim();
  const segments = last.split('/');
  const tail = segments.at(-2)?.startsWith('@') ? segments.slice(-2).join('/') : (segments.at(-1) ?? '');
  const at = tail.indexOf('@', 1);
  // `lodash@npm:^4` has a slash behind the name only in a scope.
  return at < 0 ? tail : tail.slice(0, at);
}
