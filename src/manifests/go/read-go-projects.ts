// The Go world: go.mod is manifest and lock file in one; it has no graph, so of an indirect module nobody says what needs it.
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { LockNode, ProjectDraft } from '../draft.ts';
import { placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { joinPath } from '../repository-path.ts';
import { type GoMod, modulesOfGoSum, readGoMod, replacementOf } from './go-mod.ts';

export async function readGoProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const drafts: ProjectDraft[] = [];
  for (const path of files.named('go.mod')) {
    const module = await readGoMod(files, path);
    const folder = module?.folder ?? path.slice(0, -'/go.mod'.length);
    const paths = [path, joinPath(folder, 'go.sum')].filter((candidate) => files.paths.includes(candidate));
    const empty = { folder, ecosystem: 'Go', files: paths, overrides: [], isMember: false };
    if (module === null) {
      drafts.push({ ...empty, name: null, requirements: [], lock: null, roots: [] });
      continue;
    }
    const lock = new Map(requiredModules(module).map((node) => [node.key, node] as const));
    if (!listsAllModules(module)) {
      for (const node of await summedModules(files, module))
        if (!lock.has(node.key)) lock.set(node.key, node);
      files.note(
        path,
        phrase`${markOutside(path)} is of a Go before 1.17: what its dependencies need is taken from go.sum, where it can be out of date.`,
      );
    }
    const direct = module.requires.filter(({ isIndirect }) => !isIndirect);
    drafts.push({
      ...empty,
      name: module.name,
      requirements: module.requires.map((require) => requirementOf(require, module)),
      lock,
      roots: direct.map((require) => ({ to: keyOf(effective(require, module)), scope: 'runtime' as const })),
    });
  }
  return drafts;
}

/** From 1.17 on a go.mod lists every module that provides a package (https://go.dev/ref/mod#go-mod-file-go). */
function listsAllModules({ goVersion }: GoMod): boolean {
  const [major = 0, minor = 0] = (goVersion ?? '1.16').split('.').map(Number);
  return major > 1 || minor >= 17;
}

function keyOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}

/** The module that is built: a `replace` may put another one in its place; null by a folder. */
function effective(
  require: GoMod['requires'][number],
  { replaces }: GoMod,
): { readonly name: string; readonly version: string } {
  return replacementOf(require, replaces)?.by ?? require;
}

function requirementOf(require: GoMod['requires'][number], module: GoMod): Requirement {
  const { name, version, place, isIndirect } = require;
  const replace = replacementOf(require, module.replaces);
  return {
    name,
    constraint: replace?.by?.version ?? version,
    scope: 'runtime',
    group: isIndirect ? 'indirect' : null,
    place,
    versionPlace: replace?.by?.place ?? null,
  };
}

/** Whether a module is there for tools or tests alone go.mod does not say: all of them count as used. */
function requiredModules(module: GoMod): LockNode[] {
  return module.requires.flatMap((require): LockNode[] => {
    const replace = replacementOf(require, module.replaces);
    // A folder of the repository, or of the machine, has no version.
    if (replace !== undefined && replace.by === null) return [];
    const { name, version } = replace?.by ?? require;
    return [
      {
        key: keyOf({ name, version }),
        name,
        version,
        place: placeOfLine(module.path, (replace?.by?.place ?? require.place).startLine),
        isBundled: false,
        scope: null,
        edges: [],
      },
    ];
  });
}

/** What go.sum knows beyond go.mod: of each module the last, which is the highest version it lists. */
async function summedModules(files: ManifestFiles, module: GoMod): Promise<LockNode[]> {
  const path = joinPath(module.folder, 'go.sum');
  const text = files.has(path) ? await files.text(path) : null;
  if (text === null) return [];
  const required = new Set(module.requires.map(({ name }) => name));
  const last = new Map(modulesOfGoSum(path, text).map((found) => [found.name, found] as const));
  return [...last.values()]
    .filter(({ name }) => !required.has(name))
    .map(({ name, version, place }) => ({
      key: keyOf({ name, version }),
      name,
      version,
      place,
      isBundled: false,
      scope: null,
      edges: [],
    }));
}
