// The door of the room: every project of a repository, in all ecosystems, with what its manifests and lock files say.
import type { PhraseBook } from '#domain/phrase.ts';
import { phrase } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import type { Gap, ProjectDraft } from './draft.ts';
import { ECOSYSTEMS, type EcosystemReader } from './ecosystems.ts';
import { finishProject, MOST_PACKAGES, type PackageBudget } from './finish-project.ts';
import { MANIFEST_LIMITS, ManifestFiles, type ManifestLimits, ownPaths } from './manifest-files.ts';
import { folderOf, foldersUpwards } from './repository-path.ts';

/**
 * One project per folder and ecosystem, by ecosystem and then by folder. A project beside a lock file holds everything the lock file
 * holds, and asks for what its workspaces ask for; a workspace's own project holds what it reaches in that lock file.
 *
 * `Requirement.place` is the constraint's text; where `versionPlace` is set, the constraint is what stands there, and `place` spans the
 * reference to it. Never throws for what stands in a file: a file that cannot be read is a gap of its project.
 *
 * @param book the language of gaps; null: English
 */
export async function readProjects(
  workspace: Pick<Workspace, 'files' | 'read'>,
  book: PhraseBook | null = null,
  limits: ManifestLimits = MANIFEST_LIMITS,
): Promise<readonly DependencyProject[]> {
  const all = await workspace.files();
  const known = new Set(all);
  const own = ownPaths(all);
  const budget: PackageBudget = { left: MOST_PACKAGES };
  const projects: DependencyProject[] = [];
  for (const reader of ECOSYSTEMS) {
    const claimed = own.filter((path) => reader.files.test(path));
    if (claimed.length === 0) continue;
    const files = new ManifestFiles(workspace, claimed, known, limits);
    const drafts = await readDrafts(reader, files);
    const gaps = gapsByProject(drafts, files.gaps);
    for (const draft of drafts)
      if (saysAnything(draft) || gaps.has(draft))
        projects.push(finishProject(draft, gaps.get(draft) ?? [], budget, book));
  }
  return projects;
}

/** The drafts by folder; a reader that gives up is a gap, and no reason to know nothing of the other ecosystems. */
async function readDrafts(reader: EcosystemReader, files: ManifestFiles): Promise<ProjectDraft[]> {
  try {
    const drafts = await reader.read(files);
    return [...drafts].sort((a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0));
  } catch (error) {
    // Too deep or too large for a parser; anything else is a fault of ours.
    if (!(error instanceof RangeError)) throw error;
    const path = files.paths[0] ?? '';
    files.note(
      path,
      phrase`The manifests of ${reader.ecosystem} are not read: one of them is too deep or too large.`,
    );
    return [emptyDraft(reader.ecosystem, path, files.paths)];
  }
}

/** A package.json of `{"type": "module"}` alone makes no project. */
function saysAnything({ name, requirements, overrides, lock }: ProjectDraft): boolean {
  return name !== null || requirements.length > 0 || overrides.length > 0 || lock !== null;
}

function emptyDraft(ecosystem: string, path: string, paths: readonly string[]): ProjectDraft {
  return {
    folder: folderOf(path),
    ecosystem,
    name: null,
    files: paths,
    requirements: [],
    overrides: [],
    lock: null,
    roots: [],
    isMember: false,
  };
}

/** A gap belongs to every project that the file is part of, else to the nearest above it. */
function gapsByProject(
  drafts: readonly ProjectDraft[],
  gaps: readonly Gap[],
): ReadonlyMap<ProjectDraft, readonly Gap[]> {
  const found = new Map<ProjectDraft, Gap[]>();
  const byFile = new Map<string, ProjectDraft[]>();
  for (const draft of drafts)
    for (const file of draft.files) byFile.set(file, [...(byFile.get(file) ?? []), draft]);
  const byFolder = new Map(drafts.map((draft) => [draft.folder, draft] as const));
  for (const gap of gaps) {
    const above = foldersUpwards(folderOf(gap.path)).flatMap((folder) => byFolder.get(folder) ?? [])[0];
    const owners = byFile.get(gap.path) ?? [above ?? drafts[0]].flatMap((draft) => draft ?? []);
    for (const owner of owners) found.set(owner, [...(found.get(owner) ?? []), gap]);
  }
  return found;
}
