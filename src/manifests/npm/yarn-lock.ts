// yarn.lock of yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) and of yarn 2 and later (https://yarnpkg.com/getting-started/qa#should-lockfiles-be-committed-to-the-repository).
import { phrase } from '#domain/phrase.ts';
import { compileGlobs, globProblem } from '#support/glob.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockEdge, type LockNode, type LockRoot, uniqueEdges } from '../draft.ts';
import { placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf, resolvePath } from '../repository-path.ts';
import type { NpmLock } from './npm-lock.ts';
import type { PackageJson } from './package-json.ts';
import { isLocal, readSpecifier } from './specifier.ts';
import { readSyml, type SymlBlock } from './syml.ts';

interface YarnPackage {
  readonly block: SymlBlock;
  readonly key: string;
  readonly name: string;
  readonly version: string;
}

/** Null when it cannot be read, which is noted. */
export async function readYarnLock(files: ManifestFiles, path: string): Promise<NpmLock | null> {
  const text = await files.text(path);
  if (text === null) return null;
  const { blocks, faults } = readSyml(text);
  if (faults > 0) files.note(path, phrase`${markOutside(path)}: ${faults} lines are not understood.`);
  const packages = blocks.flatMap((block) => packageOf(block) ?? []);
  const byDescriptor = new Map<string, string>();
  const byName = new Map<string, Set<string>>();
  for (const { block, key } of packages)
    for (const descriptor of block.keys) {
      byDescriptor.set(descriptor, key);
      const installedAs = splitDescriptor(descriptor)[0];
      byName.set(installedAs, (byName.get(installedAs) ?? new Set()).add(key));
    }
  const resolve = (name: string, range: string): string | null => {
    if (isLocal(range)) return null;
    const exact = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
    if (exact !== undefined) return exact;
    // `resolutions` put another range into the lock file than dependents ask for.
    const named = byName.get(name);
    return named?.size === 1 ? ([...named][0] ?? null) : null;
  };
  const folder = folderOf(path);
  const workspaces = workspacesOf(blocks, folder);
  return {
    path,
    folder,
    ...(workspaces === null ? { tool: 'yarn-1' as const } : {}),
    graph: graphOf(path, packages, resolve),
    locksFor: (manifests) => workspaces ?? foldersOfGlobs(folder, manifests),
    rootsOf: (_, manifest) =>
      (manifest?.asks ?? []).flatMap(({ installedAs, specifier, scope }): LockRoot[] => {
        const to = resolve(installedAs, specifier);
        return to === null ? [] : [{ to, scope }];
      }),
  };
}

function splitDescriptor(descriptor: string): [name: string, range: string] {
  const at = descriptor.indexOf('@', 1);
  return at < 0 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}

function packageOf(block: SymlBlock): YarnPackage | null {
  const [descriptor] = block.keys;
  const version = block.values.get('version');
  const resolution = block.values.get('resolution');
  if (descriptor === undefined || version === undefined || resolution?.includes('@workspace:')) return null;
  const [installedAs, range] = splitDescriptor(descriptor);
  // `__metadata` is none.
  if (!descriptor.includes('@', 1) || isLocal(range)) return null;
  const name =
    resolution === undefined ? readSpecifier(installedAs, range).name : splitDescriptor(resolution)[0];
  return { block, key: `${name}@${version}`, name, version };
}

function graphOf(
  path: string,
  packages: readonly YarnPackage[],
  resolve: (name: string, range: string) => string | null,
): Map<string, LockNode> {
  const graph = new Map<string, LockNode>();
  for (const { block, key, name, version } of packages) {
    const needs = (section: string, optional: boolean): LockEdge[] =>
      [...(block.sections.get(section) ?? [])].flatMap(([need, range]) => {
        const to = resolve(need, range);
        const mayLack = optional || block.sections.get('dependenciesMeta')?.get(need) === 'optional';
        const constraint = readSpecifier(need, range).constraint;
        const asked = constraint === null ? {} : { constraint };
        return to === null ? [] : [{ to, optional: mayLack, ...asked }];
      });
    const known = graph.get(key);
    graph.set(key, {
      key,
      name,
      version,
      place: known?.place ?? placeOfLine(path, block.line),
      isBundled: false,
      scope: null,
      // A patched package stands beside its original: one package.
      edges: uniqueEdges([
        ...(known?.edges ?? []),
        ...needs('dependencies', false),
        ...needs('optionalDependencies', true),
      ]),
    });
  }
  return graph;
}

/** Yarn 2 and later lists the workspaces in the lock file; null for yarn 1. */
function workspacesOf(blocks: readonly SymlBlock[], folder: string): string[] | null {
  if (!blocks.some(({ keys }) => keys[0] === '__metadata')) return null;
  return blocks.flatMap(({ values }) => {
    const link = values.get('resolution')?.split('@workspace:')[1];
    const resolved = link === undefined ? null : resolvePath(folder, link);
    return resolved ?? [];
  });
}

/** Workspaces as the root's package.json says them. */
export function foldersOfGlobs(folder: string, manifests: ReadonlyMap<string, PackageJson>): string[] {
  const globs = (manifests.get(folder)?.workspaces ?? [])
    .map((glob) => glob.replace(/^\.\//, '').replace(/\/+$/, ''))
    .filter((glob) => globProblem(glob) === null);
  const isMember = compileGlobs(globs.slice(0, 100));
  const below = folder === '' ? '' : `${folder}/`;
  const members = [...manifests.keys()].filter(
    (at) => at !== folder && at.startsWith(below) && isMember(at.slice(below.length)),
  );
  return [folder, ...members];
}
