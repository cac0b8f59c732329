// package-lock.json and npm-shrinkwrap.json, versions 1 to 3 (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockEdge, type LockNode, type LockRoot, uniqueEdges } from '../draft.ts';
import { pathKey, placesInJson } from '../json-places.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { memberOf, membersOf, textOf } from '../outside-value.ts';
import { type JsonFile, readJson } from '../read-json.ts';
import { folderOf, resolvePath } from '../repository-path.ts';
import type { NpmLock } from './npm-lock.ts';
import { readSpecifier } from './specifier.ts';

const MODULES = 'node_modules/';
/** Keys from the root to a package of version 1; real ones have some 20. */
const MOST_NESTED = 200;

/** Packages and folders by install path, as version 2 and 3 have them; version 1 is brought into this shape. */
interface Installed {
  readonly entry: unknown;
  /** Names that it needs → whether it does without, and the range as written. */
  readonly needs: ReadonlyMap<string, Need>;
  readonly isBundled: boolean;
  readonly keyPath: readonly string[];
}

interface Need {
  readonly optional: boolean;
  readonly range: unknown;
}

/** Null when it cannot be read, which is noted. */
export async function readPackageLock(files: ManifestFiles, path: string): Promise<NpmLock | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  const isFlat = memberOf(file.value, 'packages') !== undefined;
  if (
    !isFlat &&
    memberOf(file.value, 'dependencies') === undefined &&
    memberOf(file.value, 'lockfileVersion') === undefined
  ) {
    files.note(
      path,
      phrase`${markOutside(path)} is no lock file of npm: it has neither packages nor dependencies.`,
    );
    return null;
  }
  const installed = isFlat ? installedFlat(file.value) : installedNested(file.value);
  const graph = graphOf(file, installed, isFlat);
  const folder = folderOf(path);
  const local = isFlat
    ? [...installed.keys()].filter((at) => !at.includes(MODULES))
    : foldersNested(installed);
  const folders = new Map(
    local.flatMap((at) => {
      const resolved = at === '' ? folder : resolvePath(folder, at);
      return resolved === null ? [] : [[resolved, at] as const];
    }),
  );
  return {
    path,
    folder,
    graph,
    locksFor: () => [...folders.keys()],
    rootsOf: (asked, manifest) => {
      const at = folders.get(asked);
      if (at === undefined) return [];
      const needs = isFlat
        ? needsWithScope(installed.get(at)?.entry)
        : (manifest?.asks ?? []).map(({ installedAs, scope }) => [installedAs, scope] as const);
      return needs.flatMap(([name, scope]): LockRoot[] => {
        const to = resolveFrom(at, name, installed);
        return to !== null && graph.has(to) ? [{ to, scope }] : [];
      });
    },
  };
}

/** Version 1 has workspaces as packages of the version `file:packages/a`. */
function foldersNested(installed: ReadonlyMap<string, Installed>): string[] {
  const linked = [...installed.values()].flatMap(({ entry }) => {
    const version = textOf(memberOf(entry, 'version'));
    return version?.startsWith('file:') ? version.slice('file:'.length) : [];
  });
  return ['', ...linked];
}

