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
  project: DependencyProject,
  name: string,
  versions: readonly string[],
): readonly LockedPackage[] {
  const named = indexOf(project).byName.get(normaliseName(project.ecosystem, name)) ?? [];
  return named.filter(({ version }) => versions.length === 0 || versions.includes(version));
}

/** Whether one package that needs `locked` refuses `version`: true; that all take it: false; null: the lock file does not say. */
export function isRefused(
  project: DependencyProject,
  locked: LockedPackage,
  version: string,
): boolean | null {
  const { told, isTold } = constraintsOn(project, locked.key);
  if (told.some((constraint) => admits(project.ecosystem, constraint, version) !== true)) return true;
  return isTold ? false : null;
}

/** Each constraint once, and whether every package that needs it says one. */
function constraintsOn(
  project: DependencyProject,
  key: string,
): { readonly told: readonly string[]; readonly isTold: boolean } {
  const index = indexOf(project);
  const known = index.constraints.get(key);
  if (known !== undefined) return known;
  const said = (index.needing.get(key) ?? []).map(({ asks = [] }) =>
    asks.flatMap(({ to, constraint }) => (to === key ? constraint : [])),
  );
  const found = {
    told: [...new Set(said.flat())],
    isTold: said.length > 0 && said.every((one) => one.length > 0),
  };
  index.constraints.set(key, found);
  return found;
}

interface LockIndex {
  readonly byName: ReadonlyMap<string, readonly LockedPackage[]>;
  /** What needs a package, by its key. */
  readonly needing: ReadonlyMap<string, readonly LockedPackage[]>;
  /** By key, filled as they are asked for. */
  readonly constraints: Map<string, ReturnType<typeof constraintsOn>>;
}

const INDEXES = new WeakMap<DependencyProject, LockIndex>();

/** Every finding asks: a lock file is gone through once. */
function indexOf(project: DependencyProject): LockIndex {
  const known = INDEXES.get(project);
  if (known !== undefined) return known;
  const needing = new Map<string, LockedPackage[]>();
  for (const locked of project.packages)
    for (const key of new Set(locked.dependsOn)) {
      const list = needing.get(key);
      if (list === undefined) needing.set(key, [locked]);
      else list.push(locked);
    }
  const byName = Map.groupBy(project.packages, ({ name }) => normaliseName(project.ecosystem, name));
  const index: LockIndex = { byName, needing, constraints: new Map() };
  INDEXES.set(project, index);
  return index;
}
