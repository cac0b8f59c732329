// The other projects of a repository that have a finding's package as well, where no report said which of them it means.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { DependencyProject } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { ecosystemFamily, type FoundProject, findProject } from './find-project.ts';
import { originOf } from './place-dependency.ts';

interface AboutDependency {
  readonly id: string;
  readonly dependency?: DependencyRecord;
}

/**
 * The same finding as each other project would have it. A report that names no project stands under the first that has the package: what
 * holds for the others must not be lost. Where it names one, those below it may be meant as well: tools look into all of a folder. A
 * project that has a finding of its own on it is left to that one.
 */
export function createTwins(
  findings: readonly AboutDependency[],
  projects: readonly DependencyProject[],
  isOfProject: (finding: AboutDependency) => boolean,
): <About extends AboutDependency>(finding: About) => readonly About[] {
  const own = new Map<string, Set<string>>();
  for (const { dependency } of findings) {
    if (dependency?.project == null) continue;
    const key = subjectOf(dependency);
    own.set(key, (own.get(key) ?? new Set()).add(dependency.project));
  }
  return (finding) => {
    const { dependency } = finding;
    if (dependency?.project == null || projects.length < 2) return [];
    const below = dependency.project === '' ? '' : `${dependency.project}/`;
    const isOpen = isOfProject(finding)
      ? ({ folder }: DependencyProject) => folder.startsWith(below)
      : () => true;
    const taken = own.get(subjectOf(dependency)) ?? new Set();
    const found = new Map<string, FoundProject>();
    for (const version of dependency.versions.length === 0 ? [null] : dependency.versions)
      for (const project of projects) {
        if (taken.has(project.folder) || found.has(project.folder) || !isOpen(project)) continue;
        const one = findProject({ package: { ...dependency.package, version }, manifest: null }, [project]);
        if (one !== null) found.set(project.folder, one);
      }
    return [...found.values()].map((one) => {
      const { places, direct, paths } = originOf(one, []);
      const scopes = [...one.locked, ...one.requirements].map(({ scope }) => scope);
      const scope = (['runtime', 'optional', 'test', 'dev'] as const).find((each) => scopes.includes(each));
      const there = { project: one.project.folder, places, direct, paths, scope: scope ?? null };
      return { ...finding, dependency: { ...dependency, ...there } };
    });
  };
}

function subjectOf({ package: named, vulnerability, licence }: DependencyRecord): string {
  const family = named.ecosystem === null ? '' : ecosystemFamily(named.ecosystem);
  const about = vulnerability?.id ?? `licence ${licence?.expression ?? ''}`;
  return JSON.stringify([family, normaliseName(family, named.name), about]);
}
