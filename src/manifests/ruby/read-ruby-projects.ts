// The Ruby world: Gemfile, gemspecs and Gemfile.lock of a folder.
import type { Requirement } from '#domain/project.ts';
import type { LockRoot, ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { fileNameOf } from '../repository-path.ts';
import { rootsByName } from '../roots-by-name.ts';
import { readGemfile } from './gemfile.ts';
import { type GemLock, readGemLock } from './gemfile-lock.ts';

export async function readRubyProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const drafts: ProjectDraft[] = [];
  for (const [folder, paths] of files.byFolder()) {
    const requirements: Requirement[] = [];
    let lock: GemLock | null = null;
    for (const path of paths) {
      if (!/\.(lock|locked)$/.test(path)) {
        requirements.push(...((await readGemfile(files, path)) ?? []));
        continue;
      }
      const text = lock === null ? await files.text(path) : null;
      if (text !== null) lock = readGemLock(path, text);
    }
    const gemspec = paths.find((path) => path.endsWith('.gemspec'));
    drafts.push({
      folder,
      ecosystem: 'RubyGems',
      name: gemspec === undefined ? null : fileNameOf(gemspec).slice(0, -'.gemspec'.length),
      files: paths,
      requirements,
      overrides: [],
      lock: lock?.graph ?? null,
      roots: lock === null ? [] : rootsOf(lock, requirements),
      isMember: false,
    });
  }
  return drafts;
}

/** What the manifests do not list word for word, the lock file still says is asked for. */
function rootsOf({ graph, asked, neededByLocal }: GemLock, requirements: readonly Requirement[]): LockRoot[] {
  const listed = new Set(requirements.map(({ name }) => name));
  const others = new Set([...asked.filter((name) => !listed.has(name)), ...neededByLocal]);
  const unlisted = [...graph.values()]
    .filter(({ name }) => others.has(name))
    .map(({ key }): LockRoot => ({ to: key, scope: 'runtime' }));
  return [...rootsByName(requirements, graph), ...unlisted];
}
