// Which source files run with the packages of a project: its own, and those of first-party projects that it needs.
import type { DependencyProject } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';

export interface ProjectFiles {
  /** Whether what a file imports may be the package of the project: when in doubt it may. */
  mayUse(path: string): boolean;
  /** Whether it is: no other project beside it asks for the same package itself, or has a lock file of its own. */
  doesUse(path: string): boolean;
}

export function projectFiles(
  project: DependencyProject,
  projects: readonly DependencyProject[],
  packageName: string,
): ProjectFiles {
  const alike = projects.filter(({ ecosystem }) => ecosystem === project.ecosystem);
  const linked = linkedProjects(project, alike);
  const wanted = normaliseName(project.ecosystem, packageName);
  const hasOwn = (one: DependencyProject): boolean =>
    one.requirements.some(({ name }) => normaliseName(one.ecosystem, name) === wanted);
  const folders = new Map(alike.map((one) => [one.folder, one]));
  const doesUse = (path: string): boolean => {
    const nearest = nearestProject(path, folders);
    if (nearest === null || nearest === project || linked.has(nearest)) return true;
    const isBelow = project.folder === '' || nearest.folder.startsWith(`${project.folder}/`);
    if (!hasOwn(nearest)) return isBelow || !hasOwnLock(nearest);
    return isBelow && !hasOwnLock(nearest);
  };
  // Outside of npm nothing ties a file to the packages beside it: any path may be given to the interpreter or the build.
  return { doesUse, mayUse: project.ecosystem === 'npm' ? doesUse : () => true };
}

function hasOwnLock({ folder, files, hasLock }: DependencyProject): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return (
    hasLock &&
    files.some(
      (file) =>
        file.startsWith(prefix) &&
        /lock|shrinkwrap/.test(file.slice(prefix.length)) &&
        !file.slice(prefix.length).includes('/'),
    )
  );
}

function nearestProject(
  path: string,
  folders: ReadonlyMap<string, DependencyProject>,
): DependencyProject | null {
  let folder = path;
  for (;;) {
    const slash = folder.lastIndexOf('/');
    folder = slash < 0 ? '' : folder.slice(0, slash);
    const found = folders.get(folder);
    if (found !== undefined) return found;
    if (folder === '') return null;
  }
}

/** First-party projects that the project asks for by name, and what those ask for. */
function linkedProjects(
  project: DependencyProject,
  alike: readonly DependencyProject[],
): ReadonlySet<DependencyProject> {
  const byName = new Map(alike.flatMap((one) => (one.name === null ? [] : [[one.name, one] as const])));
  const found = new Set<DependencyProject>();
  const open = [project];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { name } of next.requirements) {
      const linked = byName.get(name);
      if (linked === undefined || found.has(linked)) continue;
      found.add(linked);
      open.push(linked);
    }
  return found;
}
