// The Python world: what a folder's manifests ask for together, with the lock file beside them or that of the workspace above.
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { LockGraph, LockNode, LockRoot, ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { fileNameOf, folderOf, foldersUpwards } from '../repository-path.ts';
import type { PythonManifest } from './pyproject.ts';
import type { PythonLock } from './python-lock.ts';
import { type CompiledPackage, type RequirementsFile, readRequirements } from './requirements-txt.ts';

type Reader<T> = (files: ManifestFiles, path: string) => Promise<T | null>;

const readTomlLock: Reader<PythonLock> = async (files, path) =>
  (await import('./toml-lock.ts')).readTomlLock(files, path);

const LOCKS: ReadonlyMap<string, Reader<PythonLock>> = new Map([
  ['uv.lock', readTomlLock],
  ['poetry.lock', readTomlLock],
  ['pdm.lock', readTomlLock],
  ['Pipfile.lock', async (files, path) => (await import('./pipfile.ts')).readPipfileLock(files, path)],
]);

const MANIFESTS: ReadonlyMap<string, Reader<PythonManifest>> = new Map([
  ['pyproject.toml', async (files, path) => (await import('./pyproject.ts')).readPyproject(files, path)],
  ['Pipfile', async (files, path) => (await import('./pipfile.ts')).readPipfile(files, path)],
  ['setup.cfg', async (files, path) => (await import('./setup-files.ts')).readSetupCfg(files, path)],
  ['setup.py', async (files, path) => (await import('./setup-files.ts')).readSetupPy(files, path)],
]);

interface Folder {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly manifests: readonly PythonManifest[];
  readonly lists: readonly RequirementsFile[];
  readonly lock: PythonLock | null;
}

export async function readPythonProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const folders: Folder[] = [];
  for (const [folder, paths] of foldersOf(files)) {
    const manifests: PythonManifest[] = [];
    for (const [fileName, read] of MANIFESTS) {
      const path = paths.find(
        (candidate) => folderOf(candidate) === folder && fileNameOf(candidate) === fileName,
      );
      const manifest = path === undefined ? null : await read(files, path);
      if (manifest !== null) manifests.push(manifest);
    }
    const lists = await readLists(files, paths);
    folders.push({ folder, paths, manifests, lists, lock: await readLockOf(files, folder, paths) });
  }
  const locks = new Map(
    folders.flatMap(({ folder, lock }) => (lock === null ? [] : [[folder, lock] as const])),
  );
  return folders.map((folder) => draftOf(folder, folders, locks));
}

/** `requirements/dev.txt` belongs to the folder above. */
function foldersOf(files: ManifestFiles): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of files.paths) {
    const at = folderOf(path);
    const folder = /(^|\/)requirements$/.test(at) && /\.(txt|in)$/.test(path) ? folderOf(at) : at;
    found.set(folder, [...(found.get(folder) ?? []), path]);
  }
  return found;
}

/** Lists of requirements, and the lists that they include: each once. */
async function readLists(files: ManifestFiles, paths: readonly string[]): Promise<RequirementsFile[]> {
  const read = new Map<string, RequirementsFile>();
  const constraints = new Set<string>();
  const open = paths.filter((path) => /\.(txt|in)$/.test(path));
  for (let path = open.shift(); path !== undefined && read.size < 200; path = open.shift()) {
    if (read.has(path)) continue;
    const list = await readRequirements(files, path);
    if (list === null) continue;
    read.set(path, list);
    for (const included of list.constraints) constraints.add(included);
    open.push(...list.includes, ...list.constraints);
  }
  // A file of constraints asks for nothing.
  const asked = new Set([...read.values()].flatMap(({ includes }) => includes));
  return [...read.values()].map((list) =>
    constraints.has(list.path) && !asked.has(list.path) && !/requirements/.test(list.path)
      ? asConstraints(list)
      : list,
  );
}

function asConstraints(list: RequirementsFile): RequirementsFile {
  return {
    ...list,
    requirements: list.requirements.map((each) => ({ ...each, group: 'constraints' })),
    compiled: null,
  };
}

