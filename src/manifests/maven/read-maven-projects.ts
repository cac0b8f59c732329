// The Java world: pom.xml with its parents in the repository; Maven has no lock file.
import type { ProjectDraft } from '../draft.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf } from '../repository-path.ts';
import { effectivePom } from './effective-poms.ts';
import { type Pom, readPom } from './pom.ts';

export async function readMavenProjects(files: ManifestFiles): Promise<ProjectDraft[]> {
  const poms = new Map<string, Pom>();
  const drafts: ProjectDraft[] = [];
  for (const path of files.named('pom.xml')) {
    const pom = await readPom(files, path);
    if (pom !== null) poms.set(path, pom);
    else drafts.push({ ...emptyProject(folderOf(path)), files: [path] });
  }
  for (const pom of poms.values()) {
    const { requirements, overrides, parents, name } = effectivePom(pom, poms);
    drafts.push({
      ...emptyProject(pom.folder),
      name,
      requirements,
      overrides,
      files: [pom.path, ...parents],
    });
  }
  return drafts;
}

export function emptyProject(folder: string): ProjectDraft {
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
