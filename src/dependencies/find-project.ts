// Which project of the repository an incoming result about a package speaks of, and where that project says so.
import type { DependencyPlace, ReportedDependency } from '#domain/dependency.ts';
import type { Place } from '#domain/location.ts';
import type { PackageRef } from '#domain/package.ts';
import type { DependencyProject, LockedPackage, Requirement } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { meantProject } from './meant-project.ts';

export interface ProjectQuestion {
  readonly package: PackageRef;
  /** As the tool wrote it. */
  readonly manifest: string | null;
  readonly about?: ReportedDependency['about'];
}

/** A project that has the package, with what it says of it. */
export interface FoundProject {
  readonly project: DependencyProject;
  /** Locked at the version asked for, or at any when none is asked for or `isOther`. */
  readonly locked: readonly LockedPackage[];
  /** The tool names this project's file, which has the package at another version by now. */
  readonly isOther: boolean;
  /** The report itself tells that it means this project. */
  readonly isMeant: boolean;
  readonly requirements: readonly Requirement[];
}

/** The ecosystem without its release: `Debian:11` is `Debian`. */
export function ecosystemFamily(ecosystem: string): string {
  return ecosystem.split(':')[0] ?? ecosystem;
}

/**
 * The project that the tool names by its manifest, else the one that the report is about, else the first (by folder) that has the package at that version, else the first
 * that asks for it without a lock file that says which version it gets, else the one that the tool names and that has another version
 * by now (an old report); null when none has it.
 */
export function findProject(
  question: ProjectQuestion,
  projects: readonly DependencyProject[],
): FoundProject | null {
  const { ecosystem, name, version } = question.package;
  if (ecosystem === null) return null;
  const family = ecosystemFamily(ecosystem);
  const wanted = normaliseName(family, name);
  const found = projects
    .filter((project) => project.ecosystem === family)
    .map((project): FoundProject => {
      const named = (one: { readonly name: string }) => normaliseName(family, one.name) === wanted;
      const all = lockedBy(project, 'name', wanted);
      const same = all.filter((one) => version === null || sameVersion(one.version, version));
      const isOther = same.length === 0 && all.length > 0;
      const requirements = project.requirements.filter(named);
      return { project, locked: isOther ? all : same, isOther, isMeant: false, requirements };
    });
  const told = question.manifest === null ? null : tellingPath(question.manifest);
  const isTold = ({ project }: FoundProject) =>
    told !== null && project.files.some((file) => told === file || told.endsWith(`/${file}`));
  const has = (one: FoundProject) =>
    !one.isOther && (one.locked.length > 0 || (one.requirements.length > 0 && !one.project.hasLock));
  const having = found.filter(has);
  const meant = meantProject(
    question.about,
    having.map(({ project }) => project),
  );
  const sure = having.find(isTold) ?? having.find(({ project }) => project === meant);
  if (sure !== undefined) return { ...sure, isMeant: true };
  return having[0] ?? found.find((one) => isTold(one) && one.isOther) ?? null;
}

/** `v1.2.3` of Go and Packagist is `1.2.3` for some tools. */
export function sameVersion(a: string, b: string): boolean {
  return a === b || a.replace(/^v/, '') === b.replace(/^v/, '');
}

function tellingPath(manifest: string): string {
  return manifest.replaceAll('\\', '/').replace(/^(?:file:\/\/)?\.?\/*/, '');
}

/** Manifest lines first, then the lock file's. */
export function placesOf({ locked, requirements }: FoundProject): readonly DependencyPlace[] {
  return [
    ...requirements.map(({ place }) => resolved(place, 'manifest')),
    ...locked.map(({ place }) => resolved(place, 'lockfile')),
  ];
}

export function resolved(place: Place, kind: DependencyPlace['kind']): DependencyPlace {
  return { ...place, kind, resolved: true, why: null };
}

interface LockedIndex {
  readonly name: ReadonlyMap<string, readonly LockedPackage[]>;
  readonly key: ReadonlyMap<string, readonly LockedPackage[]>;
}

/** Each result asks for its package, and both may be many. */
const INDEXES = new WeakMap<DependencyProject, LockedIndex>();

/** Locked packages by their key, or by their name as the ecosystem normalises it; in the order of the file. */
export function lockedBy(
  project: DependencyProject,
  by: keyof LockedIndex,
  wanted: string,
): readonly LockedPackage[] {
  let index = INDEXES.get(project);
  if (index === undefined) {
    const { packages, ecosystem } = project;
    index = {
      name: Map.groupBy(packages, ({ name }) => normaliseName(ecosystem, name)),
      key: Map.groupBy(packages, ({ key }) => key),
    };
    INDEXES.set(project, index);
  }
  return index[by].get(wanted) ?? [];
}
