// Which of several projects that have a package a report means: by what a bill of materials says that it is about, and by where it lies.
import type { ReportedDependency } from '#domain/dependency.ts';
import type { DependencyProject } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';

/**
 * Null where it stays open: nothing is told, or more than one fits. Tools that scan a folder name it instead of the project
 * (`syft dir:web`, `trivy fs ./web`), so that a name may be either.
 */
export function meantProject(
  about: ReportedDependency['about'],
  having: readonly DependencyProject[],
): DependencyProject | null {
  if (about === undefined) return null;
  const { root, folder } = about;
  const named = root === null ? [] : having.filter((project) => isNamed(project, root));
  const lying = innermost(folder, having);
  if (named.length === 0) return lying;
  if (named.length === 1) return named[0] ?? null;
  return lying !== null && named.includes(lying) ? lying : null;
}

type Root = NonNullable<NonNullable<ReportedDependency['about']>['root']>;

function isNamed({ ecosystem, name, folder }: DependencyProject, root: Root): boolean {
  if (root.ecosystem !== null && root.ecosystem !== ecosystem) return false;
  if (name !== null && normaliseName(ecosystem, name) === normaliseName(ecosystem, root.name)) return true;
  const written = root.name.replaceAll('\\', '/').replace(/^(?:\.?\/)+|\/+$/g, '');
  return (
    folder !== '' && (written === folder || written.endsWith(`/${folder}`) || folder.endsWith(`/${written}`))
  );
}

/** The root's own folder is where reports on anything are put. */
function innermost(folder: string | null, having: readonly DependencyProject[]): DependencyProject | null {
  if (folder === null) return null;
  return having
    .filter((project) => project.folder !== '' && `${folder}/`.startsWith(`${project.folder}/`))
    .reduce<DependencyProject | null>(
      (found, one) => (found === null || one.folder.length > found.folder.length ? one : found),
      null,
    );
}
