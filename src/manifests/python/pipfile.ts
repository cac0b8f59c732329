// Pipfile and Pipfile.lock (https://github.com/pypa/pipfile).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { LockNode } from '../draft.ts';
import { pathKey, placesInJson } from '../json-places.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { memberOf, membersOf, textOf } from '../outside-value.ts';
import { readJson } from '../read-json.ts';
import { readToml } from '../read-toml.ts';
import { folderOf } from '../repository-path.ts';
import { scopeOfGroup } from './group-scope.ts';
import { type PythonManifest, versionIn } from './pyproject.ts';
import type { PythonLock } from './python-lock.ts';
import { normalisePythonName } from './requirement-text.ts';

const ABOUT = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile']);

function scopeOfSection(section: string): DependencyScope {
  return section === 'packages' || section === 'default' ? 'runtime' : scopeOfGroup(section, 'dev');
}

/** Null when it cannot be read, which is noted. */
export async function readPipfile(files: ManifestFiles, path: string): Promise<PythonManifest | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const requirements = membersOf(file.value)
    .filter(([section]) => !ABOUT.has(section))
    .flatMap(([section, packages]) =>
      membersOf(packages).map(([name, value]) => ({
        name: normalisePythonName(name),
        ...versionIn(file, value, [section, name]),
        scope: scopeOfSection(section),
        group: section === 'packages' ? null : section,
        versionPlace: null,
      })),
    );
  return { path, folder: folderOf(path), name: null, requirements, overrides: [], workspace: null };
}

/** It lists all packages and not what needs what. Null as above. */
export async function readPipfileLock(files: ManifestFiles, path: string): Promise<PythonLock | null> {
  const file = await readJson(files, path);
  if (file === null) return null;
  if (memberOf(file.value, 'default') === undefined && memberOf(file.value, '_meta') === undefined) {
    files.note(path, phrase`${markOutside(path)} is no lock file of Pipenv.`);
    return null;
  }
  const lines = new LineIndex(path, file.text);
  const spans = placesInJson(file.text, (at) => at.length === 2);
  const graph = new Map<string, LockNode>();
  // Runtime last: what both list is a runtime package.
  const sections = membersOf(file.value).filter(([section]) => section !== '_meta');
  sections.sort(([a], [b]) => Number(a === 'default') - Number(b === 'default'));
  for (const [section, packages] of sections)
    for (const [written, entry] of membersOf(packages)) {
      const version = textOf(memberOf(entry, 'version'))?.replace(/^==/, '');
      if (version === undefined) continue;
      const name = normalisePythonName(written);
      const key = `${name}@${version}`;
      const place = lines.wholeLine(spans.get(pathKey([section, written]))?.keyStart ?? 0);
      graph.set(key, {
        key,
        name,
        version,
        place,
        isBundled: false,
        scope: scopeOfSection(section),
        edges: [],
      });
    }
  return { path, folder: folderOf(path), graph, local: [] };
}