const ROOT_SECTIONS: readonly (readonly [string, DependencyScope])[] = [
  ['devDependencies', 'dev'],
  ['peerDependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['dependencies', 'runtime'],
];

function needsWithScope(entry: unknown): (readonly [string, DependencyScope])[] {
  return ROOT_SECTIONS.flatMap(([section, scope]) =>
    membersOf(memberOf(entry, section)).map(([name]) => [name, scope] as const),
  );
}

function installedFlat(value: unknown): Map<string, Installed> {
  const installed = new Map<string, Installed>();
  for (const [at, entry] of membersOf(memberOf(value, 'packages'))) {
    const needs = new Map<string, Need>();
    const meta = memberOf(entry, 'peerDependenciesMeta');
    for (const [name, range] of membersOf(memberOf(entry, 'peerDependencies')))
      needs.set(name, { optional: memberOf(meta, name, 'optional') === true, range });
    for (const [name, range] of membersOf(memberOf(entry, 'optionalDependencies')))
      needs.set(name, { optional: true, range });
    for (const [name, range] of membersOf(memberOf(entry, 'dependencies')))
      needs.set(name, { optional: false, range });
    installed.set(at, {
      entry,
      needs,
      isBundled: memberOf(entry, 'inBundle') === true,
      keyPath: ['packages', at],
    });
  }
  return installed;
}

function installedNested(value: unknown): Map<string, Installed> {
  const installed = new Map<string, Installed>();
  const open = [{ value, at: '', keyPath: [] as readonly string[] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.keyPath.length >= MOST_NESTED) continue;
    for (const [name, entry] of membersOf(memberOf(next.value, 'dependencies'))) {
      const at = `${next.at === '' ? '' : `${next.at}/`}${MODULES}${name}`;
      const keyPath = [...next.keyPath, 'dependencies', name];
      const needs = new Map(
        membersOf(memberOf(entry, 'requires')).map(
          ([need, range]) => [need, { optional: false, range }] as const,
        ),
      );
      installed.set(at, { entry, needs, isBundled: memberOf(entry, 'bundled') === true, keyPath });
      open.push({ value: entry, at, keyPath });
    }
  }
  return installed;
}

function graphOf(
  file: JsonFile,
  installed: ReadonlyMap<string, Installed>,
  isFlat: boolean,
): Map<string, LockNode> {
  const lines = new LineIndex(file.path, file.text);
  const spans = placesInJson(file.text, (path) =>
    isFlat
      ? path.length === 2 && path[0] === 'packages'
      : path.length <= MOST_NESTED && path.length % 2 === 0 && path.at(-2) === 'dependencies',
  );
  const graph = new Map<string, LockNode>();
  for (const [at, { entry, needs, isBundled, keyPath }] of installed) {
    const written = textOf(memberOf(entry, 'version'));
    if (!at.includes(MODULES) || memberOf(entry, 'link') === true || written === null) continue;
    if (/^(file|link):/.test(written)) continue;
    const installedAs = at.slice(at.lastIndexOf(MODULES) + MODULES.length);
    const alias = readSpecifier(installedAs, written);
    graph.set(at, {
      key: at,
      name: textOf(memberOf(entry, 'name'), 256) ?? alias.name,
      version: alias.constraint ?? written,
      place: lines.wholeLine(spans.get(pathKey(keyPath))?.keyStart ?? 0),
      isBundled,
      scope: markedScope(entry),
      edges: uniqueEdges(edgesOf(at, needs, installed)),
    });
  }
  return graph;
}

function markedScope(entry: unknown): DependencyScope | null {
  if (memberOf(entry, 'dev') === true) return 'dev';
  if (memberOf(entry, 'optional') === true || memberOf(entry, 'devOptional') === true) return 'optional';
  return null;
}

function edgesOf(
  at: string,
  needs: ReadonlyMap<string, Need>,
  installed: ReadonlyMap<string, Installed>,
): LockEdge[] {
  return [...needs].flatMap(([name, { optional, range }]) => {
    const to = resolveFrom(at, name, installed);
    const written = textOf(range);
    const constraint = written === null ? null : readSpecifier(name, written).constraint;
    return to === null ? [] : [{ to, optional, ...(constraint === null ? {} : { constraint }) }];
  });
}

/** Node's way to find a package: the nearest `node_modules` upwards (https://nodejs.org/api/modules.html#loading-from-node_modules-folders). */
function resolveFrom(from: string, name: string, installed: ReadonlyMap<string, Installed>): string | null {
  for (let folder = from; ; folder = folderOf(folder)) {
    if (!folder.endsWith('node_modules')) {
      const candidate = `${folder === '' ? '' : `${folder}/`}${MODULES}${name}`;
      if (installed.has(candidate)) return candidate;
    }
    if (folder === '') return null;
  }
}
