// pyproject.toml: PEP 621, dependency groups (PEP 735), Poetry, uv and PDM (https://packaging.python.org/en/latest/specifications/pyproject-toml/).
import type { Place } from '#domain/location.ts';
import type { DependencyScope } from '#domain/package.ts';
import type { Requirement } from '#domain/project.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { isRecord, listOf, memberOf, membersOf, textOf, textsOf } from '../outside-value.ts';
import { readToml, type TomlFile } from '../read-toml.ts';
import { folderOf } from '../repository-path.ts';
import { scopeOfGroup } from './group-scope.ts';
import { extraOfMarker, normalisePythonName, readPythonRequirement } from './requirement-text.ts';

export interface PythonManifest {
  readonly path: string;
  readonly folder: string;
  readonly name: string | null;
  readonly requirements: readonly Requirement[];
  readonly overrides: readonly Requirement[];
  /** Globs of uv's workspace; null: no root of one. */
  readonly workspace: readonly string[] | null;
}

/** Null when it cannot be read, which is noted. */
export async function readPyproject(files: ManifestFiles, path: string): Promise<PythonManifest | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const { value } = file;
  const uv = memberOf(value, 'tool', 'uv');
  const workspace = memberOf(uv, 'workspace');
  return {
    path,
    folder: folderOf(path),
    name: nameOf(memberOf(value, 'project', 'name')) ?? nameOf(memberOf(value, 'tool', 'poetry', 'name')),
    requirements: [...standardRequirements(file), ...poetryRequirements(file)],
    overrides: ['override-dependencies', 'constraint-dependencies'].flatMap((section) =>
      requirementsOf(file, ['tool', 'uv', section], 'runtime', section),
    ),
    workspace: workspace === undefined ? null : textsOf(memberOf(workspace, 'members')),
  };
}

function nameOf(value: unknown): string | null {
  const name = textOf(value, 214);
  return name === null ? null : normalisePythonName(name);
}

function standardRequirements(file: TomlFile): Requirement[] {
  const groups = (path: readonly string[], usual: DependencyScope) =>
    membersOf(memberOf(file.value, ...path)).flatMap(([group]) =>
      requirementsOf(file, [...path, group], scopeOfGroup(group, usual), group),
    );
  return [
    ...requirementsOf(file, ['project', 'dependencies'], 'runtime', null),
    ...groups(['project', 'optional-dependencies'], 'optional'),
    ...groups(['dependency-groups'], 'dev'),
    ...groups(['tool', 'pdm', 'dev-dependencies'], 'dev'),
    ...requirementsOf(file, ['tool', 'uv', 'dev-dependencies'], 'dev', 'dev'),
  ];
}

/** A list of dependency specifiers; `{include-group = "…"}` among them names another list, which is read as itself. */
function requirementsOf(
  file: TomlFile,
  path: readonly string[],
  scope: DependencyScope,
  group: string | null,
): Requirement[] {
  return listOf(memberOf(file.value, ...path)).flatMap((item, index): Requirement[] => {
    const read = typeof item === 'string' ? readPythonRequirement(item) : null;
    if (read === null) return [];
    const at = [...path, String(index)];
    return [
      {
        name: read.name,
        constraint: read.constraint,
        scope,
        group: group ?? extraOfMarker(read.marker),
        place: read.constraint === null ? file.places.line(at) : file.places.value(at, read),
        versionPlace: null,
      },
    ];
  });
}

function poetryRequirements(file: TomlFile): Requirement[] {
  const poetry = ['tool', 'poetry'];
  const extras = extrasByPackage(memberOf(file.value, ...poetry, 'extras'));
  const groups = membersOf(memberOf(file.value, ...poetry, 'group')).flatMap(([group]) =>
    poetrySection(
      file,
      [...poetry, 'group', group, 'dependencies'],
      scopeOfGroup(group, 'dev'),
      group,
      extras,
    ),
  );
  return [
    ...poetrySection(file, [...poetry, 'dependencies'], 'runtime', null, extras),
    ...poetrySection(file, [...poetry, 'dev-dependencies'], 'dev', 'dev', extras),
    ...groups,
  ];
}

function extrasByPackage(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    membersOf(value).flatMap(([extra, names]) =>
      textsOf(names).map((name) => [normalisePythonName(name), extra] as const),
    ),
  );
}

/** `name = "^1"`, `name = {version = "^1", optional = true}`, or several of those in a list (https://python-poetry.org/docs/dependency-specification/). */
function poetrySection(
  file: TomlFile,
  path: readonly string[],
  scope: DependencyScope,
  group: string | null,
  extras: ReadonlyMap<string, string>,
): Requirement[] {
  return membersOf(memberOf(file.value, ...path)).flatMap(([written, value]): Requirement[] => {
    const name = normalisePythonName(written);
    if (name === 'python' || name.length > 214) return [];
    const choices = Array.isArray(value)
      ? value.map((each, index) => [each, [String(index)]] as const)
      : [[value, []] as const];
    return choices.map(([choice, below]) => {
      const at = [...path, written, ...below];
      const { constraint, place } = versionIn(file, choice, at);
      const isOptional = isRecord(choice) && memberOf(choice, 'optional') === true;
      return {
        name,
        constraint,
        scope: isOptional && scope === 'runtime' ? 'optional' : scope,
        group: group ?? (isOptional ? (extras.get(name) ?? null) : null),
        place,
        versionPlace: null,
      };
    });
  });
}

/** The version of a table or a text: Poetry, Pipfile. Addresses and folders stand for it where there is none. */
export function versionIn(
  file: TomlFile,
  value: unknown,
  at: readonly string[],
): { readonly constraint: string | null; readonly place: Place } {
  if (typeof value === 'string') {
    return { constraint: value || null, place: file.places.value(at) };
  }
  for (const key of ['version', 'git', 'url', 'path', 'file']) {
    const constraint = textOf(memberOf(value, key));
    if (constraint !== null) return { constraint, place: file.places.value([...at, key]) };
  }
  return { constraint: null, place: file.places.line(at) };
}