async function readLockOf(
  files: ManifestFiles,
  folder: string,
  paths: readonly string[],
): Promise<PythonLock | null> {
  const present = [...LOCKS].flatMap(([fileName, read]) => {
    const path = paths.find(
      (candidate) => folderOf(candidate) === folder && fileNameOf(candidate) === fileName,
    );
    return path === undefined ? [] : [{ read, path }];
  });
  const [chosen, ...others] = present;
  if (chosen === undefined) return null;
  for (const { path } of others)
    files.note(
      path,
      phrase`${markOutside(path)} is not read: ${markOutside(chosen.path)} is taken for the lock file in use.`,
    );
  return chosen.read(files, chosen.path);
}

function draftOf(at: Folder, all: readonly Folder[], locks: ReadonlyMap<string, PythonLock>): ProjectDraft {
  const { folder, lock, manifests, lists } = at;
  const above = foldersUpwards(folder).find((upper) =>
    locks.get(upper)?.local.some((project) => project.folder === folder),
  );
  const holding = lock ?? (above === undefined ? null : (locks.get(above) ?? null));
  const isMember = lock === null && holding !== null;
  const members =
    lock === null
      ? []
      : all.filter((other) => other !== at && lock.local.some((project) => project.folder === other.folder));
  const own = [at, ...members].flatMap((each) => [
    ...each.manifests.flatMap(({ requirements }) => requirements),
    ...each.lists.flatMap((list) => directRequirements(list)),
  ]);
  const requirements = own.filter(({ group }) => group !== 'constraints');
  const compiled = lists.flatMap((list) => list.compiled ?? []);
  const draft = {
    folder,
    ecosystem: 'PyPI',
    name: manifests.map(({ name }) => name).find((name) => name !== null) ?? null,
    files: [
      ...at.paths,
      ...lists.map(({ path }) => path),
      ...(isMember && holding !== null ? [holding.path] : []),
      ...members.flatMap((member) => member.manifests.map(({ path }) => path)),
    ],
    requirements,
    overrides: [
      ...manifests.flatMap(({ overrides }) => overrides),
      ...own.filter(({ group }) => group === 'constraints'),
    ],
  };
  if (holding === null && compiled.length > 0)
    return { ...draft, ...compiledLock(compiled), isMember: false };
  const roots = holding === null ? [] : rootsIn(holding, folder, isMember, requirements);
  return { ...draft, lock: holding?.graph ?? null, roots, isMember };
}

/** Of a list that a resolver wrote, only what a person asked for. */
function directRequirements({ requirements, compiled }: RequirementsFile): readonly Requirement[] {
  if (compiled === null) return requirements;
  const transitive = new Set(compiled.filter(({ isDirect }) => !isDirect).map(({ node }) => node.name));
  return requirements.filter(({ name }) => !transitive.has(name));
}

function compiledLock(compiled: readonly CompiledPackage[]): {
  readonly lock: LockGraph;
  readonly roots: LockRoot[];
} {
  const keys = new Map<string, string[]>();
  for (const { node } of compiled)
    keys.set(node.name, [...new Set([...(keys.get(node.name) ?? []), node.key])]);
  const needs = new Map<string, Set<string>>();
  for (const { node, via } of compiled)
    for (const needer of via) needs.set(needer, (needs.get(needer) ?? new Set()).add(node.key));
  const lock = new Map<string, LockNode>();
  for (const { node } of compiled)
    lock.set(node.key, {
      ...node,
      edges: [...(needs.get(node.name) ?? [])].map((to) => ({ to, optional: false })),
    });
  const roots = compiled
    .filter(({ isDirect }) => isDirect)
    .map(({ node }) => ({ to: node.key, scope: node.scope ?? 'runtime' }) as const);
  return { lock, roots };
}

/** What the lock file says that the folder asks for, else what the manifests say, by name. */
function rootsIn(
  lock: PythonLock,
  folder: string,
  isMember: boolean,
  requirements: readonly Requirement[],
): readonly LockRoot[] {
  const said = lock.local
    .filter((project) => !isMember || project.folder === folder)
    .flatMap(({ asks }) => asks);
  if (said.length > 0) return said;
  const byName = new Map<string, LockNode[]>();
  for (const node of lock.graph.values()) byName.set(node.name, [...(byName.get(node.name) ?? []), node]);
  return requirements.flatMap(({ name, scope }) =>
    (byName.get(name) ?? []).map(({ key }): LockRoot => ({ to: key, scope })),
  );
}
