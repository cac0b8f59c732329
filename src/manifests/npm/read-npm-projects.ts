// The npm world: every package.json with the lock file that holds for it, its own or that of the workspace above it.
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { LockRoot, ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { fileNameOf, foldersUpwards, joinPath } from '../repository-path.ts';
import type { NpmLock } from './npm-lock.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';
import { pnpmOverridesFile } from './pnpm-overrides-file.ts';
import type { PnpmWorkspace } from './pnpm-workspace.ts';

/** Lock files, the one that npm itself prefers first; each reader is loaded only where there is such a file. */
const LOCKS: readonly {
  readonly fileName: string;
  readonly manager: string;
  readonly read: (files: ManifestFiles, path: string) => Promise<NpmLock | null>;
}[] = [
  { fileName: 'npm-shrinkwrap.json', manager: 'npm', read: readNpms },
  { fileName: 'package-lock.json', manager: 'npm', read: readNpms },
  {
    fileName: 'pnpm-lock.yaml',
    manager: 'pnpm',
    read: async (files, path) => (await import('./pnpm-lock.ts')).readPnpmLock(files, path),
  },
  {
    fileName: 'yarn.lock',
    manager: 'yarn',
    read: async (files, path) => (await import('./yarn-lock.ts')).readYarnLock(files, path),
  },
  {
    fileName: 'bun.lock',
    manager: 'bun',
    read: async (files, path) => (await import('./bun-lock.ts')).readBunLock(files, path),
  },
];

async function readNpms(files: ManifestFiles, path: string): Promise<NpmLock | null> {
  return (await import('./package-lock.ts')).readPackageLock(files, path);
}

export async function readNpmProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const manifests = new Map<string, PackageJson>();
  const locks = new Map<string, NpmLock>();
  const folders = files.byFolder();
  for (const [folder, paths] of folders) {
    if (!paths.includes(joinPath(folder, 'package.json'))) continue;
    const manifest = await readPackageJson(files, joinPath(folder, 'package.json'));
    if (manifest !== null) manifests.set(folder, manifest);
  }
  const workspaces = await readWorkspaces(files);
  resolveCatalogs(workspaces, manifests);
  for (const [folder, paths] of folders) {
    const lock = await readLockOf(files, paths, manifests.get(folder) ?? null);
    if (lock !== null) locks.set(folder, lock);
  }
  const overridesFiles = new Map(
    [...locks].map(([folder, { pnpmFormat }]) => [
      folder,
      pnpmFormat === undefined
        ? undefined
        : pnpmOverridesFile(folder, {
            ...{ format: pnpmFormat, manifest: manifests.get(folder) ?? null },
            workspace: workspaces.get(folder) ?? null,
          }),
    ]),
  );
  const membersOfLock = new Map(
    [...locks].map(([folder, lock]) => [folder, new Set(lock.locksFor(manifests))] as const),
  );
  return [...folders].flatMap(([folder, paths]): ProjectDraft[] => {
    // What pnpm says for its whole workspace is no project.
    if (paths.every((path) => fileNameOf(path) === 'pnpm-workspace.yaml')) return [];
    const own = locks.get(folder);
    if (own !== undefined) {
      const members = [...(membersOfLock.get(folder) ?? [])].filter((at) => at === folder || !locks.has(at));
      const holder = holderOf(own, folder, paths, members, manifests);
      return [{ ...holder, overridesFile: overridesFiles.get(folder) }];
    }
    const above = foldersUpwards(folder).find((at) => membersOfLock.get(at)?.has(folder));
    const lock = above === undefined ? undefined : locks.get(above);
    const member = memberOfLock(lock ?? null, folder, paths, manifests.get(folder) ?? null);
    return [{ ...member, overridesFile: above === undefined ? undefined : overridesFiles.get(above) }];
  });
}

async function readLockOf(
  files: ManifestFiles,
  paths: readonly string[],
  manifest: PackageJson | null,
): Promise<NpmLock | null> {
  const present = LOCKS.flatMap((lock) => {
    const path = paths.find((candidate) => fileNameOf(candidate) === lock.fileName);
    return path === undefined ? [] : [{ ...lock, path }];
  });
  const manager = manifest?.packageManager?.split('@')[0];
  const chosen = present.find((lock) => lock.manager === manager) ?? present[0];
  if (chosen === undefined) return null;
  for (const { path } of present)
    if (path !== chosen.path)
      files.note(
        path,
        phrase`${markOutside(path)} is not read: ${markOutside(chosen.path)} is taken for the lock file in use.`,
      );
  return chosen.read(files, chosen.path);
}

/** The project beside the lock file: it asks for what its workspaces ask for as well. */
function holderOf(
  lock: NpmLock,
  folder: string,
  paths: readonly string[],
  members: readonly string[],
  manifests: ReadonlyMap<string, PackageJson>,
): ProjectDraft {
  const held = members.flatMap((at) => manifests.get(at) ?? []);
  const manifest = manifests.get(folder) ?? null;
  const ofMembers = held.filter((member) => member !== manifest);
  return {
    folder,
    ecosystem: 'npm',
    name: manifest?.name ?? null,
    files: [...paths, ...ofMembers.map(({ path }) => path)],
    requirements: [
      ...(manifest?.requirements ?? []),
      ...ofMembers.flatMap(({ requirements }) => requirements),
    ],
    overrides: manifest?.overrides ?? [],
    lock: lock.graph,
    lockTool: lock.tool,
    roots: members.flatMap((at): readonly LockRoot[] => lock.rootsOf(at, manifests.get(at) ?? null)),
    isMember: false,
  };
}

function memberOfLock(
  lock: NpmLock | null,
  folder: string,
  paths: readonly string[],
  manifest: PackageJson | null,
): ProjectDraft {
  return {
    folder,
    ecosystem: 'npm',
    name: manifest?.name ?? null,
    files: lock === null ? paths : [...paths, lock.path],
    requirements: manifest?.requirements ?? [],
    overrides: manifest?.overrides ?? [],
    lock: lock?.graph ?? null,
    lockTool: lock?.tool,
    roots: lock?.rootsOf(folder, manifest) ?? [],
    isMember: true,
  };
}

/** What pnpm-workspace.yaml says, by its folder. */
async function readWorkspaces(files: ManifestFiles): Promise<ReadonlyMap<string, PnpmWorkspace>> {
  const workspaces = new Map<string, PnpmWorkspace>();
  for (const path of files.named('pnpm-workspace.yaml')) {
    const { readPnpmWorkspace } = await import('./pnpm-workspace.ts');
    const workspace = await readPnpmWorkspace(files, path);
    if (workspace !== null) workspaces.set(workspace.folder, workspace);
  }
  return workspaces;
}

/** pnpm's `catalog:` means a range in pnpm-workspace.yaml (https://pnpm.io/catalogs). */
function resolveCatalogs(
  workspaces: ReadonlyMap<string, PnpmWorkspace>,
  manifests: Map<string, PackageJson>,
): void {
  const asksCatalog = ({ constraint }: Requirement) => constraint?.startsWith('catalog:') === true;
  for (const workspace of workspaces.values())
    for (const [folder, manifest] of manifests) {
      if (!foldersUpwards(folder).includes(workspace.folder)) continue;
      manifests.set(folder, {
        ...manifest,
        overrides:
          folder === workspace.folder ? [...manifest.overrides, ...workspace.overrides] : manifest.overrides,
        requirements: manifest.requirements.map((requirement) =>
          asksCatalog(requirement) ? workspace.resolve(requirement) : requirement,
        ),
      });
    }
}
