// packages.lock.json of NuGet (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies).
import { type LockNode, uniqueEdges } from '../draft.ts';
import { JsonPlaces } from '../json-file-places.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { memberOf, membersOf, textOf } from '../outside-value.ts';
import { readJson } from '../read-json.ts';

export interface NugetLock {
  readonly graph: ReadonlyMap<string, LockNode>;
  /** Keys of what the project asks for itself. */
  readonly direct: readonly string[];
}

/** All target frameworks together; null when it cannot be read, which is noted. */
export async function readNugetLock(files: ManifestFiles, path: string): Promise<NugetLock | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  const places = new JsonPlaces(file, 3);
  const graph = new Map<string, LockNode>();
  const direct = new Set<string>();
  for (const [framework, packages] of membersOf(memberOf(file.value, 'dependencies'))) {
    const keys = new Map<string, string>();
    const listed = membersOf(packages).flatMap(([name, entry]) => {
      const version = textOf(memberOf(entry, 'resolved'));
      // A project of the repository is resolved to nothing.
      if (version === null || memberOf(entry, 'type') === 'Project') return [];
      keys.set(name.toLowerCase(), `${name}@${version}`);
      return [{ name, version, entry, key: `${name}@${version}` }];
    });
    for (const { name, version, entry, key } of listed) {
      if (memberOf(entry, 'type') === 'Direct') direct.add(key);
      const known = graph.get(key);
      const edges = membersOf(memberOf(entry, 'dependencies')).flatMap(([need]) => {
        const to = keys.get(need.toLowerCase());
        return to === undefined ? [] : [{ to, optional: false }];
      });
      graph.set(key, {
        key,
        name,
        version,
        place: known?.place ?? places.line(['dependencies', framework, name]),
        isBundled: false,
        scope: null,
        edges: uniqueEdges([...(known?.edges ?? []), ...edges]),
      });
    }
  }
  return { graph, direct: [...direct] };
}
