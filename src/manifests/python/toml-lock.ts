// poetry.lock, pdm.lock and uv.lock: tables of packages in TOML.
//   https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock  https://pdm-project.org/latest/usage/lockfile/
//   https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockEdge, type LockNode, uniqueEdges } from '../draft.ts';
import { placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { isRecord, listOf, memberOf, membersOf, textOf, textsOf } from '../outside-value.ts';
import { readToml } from '../read-toml.ts';
import { fileNameOf, folderOf, resolvePath } from '../repository-path.ts';
import { scopeOfGroup } from './group-scope.ts';
import type { PythonLock } from './python-lock.ts';
import { extraOfMarker, normalisePythonName, readPythonRequirement } from './requirement-text.ts';

interface Table {
  readonly entry: unknown;
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly line: number;
}

interface Need {
  readonly name: string;
  /** Only where one name stands for several versions. */
  readonly version: string | null;
  readonly optional: boolean;
  readonly constraint?: string | null;
}

/** Null when it cannot be read, which is noted. */
export async function readTomlLock(files: ManifestFiles, path: string): Promise<PythonLock | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const text = (await files.text(path)) ?? '';
  const listed = listOf(memberOf(file.value, 'package'));
  const headers = linesOfTables(text);
  const folder = folderOf(path);
  const tables: Table[] = [];
  const local: { readonly entry: unknown; readonly folder: string }[] = [];
  for (const [index, entry] of listed.entries()) {
    const written = textOf(memberOf(entry, 'name'), 214);
    if (written === null) continue;
    const at = folderOfLocal(entry, folder);
    if (at !== null) local.push({ entry, folder: at });
    const version = textOf(memberOf(entry, 'version'));
    // A folder of the repository is no package that anybody lists.
    if (version === null || isLocal(entry)) continue;
    const name = normalisePythonName(written);
    tables.push({
      entry,
      key: `${name}@${version}`,
      name,
      version,
      line: headers.length === listed.length ? (headers[index] ?? 1) : 1,
    });
  }
  if (
    listed.length === 0 &&
    memberOf(file.value, 'metadata') === undefined &&
    memberOf(file.value, 'version') === undefined
  ) {
    files.note(path, phrase`${markOutside(path)} is no lock file that can be read: it lists no packages.`);
    return null;
  }
  const resolve = resolverOf(tables);
  return {
    path,
    folder,
    graph: graphOf(path, tables, resolve),
    local:
      fileNameOf(path) !== 'uv.lock'
        ? []
        : local.map(({ entry, folder: at }) => ({
            folder: at,
            asks: asksOf(entry).flatMap(({ need, scope }) => resolve(need).map((to) => ({ to, scope }))),
          })),
  };
}

function linesOfTables(text: string): number[] {
  const found: number[] = [];
  let line = 0;
  for (const content of text.split('\n')) {
    line += 1;
    if (/^\[\[package\]\]\s*$/.test(content)) found.push(line);
  }
  return found;
}

const LOCAL_SOURCES = ['editable', 'virtual', 'directory'];

function isLocal(entry: unknown): boolean {
  const source = memberOf(entry, 'source');
  return (
    LOCAL_SOURCES.some((kind) => memberOf(source, kind) !== undefined) ||
    memberOf(source, 'type') === 'directory'
  );
}

function folderOfLocal(entry: unknown, folder: string): string | null {
  const source = memberOf(entry, 'source');
  const link = LOCAL_SOURCES.map((kind) => textOf(memberOf(source, kind))).find((found) => found !== null);
  return link === undefined || link === null ? null : resolvePath(folder, link);
}

function resolverOf(tables: readonly Table[]): (need: Need) => string[] {
  const byName = new Map<string, Table[]>();
  for (const table of tables) byName.set(table.name, [...(byName.get(table.name) ?? []), table]);
  // Without a version, all that the name stands for: which one depends on the platform.
  return ({ name, version }) =>
    (byName.get(name) ?? [])
      .filter((table) => version === null || table.version === version)
      .map(({ key }) => key);
}

function graphOf(
  path: string,
  tables: readonly Table[],
  resolve: (need: Need) => string[],
): Map<string, LockNode> {
  const graph = new Map<string, LockNode>();
  for (const { entry, key, name, version, line } of tables) {
    const edges = needsOf(entry).flatMap((need): LockEdge[] =>
      resolve(need).map((to) => ({
        to,
        optional: need.optional,
        ...(need.constraint == null ? {} : { constraint: need.constraint }),
      })),
    );
    const known = graph.get(key);
    graph.set(key, {
      key,
      name,
      version,
      place: known?.place ?? placeOfLine(path, line),
      isBundled: false,
      scope: scopeOfEntry(entry),
      // PDM lists a package again for each of its extras.
      edges: uniqueEdges([...(known?.edges ?? []), ...edges]),
    });
  }
  return graph;
}

function scopeOfEntry(entry: unknown): DependencyScope | null {
  const groups = textsOf(memberOf(entry, 'groups'));
  const category = textOf(memberOf(entry, 'category'));
  const names = category === null ? groups : [category];
  if (names.length === 0) return null;
  if (names.some((name) => name === 'main' || name === 'default'))
    return memberOf(entry, 'optional') === true ? 'optional' : 'runtime';
  return names.every((name) => scopeOfGroup(name, 'dev') === 'test') ? 'test' : 'dev';
}

/** What a package needs: Poetry's table by name, PDM's list of texts, uv's list of tables. */
function needsOf(entry: unknown): Need[] {
  const dependencies = memberOf(entry, 'dependencies');
  if (isRecord(dependencies))
    return membersOf(dependencies).map(([name, value]) => ({
      name: normalisePythonName(name),
      version: null,
      optional: isForExtra(value),
      constraint: textOf(value) ?? textOf(memberOf(value, 'version')),
    }));
  const extras = membersOf(memberOf(entry, 'optional-dependencies')).flatMap(([, list]) =>
    needsIn(list, true),
  );
  return [...needsIn(dependencies, false), ...extras];
}

function isForExtra(value: unknown): boolean {
  const choices = Array.isArray(value) ? value : [value];
  return choices.every(
    (choice) =>
      memberOf(choice, 'optional') === true || extraOfMarker(textOf(memberOf(choice, 'markers'))) !== null,
  );
}

function needsIn(list: unknown, optional: boolean): Need[] {
  return listOf(list).flatMap((item): Need[] => {
    if (typeof item === 'string') {
      const read = readPythonRequirement(item);
      return read === null ? [] : [{ name: read.name, version: null, optional, constraint: read.constraint }];
    }
    const name = textOf(memberOf(item, 'name'), 214);
    return name === null
      ? []
      : [{ name: normalisePythonName(name), version: textOf(memberOf(item, 'version')), optional }];
  });
}

/** What a project of the repository asks for, as uv wrote it. */
function asksOf(entry: unknown): { readonly need: Need; readonly scope: DependencyScope }[] {
  const grouped = (section: string, usual: DependencyScope) =>
    membersOf(memberOf(entry, section)).flatMap(([group, list]) =>
      needsIn(list, false).map((need) => ({ need, scope: scopeOfGroup(group, usual) })),
    );
  return [
    ...needsIn(memberOf(entry, 'dependencies'), false).map((need) => ({ need, scope: 'runtime' as const })),
    ...grouped('optional-dependencies', 'optional'),
    ...grouped('dev-dependencies', 'dev'),
  ];
}
