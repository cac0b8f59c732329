// Cargo.lock, versions 1 to 4 (https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html).
import type { LockNode } from '../draft.ts';
import { uniqueEdges } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { listOf, memberOf, textOf, textsOf } from '../outside-value.ts';
import { readToml } from '../read-toml.ts';
import { folderOf } from '../repository-path.ts';

export interface CargoLock {
  readonly path: string;
  readonly folder: string;
  readonly graph: ReadonlyMap<string, LockNode>;
  /** Crates of the repository by name, with the keys that each needs for whatever purpose. */
  readonly local: ReadonlyMap<string, readonly string[]>;
}

/** Null when it cannot be read, which is noted. */
export async function readCargoLock(files: ManifestFiles, path: string): Promise<CargoLock | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const crates = listOf(memberOf(file.value, 'package')).flatMap((entry, index) => {
    const name = textOf(memberOf(entry, 'name'), 128);
    const version = textOf(memberOf(entry, 'version'));
    if (name === null || version === null) return [];
    // Only what comes from somewhere else has a source.
    const isLocal = textOf(memberOf(entry, 'source')) === null;
    return [{ entry, index, name, version, key: `${name}@${version}`, isLocal }];
  });
  const byName = new Map<string, typeof crates>();
  for (const crate of crates) byName.set(crate.name, [...(byName.get(crate.name) ?? []), crate]);
  /** `name`, or `name version` where there are several, or with the source as well. */
  const needsOf = (entry: unknown): string[] =>
    textsOf(memberOf(entry, 'dependencies')).flatMap((written) => {
      const [name = '', version] = written.split(' ');
      return (byName.get(name) ?? [])
        .filter((crate) => !crate.isLocal && (version === undefined || crate.version === version))
        .map(({ key }) => key);
    });
  const graph = new Map<string, LockNode>();
  const local = new Map<string, string[]>();
  for (const { entry, index, name, version, key, isLocal } of crates) {
    const needs = needsOf(entry);
    if (isLocal) local.set(name, [...(local.get(name) ?? []), ...needs]);
    else
      graph.set(key, {
        key,
        name,
        version,
        place: file.places.line(['package', index]),
        isBundled: false,
        scope: null,
        edges: uniqueEdges(needs.map((to) => ({ to, optional: false }))),
      });
  }
  return { path, folder: folderOf(path), graph, local };
}
