// The Rust world: every Cargo.toml with the Cargo.lock beside it, or that of the workspace above it.
import type { DependencyScope } from '#domain/package.ts';
import type { LockRoot, ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf, foldersUpwards } from '../repository-path.ts';
import { type CargoLock, readCargoLock } from './cargo-lock.ts';
import { type CargoManifest, inherit, readCargoToml } from './cargo-toml.ts';

export async function readRustProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const written = new Map<string, CargoManifest>();
  const locks = new Map<string, CargoLock>();
  for (const path of files.named('Cargo.toml')) {
    const manifest = await readCargoToml(files, path);
    if (manifest !== null) written.set(manifest.folder, manifest);
  }
  for (const path of files.named('Cargo.lock')) {
    const lock = await readCargoLock(files, path);
    if (lock !== null) locks.set(lock.folder, lock);
  }
  const manifests = new Map(
    [...written].map(([folder, manifest]) => {
      const root = foldersUpwards(folder)
        .flatMap((at) => written.get(at) ?? [])
        .find(({ isWorkspace }) => isWorkspace);
      return [folder, root === undefined ? manifest : inherit(manifest, root)] as const;
    }),
  );
  /** The lock file that names the crate: the nearest. */
  const lockOf = (folder: string): CargoLock | null => {
    const name = manifests.get(folder)?.name ?? null;
    const found = foldersUpwards(folder).flatMap((at) => locks.get(at) ?? []);
    return found.find((lock) => lock.folder === folder || (name !== null && lock.local.has(name))) ?? null;
  };
  const folders = new Set(files.paths.map(folderOf));
  return [...folders].map((folder): ProjectDraft => {
    const manifest = manifests.get(folder) ?? null;
    const lock = lockOf(folder);
    const isMember = lock !== null && lock.folder !== folder;
    const members =
      lock === null || isMember
        ? []
        : [...manifests.values()].filter((other) => other !== manifest && lockOf(other.folder) === lock);
    const asking = [...(manifest === null ? [] : [manifest]), ...members];
    return {
      folder,
      ecosystem: 'crates.io',
      name: manifest?.name ?? null,
      files: [
        ...files.paths.filter((path) => folderOf(path) === folder),
        ...(isMember && lock !== null ? [lock.path] : []),
        ...members.map(({ path }) => path),
      ],
      requirements: asking.flatMap(({ requirements }) => requirements),
      overrides: [],
      lock: lock?.graph ?? null,
      roots: lock === null ? [] : asking.flatMap((each) => rootsOf(each, lock)),
      isMember,
    };
  });
}

/** The lock file knows which crate is meant, the manifest what for. */
function rootsOf({ name, requirements }: CargoManifest, lock: CargoLock): LockRoot[] {
  return (lock.local.get(name ?? '') ?? []).flatMap((to) => {
    const scopes = requirements
      .filter((each) => each.name === lock.graph.get(to)?.name)
      .map(({ scope }) => scope);
    return (scopes.length === 0 ? (['runtime'] as DependencyScope[]) : scopes).map((scope) => ({
      to,
      scope,
    }));
  });
}
