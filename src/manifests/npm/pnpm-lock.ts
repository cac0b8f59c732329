// pnpm-lock.yaml, versions 5 to 9 (https://github.com/pnpm/spec/tree/master/lockfile).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockEdge, type LockNode, type LockRoot, uniqueEdges } from '../draft.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { readYaml, type YamlEntry, type YamlNode, yamlMember, yamlMembers, yamlText } from '../read-yaml.ts';
import { folderOf, resolvePath } from '../repository-path.ts';
import type { NpmLock } from './npm-lock.ts';

const SECTIONS: readonly (readonly [section: string, scope: DependencyScope])[] = [
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['dependencies', 'runtime'],
];

/** Null when it cannot be read, which is noted. */
export async function readPnpmLock(files: ManifestFiles, path: string): Promise<NpmLock | null> {
  const text = await files.text(path);
  if (text === null) return null;
  const tree = readYaml(text);
  const major = Math.trunc(Number(yamlText(yamlMember(tree ?? undefined, 'lockfileVersion')) ?? Number.NaN));
  if (tree === null || !(major >= 5 && major <= 9)) {
    files.note(
      path,
      phrase`${markOutside(path)} is no lock file of pnpm that can be read (versions 5 to 9, plain YAML, at most 6 MiB).`,
    );
    return null;
  }
  const graph = graphOf(tree, new LineIndex(path, text), major);
  const folder = folderOf(path);
  const importers = new Map<string, YamlNode>();
  for (const [at, { value }] of yamlMembers(yamlMember(tree, 'importers'))) {
    const resolved = resolvePath(folder, at);
    if (resolved !== null) importers.set(resolved, value);
  }
  if (importers.size === 0) importers.set(folder, tree);
  return {
    path,
    folder,
    graph,
    pnpmFormat: major,
    locksFor: () => [...importers.keys()],
    rootsOf: (asked) =>
      SECTIONS.flatMap(([section, scope]) =>
        [...yamlMembers(yamlMember(importers.get(asked), section))].flatMap(
          ([name, { value }]): LockRoot[] => {
            const reference = yamlText(yamlMember(value, 'version')) ?? yamlText(value);
            const to = reference === null ? null : keyOf(name, reference, major);
            return to !== null && graph.has(to) ? [{ to, scope }] : [];
          },
        ),
      ),
  };
}

function graphOf(tree: YamlNode, lines: LineIndex, major: number): Map<string, LockNode> {
  const described = yamlMembers(yamlMember(tree, 'packages'));
  const resolved = major >= 9 ? yamlMembers(yamlMember(tree, 'snapshots')) : described;
  const graph = new Map<string, LockNode>();
  for (const [key, entry] of resolved) {
    const about = described.get(withoutPeers(key)) ?? entry;
    const node = nodeOf(key, entry, about, lines, major);
    if (node !== null) graph.set(key, node);
  }
  return graph;
}

function nodeOf(
  key: string,
  entry: YamlEntry,
  about: YamlEntry,
  lines: LineIndex,
  major: number,
): LockNode | null {
  const named = nameAndVersion(key, major);
  const name = yamlText(yamlMember(about.value, 'name')) ?? named?.name;
  const version = yamlText(yamlMember(about.value, 'version')) ?? named?.version;
  if (name === undefined || version === undefined || /^(file|link):/.test(version)) return null;
  const edges = (section: string, optional: boolean): LockEdge[] =>
    [...yamlMembers(yamlMember(entry.value, section))].flatMap(([need, { value }]) => {
      const reference = yamlText(value);
      const to = reference === null ? null : keyOf(need, reference, major);
      return to === null ? [] : [{ to, optional }];
    });
  const isDev = yamlText(yamlMember(about.value, 'dev')) === 'true';
  const isOptional = yamlText(yamlMember(entry.value, 'optional')) === 'true';
  return {
    key,
    name,
    version,
    place: lines.wholeLine(about.keyStart),
    isBundled: false,
    scope: isDev ? 'dev' : isOptional ? 'optional' : null,
    edges: uniqueEdges([...edges('dependencies', false), ...edges('optionalDependencies', true)]),
  };
}

/** `a@1.0.0(b@2.0.0)` → `a@1.0.0`: what follows says which peers it was resolved with. */
function withoutPeers(key: string): string {
  const at = key.indexOf('(');
  return at < 0 ? key : key.slice(0, at);
}

/** A dependency's value as the key of `packages` or `snapshots`; null for a folder of the repository. */
function keyOf(name: string, reference: string, major: number): string | null {
  if (/^(link|workspace):/.test(reference)) return null;
  const bare = withoutPeers(reference);
  if (major >= 9)
    return bare.indexOf('@', 1) > 0 && !/^[\w.+-]+:/.test(bare) ? reference : `${name}@${reference}`;
  if (reference.includes('/') && !bare.startsWith('file:')) return reference;
  if (bare.startsWith('file:')) return reference;
  return major >= 6 ? `/${name}@${reference}` : `/${name}/${reference}`;
}

/** Of keys such as `/a/1.0.0_b@2.0.0` (5), `/a@1.0.0(b@2.0.0)` (6) and `a@1.0.0(b@2.0.0)` (9). */
function nameAndVersion(
  key: string,
  major: number,
): { readonly name: string; readonly version: string } | null {
  const bare = withoutPeers(key);
  const path = bare.slice(bare.startsWith('@') || major >= 9 ? 0 : bare.indexOf('/') + 1);
  const at = major >= 6 ? path.indexOf('@', 1) : path.lastIndexOf('/');
  if (at <= 0) return null;
  const version = path.slice(at + 1);
  return { name: path.slice(0, at), version: major >= 6 ? version : (version.split('_')[0] ?? version) };
}
