// Which of several projects that have a package a report means: by what a bill of materials says that it is about, and by where it lies.
import type { ReportedProject } from '#domain/dependency.ts';
import type { DependencyProject } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';

/**
 * Null where it stays open: nothing is told, or more than one fits. Tools that scan a folder name it instead of the project
 * (`syft dir:web`, `trivy fs ./web`), so that a name may be either.
 */
export function meantProject(
  about: ReportedProject | undefined,
  having: readonly DependencyProject[],
): DependencyProject | null {
  if (about === undefined) return null;
  const { root, folder } = about;
  const whole = having.filter((project) => hasAllOf(project, about));
  const named = root === null ? [] : whole.filter((project) => isNamed(project, root));
  const lying = innermost(folder, whole);
  if (named.length === 0) return lying;
  if (named.length === 1) return named[0] ?? null;
  return lying !== null && named.includes(lying) ? lying : null;
}

/** A bill that lists what the project has not is about more than that: of a repository that is named like one of its folders. */
function hasAllOf(project: DependencyProject, about: ReportedProject): boolean {
  if (!project.hasLock) return true;
  const known = WHOLE.get(about)?.get(project);
  if (known !== undefined) return known;
  const { ecosystem, packages, requirements } = project;
  const names = new Set([...packages, ...requirements].map(({ name }) => normaliseName(ecosystem, name)));
  const isWhole = about.listed.every(
    (one) => one.ecosystem !== ecosystem || names.has(normaliseName(ecosystem, one.name)),
  );
  WHOLE.set(about, (WHOLE.get(about) ?? new Map()).set(project, isWhole));
  return isWhole;
}

/** Each result of a report asks the same. */
const WHOLE = new WeakMap<ReportedProject, Map<DependencyProject, boolean>>();

type Root = NonNullable<ReportedProject['root']>;

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
