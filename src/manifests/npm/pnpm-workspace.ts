// pnpm-workspace.yaml: ranges that all packages of a workspace share, and overrides (https://pnpm.io/pnpm-workspace_yaml).
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { readYaml, type YamlNode, yamlMember, yamlMembers } from '../read-yaml.ts';
import { folderOf } from '../repository-path.ts';

export interface PnpmWorkspace {
  readonly folder: string;
  readonly overrides: readonly Requirement[];
  /** Names of all settings, `packages` and `overrides` among them. */
  readonly settings: readonly string[];
  /** A requirement of `catalog:` or `catalog:name` with the range that is meant; the same one where there is none. */
  resolve(requirement: Requirement): Requirement;
}

export async function readPnpmWorkspace(files: ManifestFiles, path: string): Promise<PnpmWorkspace | null> {
  const text = await files.text(path);
  if (text === null) return null;
  const tree = readYaml(text);
  if (tree === null) {
    files.note(
      path,
      phrase`${markOutside(path)} is not valid YAML, or has keys that stand twice or references.`,
    );
    return null;
  }
  const lines = new LineIndex(path, text);
  const placeOf = (node: YamlNode & { readonly kind: 'text' }) => {
    const isQuoted = /["']/.test(text[node.start] ?? '');
    return lines.span(node.start + (isQuoted ? 1 : 0), node.end - (isQuoted ? 1 : 0));
  };
  return {
    folder: folderOf(path),
    settings: [...yamlMembers(tree).keys()],
    overrides: [...yamlMembers(yamlMember(tree, 'overrides'))].flatMap(([key, { value }]): Requirement[] => {
      if (value.kind !== 'text') return [];
      const last = key.slice(key.lastIndexOf('>') + 1).trim();
      const at = last.indexOf('@', 1);
      return [
        {
          name: at < 0 ? last : last.slice(0, at),
          constraint: value.text || null,
          scope: 'runtime',
          group: 'overrides',
          place: placeOf(value),
          versionPlace: null,
        },
      ];
    }),
    resolve: (requirement) => {
      const catalog = requirement.constraint?.slice('catalog:'.length) || 'default';
      const installedAs = requirement.alias ?? requirement.name;
      const value =
        yamlMember(tree, 'catalogs', catalog, installedAs) ??
        (catalog === 'default' ? yamlMember(tree, 'catalog', installedAs) : undefined);
      if (value?.kind !== 'text') return requirement;
      return { ...requirement, constraint: value.text || null, versionPlace: placeOf(value) };
    },
  };
}
