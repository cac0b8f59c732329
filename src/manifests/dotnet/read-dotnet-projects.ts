// The .NET world: the project files of a folder, with what stands above them for all (https://learn.microsoft.com/nuget/consume-packages/central-package-management).
import type { DependencyScope } from '#domain/package.ts';
import type { Requirement } from '#domain/project.ts';
import type { LockNode, LockRoot, ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { fileNameOf, foldersUpwards, joinPath } from '../repository-path.ts';
import { type BuildFile, type PackageItem, type PlacedVersion, readBuildFile } from './msbuild.ts';
import { type NugetLock, readNugetLock } from './nuget-lock.ts';

const SHARED = ['Directory.Packages.props', 'Directory.Build.props', 'Directory.Build.targets'];
const PROJECT = /\.(cs|fs|vb)proj$/;

export async function readDotnetProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const built = new Map<string, BuildFile>();
  for (const path of files.paths.filter((each) => !each.endsWith('.json'))) {
    const file = await readBuildFile(files, path);
    if (file !== null) built.set(path, file);
  }
  const drafts: ProjectDraft[] = [];
  for (const [folder, paths] of files.byFolder()) {
    const own = paths.filter((path) => !SHARED.includes(fileNameOf(path)));
    if (own.length === 0) continue;
    const lockPath = own.find((path) => fileNameOf(path) === 'packages.lock.json');
    const lock = lockPath === undefined ? null : await readNugetLock(files, lockPath);
    drafts.push(draftOf(folder, own, built, lock));
  }
  return drafts;
}

function draftOf(
  folder: string,
  paths: readonly string[],
  built: ReadonlyMap<string, BuildFile>,
  lock: NugetLock | null,
): ProjectDraft {
  const shared = sharedFiles(folder, built);
  const projects = paths.filter((path) => PROJECT.test(path)).flatMap((path) => built.get(path) ?? []);
  const config = paths
    .filter((path) => fileNameOf(path) === 'packages.config')
    .flatMap((path) => built.get(path) ?? []);
  const requirements = [
    ...projects.flatMap((project) => referencesOf(project, shared)),
    ...config.flatMap(({ items }) =>
      items.map((item) => requirementOf(item, item.version, scopeOf(item, folder), new Map())),
    ),
  ];
  const names = new Set(requirements.map(({ name }) => name.toLowerCase()));
  const central = shared.flatMap(({ items }) => items.filter(({ kind }) => kind === 'PackageVersion'));
  const project = projects[0];
  return {
    folder,
    ecosystem: 'NuGet',
    name: project === undefined ? null : fileNameOf(project.path).replace(PROJECT, ''),
    files: [...paths, ...(projects.length > 0 ? shared.map(({ path }) => path) : [])],
    requirements,
    overrides: central
      .filter(({ name }) => projects.length > 0 && !names.has(name.toLowerCase()))
      .map((item) => requirementOf(item, item.version, 'runtime', propertiesOf(shared))),
    ...lockOf(lock, config, requirements),
    isMember: false,
  };
}

/** MSBuild takes the nearest of each name and no further one, unless that imports it. */
function sharedFiles(folder: string, built: ReadonlyMap<string, BuildFile>): BuildFile[] {
  return SHARED.flatMap((name) => {
    const nearest = foldersUpwards(folder).flatMap((at) => built.get(joinPath(at, name)) ?? [])[0];
    return nearest ?? [];
  });
}

function propertiesOf(files: readonly BuildFile[]): ReadonlyMap<string, PlacedVersion> {
  return new Map(files.flatMap(({ properties }) => [...properties]));
}

function referencesOf(project: BuildFile, shared: readonly BuildFile[]): Requirement[] {
  const central = new Map(
    shared.flatMap(({ items }) =>
      items.flatMap((item) =>
        item.kind === 'PackageVersion' ? [[item.name.toLowerCase(), item] as const] : [],
      ),
    ),
  );
  const properties = propertiesOf([...shared, project]);
  const references = [...shared, project].flatMap(({ items }) =>
    items.filter(({ kind }) => kind === 'PackageReference' || kind === 'GlobalPackageReference'),
  );
  return references.map((item) => {
    const version = item.override ?? item.version ?? central.get(item.name.toLowerCase())?.version ?? null;
    const scope = item.kind === 'GlobalPackageReference' ? 'dev' : scopeOf(item, project.path);
    return requirementOf(item, version, scope, properties);
  });
}

/** Projects whose name says so hold tests. */
function scopeOf({ isDev }: PackageItem, path: string): DependencyScope {
  if (isDev) return 'dev';
  return /(^|[./_-])(unit|integration)?tests?(\.(cs|fs|vb)proj)?$/i.test(path) ? 'test' : 'runtime';
}

function requirementOf(
  item: PackageItem,
  version: PlacedVersion | null,
  scope: DependencyScope,
  properties: ReadonlyMap<string, PlacedVersion>,
): Requirement {
  const property = /^\$\(([\w.]{1,128})\)$/.exec(version?.text ?? '')?.[1];
  const stands = property === undefined ? version : (properties.get(property.toLowerCase()) ?? version);
  const isOwn = version !== null && (version === item.version || version === item.override);
  const place = isOwn ? version.place : item.place;
  return {
    name: item.name,
    constraint: stands?.text ?? null,
    scope,
    group: null,
    place,
    versionPlace: stands === null || stands.place === place ? null : stands.place,
  };
}

/** packages.config lists all packages, what is needed by others among them, and not what needs what. */
function lockOf(
  lock: NugetLock | null,
  config: readonly BuildFile[],
  requirements: readonly Requirement[],
): Pick<ProjectDraft, 'lock' | 'roots'> {
  if (lock === null) {
    const listed = config
      .flatMap(({ items }) => items)
      .flatMap((item) => (item.version === null ? [] : [{ item, version: item.version.text }]));
    if (listed.length === 0) return { lock: null, roots: [] };
    const nodes = listed.map(({ item, version }): LockNode => {
      const key = `${item.name}@${version}`;
      const scope = item.isDev ? 'dev' : null;
      return { key, name: item.name, version, place: item.place, isBundled: false, scope, edges: [] };
    });
    const roots = nodes.map(({ key, scope }): LockRoot => ({ to: key, scope: scope ?? 'runtime' }));
    return { lock: new Map(nodes.map((node) => [node.key, node])), roots };
  }
  const scopes = new Map(requirements.map(({ name, scope }) => [name.toLowerCase(), scope]));
  const roots = lock.direct.map((to): LockRoot => {
    const name = lock.graph.get(to)?.name.toLowerCase() ?? '';
    return { to, scope: scopes.get(name) ?? 'runtime' };
  });
  return { lock: lock.graph, roots };
}
