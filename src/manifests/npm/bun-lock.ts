// bun.lock, the text lock file of Bun 1.2 and later (https://bun.com/docs/pm/lockfile).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockEdge, type LockNode, type LockRoot, uniqueEdges } from '../draft.ts';
import { pathKey, placesInJson } from '../json-places.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { listOf, memberOf, membersOf, textOf, textsOf } from '../outside-value.ts';
import { type JsonFile, readJson } from '../read-json.ts';
import { folderOf, resolvePath } from '../repository-path.ts';
import type { NpmLock } from './npm-lock.ts';
import { readSpecifier } from './specifier.ts';

const ROOT_SECTIONS: readonly (readonly [section: string, scope: DependencyScope])[] = [
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'runtime'],
  ['dependencies', 'runtime'],
];

/** Null when it cannot be read, which is noted. */
export async function readBunLock(files: ManifestFiles, path: string): Promise<NpmLock | null> {
  const file = await readJson(files, path, { comments: true });
  if (file === null) return null;
  const packages = new Map(membersOf(memberOf(file.value, 'packages')));
  if (packages.size === 0 && memberOf(file.value, 'workspaces') === undefined) {
    files.note(
      path,
      phrase`${markOutside(path)} is no lock file of Bun: it has neither packages nor workspaces.`,
    );
    return null;
  }
  const graph = graphOf(file, packages);
  const folder = folderOf(path);
  const workspaces = new Map<string, unknown>();
  for (const [at, workspace] of membersOf(memberOf(file.value, 'workspaces'))) {
    const resolved = resolvePath(folder, at);
    if (resolved !== null) workspaces.set(resolved, workspace);
  }
  return {
    path,
    folder,
    graph,
    locksFor: () => [...workspaces.keys()],
    rootsOf: (asked) => {
      const workspace = workspaces.get(asked);
      const own = textOf(memberOf(workspace, 'name')) ?? '';
      return ROOT_SECTIONS.flatMap(([section, scope]) =>
        membersOf(memberOf(workspace, section)).flatMap(([name]): LockRoot[] => {
          const to = resolveFrom(own, name, packages);
          return to !== null && graph.has(to) ? [{ to, scope }] : [];
        }),
      );
    },
  };
}

function graphOf(file: JsonFile, packages: ReadonlyMap<string, unknown>): Map<string, LockNode> {
  const lines = new LineIndex(file.path, file.text);
  const spans = placesInJson(file.text, (path) => path.length === 2 && path[0] === 'packages');
  const graph = new Map<string, LockNode>();
  for (const [key, entry] of packages) {
    const resolution = textOf(listOf(entry)[0]) ?? '';
    const at = resolution.indexOf('@', 1);
    const version = resolution.slice(at + 1);
    if (at <= 0 || key.length > 4_096 || /^(workspace|file|link):/.test(version)) continue;
    // The member with the needs comes third for a registry's package, second for others.
    const about = listOf(entry).find((part) => typeof part === 'object' && part !== null);
    const optionalPeers = new Set(textsOf(memberOf(about, 'optionalPeers')));
    const needs = (section: string, optional: boolean): LockEdge[] =>
      membersOf(memberOf(about, section)).flatMap(([name, range]) => {
        const to = resolveFrom(key, name, packages);
        const constraint = readSpecifier(name, textOf(range) ?? '').constraint;
        const asked = constraint === null ? {} : { constraint };
        return to === null ? [] : [{ to, optional: optional || optionalPeers.has(name), ...asked }];
      });
    graph.set(key, {
      key,
      name: resolution.slice(0, at),
      version,
      place: lines.wholeLine(spans.get(pathKey(['packages', key]))?.keyStart ?? 0),
      isBundled: memberOf(about, 'bundled') === true,
      scope: null,
      edges: uniqueEdges([
        ...needs('peerDependencies', false),
        ...needs('optionalDependencies', true),
        ...needs('dependencies', false),
      ]),
    });
  }
  return graph;
}

/** `a/b` is what `a` finds as `b` where that is not the `b` of all. */
function resolveFrom(from: string, name: string, packages: ReadonlyMap<string, unknown>): string | null {
  for (let at = from; at !== ''; at = folderOf(at)) {
    const candidate = `${at}/${name}`;
    if (packages.has(candidate)) return candidate;
  }
  return packages.has(name) ? name : null;
}
