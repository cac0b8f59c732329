// The PHP world: composer.json and composer.lock (https://getcomposer.org/doc/04-schema.md).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { type LockNode, type ProjectDraft, uniqueEdges } from '../draft.ts';
import { JsonPlaces } from '../json-file-places.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { listOf, memberOf, membersOf, textOf } from '../outside-value.ts';
import { readJson } from '../read-json.ts';
import { fileNameOf } from '../repository-path.ts';
import { rootsByName } from '../roots-by-name.ts';

const SECTIONS: readonly (readonly [section: string, scope: DependencyScope])[] = [
  ['require', 'runtime'],
  ['require-dev', 'dev'],
];

export async function readPhpProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const drafts: ProjectDraft[] = [];
  for (const [folder, paths] of files.byFolder()) {
    const manifestPath = paths.find((path) => fileNameOf(path) === 'composer.json');
    const lockPath = paths.find((path) => fileNameOf(path) === 'composer.lock');
    const manifest = manifestPath === undefined ? null : await readManifest(files, manifestPath);
    const lock = lockPath === undefined ? null : await readLock(files, lockPath);
    const requirements = manifest?.requirements ?? [];
    drafts.push({
      folder,
      ecosystem: 'Packagist',
      name: manifest?.name ?? null,
      files: paths,
      requirements,
      overrides: [],
      lock,
      roots: lock === null ? [] : rootsByName(requirements, lock),
      isMember: false,
    });
  }
  return drafts;
}

/** PHP itself, its extensions and Composer's own are no packages: their names have no vendor. */
function isPackage(name: string): boolean {
  return name.includes('/') && name.length <= 256;
}

async function readManifest(
  files: ManifestFiles,
  path: string,
): Promise<{ readonly name: string | null; readonly requirements: readonly Requirement[] } | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  const places = new JsonPlaces(file);
  const requirements = SECTIONS.flatMap(([section, scope]) =>
    membersOf(memberOf(file.value, section)).flatMap(([written, value]): Requirement[] => {
      if (!isPackage(written)) return [];
      const constraint = textOf(value);
      const part = constraint === null ? null : { start: 0, end: constraint.length };
      const place = places.value([section, written], part);
      return [{ name: written.toLowerCase(), constraint, scope, group: null, place, versionPlace: null }];
    }),
  );
  return { name: textOf(memberOf(file.value, 'name'), 256), requirements };
}

async function readLock(files: ManifestFiles, path: string): Promise<Map<string, LockNode> | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  if (!Array.isArray(memberOf(file.value, 'packages'))) {
    files.note(path, phrase`${markOutside(path)} is no lock file that can be read: it lists no packages.`);
    return null;
  }
  const places = new JsonPlaces(file, 3);
  const listed = [
    ['packages', 'runtime'],
    ['packages-dev', 'dev'],
  ].flatMap(([section = '', scope]) =>
    listOf(memberOf(file.value, section)).flatMap((entry, index) => {
      const name = textOf(memberOf(entry, 'name'), 256)?.toLowerCase();
      const version = textOf(memberOf(entry, 'version'));
      if (name === undefined || version === null) return [];
      const place = places.line([section, String(index), 'name']);
      return [{ entry, name, version, key: `${name}@${version}`, place, scope: scope as DependencyScope }];
    }),
  );
  const keys = new Map(listed.map(({ name, key }) => [name, key] as const));
  return new Map(
    listed.map(({ entry, name, version, key, place, scope }) => [
      key,
      {
        key,
        name,
        version,
        place,
        isBundled: false,
        scope,
        edges: uniqueEdges(
          membersOf(memberOf(entry, 'require')).flatMap(([need, range]) => {
            const to = keys.get(need.toLowerCase());
            const constraint = textOf(range);
            const asked = constraint === null ? {} : { constraint };
            return to === undefined ? [] : [{ to, optional: false, ...asked }];
          }),
        ),
      },
    ]),
  );
}
