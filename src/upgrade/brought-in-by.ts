// What stands between a project and a package that it does not ask for itself: who brings it in, and which versions of it they take.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { admits } from './rewrite-constraint.ts';

/** A package by name, perhaps at a version. */
export interface NamedParent {
  readonly name: string;
  readonly version: string | null;
}

/** What the project asks for itself that brings the package in by the shortest way; null when nobody knows. */
export function directParentOf({ paths, package: named }: DependencyRecord): NamedParent | null {
  const first = [...paths].sort((a, b) => a.length - b.length).find((path) => path.length > 1)?.[0];
  if (first === undefined || first === named.name) return null;
  const at = first.lastIndexOf('@');
  return at > 0
    ? { name: first.slice(0, at), version: first.slice(at + 1) || null }
    : { name: first, version: null };
}

export function sameName(ecosystem: string, left: string, right: string): boolean {
  return normaliseName(ecosystem, left) === normaliseName(ecosystem, right);
}

/** The installed packages of a name at one of `versions`; at any when none is given. */
export function lockedOf(
  { packages, ecosystem }: DependencyProject,
  name: string,
  versions: readonly string[],
): readonly LockedPackage[] {
  return packages.filter(
    (one) => sameName(ecosystem, one.name, name) && (versions.length === 0 || versions.includes(one.version)),
  );
}

/** Whether one package that needs `locked` refuses `version`: true; that all take it: false; null: the lock file does not say. */
export function isRefused(
  { packages, ecosystem }: DependencyProject,
  locked: LockedPackage,
  version: string,
): boolean | null {
  const needing = packages.filter(({ dependsOn }) => dependsOn.includes(locked.key));
  const answers = needing.map(({ asks = [] }) => {
    const told = asks.filter(({ to }) => to === locked.key);
    if (told.length === 0) return null;
    return told.every(({ constraint }) => admits(ecosystem, constraint, version) === true);
  });
  if (answers.includes(false)) return true;
  return answers.length === 0 || answers.includes(null) ? null : false;
}
