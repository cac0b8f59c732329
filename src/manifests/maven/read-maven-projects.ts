// The Java world: pom.xml with its parents in the repository, and Gradle's build files with their catalog and lock files.
import type { Requirement } from '#domain/project.ts';
import type { LockNode, ProjectDraft } from '../draft.ts';
import { placeInLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { fileNameOf, folderOf, foldersUpwards } from '../repository-path.ts';
import { rootsByName } from '../roots-by-name.ts';
import type { GradleBuild, GradleValue } from './gradle-build.ts';
import type { VersionCatalog } from './version-catalog.ts';

const BUILD_LOGIC = /(^|\/)(buildSrc|build-logic)(\/|$)/;

export async function readMavenProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const drafts = [...(await readPoms(files)), ...(await readGradles(files))];
  const byFolder = new Map<string, ProjectDraft>();
  // A folder that is built with both is one project.
  for (const draft of drafts) {
    const known = byFolder.get(draft.folder);
    byFolder.set(draft.folder, known === undefined ? draft : joined(known, draft));
  }
  return [...byFolder.values()];
}

function joined(one: ProjectDraft, other: ProjectDraft): ProjectDraft {
  return {
    ...one,
    name: one.name ?? other.name,
    files: [...one.files, ...other.files],
    requirements: [...one.requirements, ...other.requirements],
    overrides: [...one.overrides, ...other.overrides],
    lock: other.lock ?? one.lock,
    roots: [...one.roots, ...other.roots],
  };
}

function emptyProject(folder: string): ProjectDraft {
  return {
    folder,
    ecosystem: 'Maven',
    name: null,
    files: [],
    requirements: [],
    overrides: [],
    lock: null,
    roots: [],
    isMember: false,
  };
}

async function readPoms(files: ManifestFiles): Promise<ProjectDraft[]> {
  const paths = files.named('pom.xml');
  if (paths.length === 0) return [];
  const { readPom } = await import('./pom.ts');
  const { effectivePom } = await import('./effective-poms.ts');
  const read = await Promise.all(paths.map(async (path) => [path, await readPom(files, path)] as const));
  const poms = new Map(read.flatMap(([path, pom]) => (pom === null ? [] : [[path, pom] as const])));
  return read.map(([path, pom]) => {
    if (pom === null) return { ...emptyProject(folderOf(path)), files: [path] };
    const { requirements, overrides, parents, name } = effectivePom(pom, poms);
    return { ...emptyProject(pom.folder), name, requirements, overrides, files: [path, ...parents] };
  });
}

async function readGradles(files: ManifestFiles): Promise<ProjectDraft[]> {
  const buildPaths = files.paths.filter((path) => /\.gradle(\.kts)?$/.test(path));
  const lockPaths = files.paths.filter((path) => path.endsWith('gradle.lockfile'));
  if (buildPaths.length + lockPaths.length === 0) return [];
  const { readGradleBuild, gradleRequirements } = await import('./gradle-build.ts');
  const { readGradleLock } = await import('./gradle-lock.ts');
  const builds: GradleBuild[] = [];
  for (const path of buildPaths) {
    const build = await readGradleBuild(files, path);
    if (build !== null) builds.push(build);
  }
  const catalogs = await readCatalogs(files);
  const properties = await readProperties(files);
  const folders = new Set([...buildPaths, ...lockPaths].map(folderOf));
  const drafts: ProjectDraft[] = [];
  for (const folder of folders) {
    const requirements: Requirement[] = [];
    const overrides: Requirement[] = [];
    const values = valuesFor(folder, builds, properties);
    const catalog = foldersUpwards(folder).flatMap((at) => catalogs.get(at) ?? [])[0] ?? null;
    for (const build of builds.filter((each) => each.folder === folder)) {
      const found = gradleRequirements(build, values, catalog, files);
      // The program that builds is no part of the program that is built.
      requirements.push(
        ...(BUILD_LOGIC.test(folder)
          ? found.requirements.map((each) => ({ ...each, scope: 'dev' as const }))
          : found.requirements),
      );
      overrides.push(...found.overrides);
    }
    const own = lockPaths.filter((path) => folderOf(path) === folder);
    const locks: LockNode[] = [];
    for (const path of own) locks.push(...readGradleLock(path, (await files.text(path)) ?? '').values());
    const lock = own.length === 0 ? null : new Map(locks.map((node) => [node.key, node] as const));
    const usesCatalog =
      catalog !== null && requirements.some(({ versionPlace }) => versionPlace?.path === catalog.path);
    drafts.push({
      ...emptyProject(folder),
      files: [...buildPaths, ...own]
        .filter((path) => folderOf(path) === folder)
        .concat(usesCatalog ? [catalog.path] : []),
      requirements,
      overrides,
      lock,
      roots: lock === null ? [] : rootsByName(requirements, lock),
    });
  }
  return drafts;
}

/** Version catalogs by the folder of the build that they are for. */
async function readCatalogs(files: ManifestFiles): Promise<Map<string, VersionCatalog>> {
  const catalogs = new Map<string, VersionCatalog>();
  for (const path of files.named('libs.versions.toml')) {
    const { readVersionCatalog } = await import('./version-catalog.ts');
    const catalog = await readVersionCatalog(files, path);
    const at = folderOf(path);
    if (catalog !== null) catalogs.set(fileNameOf(at) === 'gradle' ? folderOf(at) : at, catalog);
  }
  return catalogs;
}

async function readProperties(files: ManifestFiles): Promise<Map<string, ReadonlyMap<string, GradleValue>>> {
  const found = new Map<string, ReadonlyMap<string, GradleValue>>();
  for (const path of files.named('gradle.properties')) {
    const values = new Map<string, GradleValue>();
    for (const [index, raw] of ((await files.text(path, 256 * 1024)) ?? '').split('\n').entries()) {
      const [whole, name, text] =
        /^\s*(\w{1,100})\s*[=:]\s*([^\s]{1,100})\s*$/.exec(raw.slice(0, 1_024)) ?? [];
      if (whole === undefined || name === undefined || text === undefined) continue;
      const start = whole.trimEnd().length - text.length;
      values.set(name, { text, place: placeInLine(path, index + 1, start + 1, start + text.length + 1) });
    }
    found.set(folderOf(path), values);
  }
  return found;
}

/** What is set in a folder goes before what is set above it. */
function valuesFor(
  folder: string,
  builds: readonly GradleBuild[],
  properties: ReadonlyMap<string, ReadonlyMap<string, GradleValue>>,
): ReadonlyMap<string, GradleValue> {
  const values = new Map<string, GradleValue>();
  for (const at of foldersUpwards(folder).reverse()) {
    for (const [name, value] of properties.get(at) ?? []) values.set(name, value);
    for (const build of builds)
      if (build.folder === at) for (const [name, value] of build.values) values.set(name, value);
  }
  return values;
}
