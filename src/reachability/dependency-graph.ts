// Who brings a package in, as far as the lock file tells: every package whose code may load it.
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import { normaliseName } from '../versions/normalise-name.ts';

/** Packages above one: more of them are not looked through. */
const MOST_ANCESTORS = 400;

export interface Ancestry {
  /** Entries of the lock file that the question is about. */
  readonly own: readonly LockedPackage[];
  /** Names of packages that need it, directly or not, the nearest first. */
  readonly ancestors: readonly string[];
  readonly parents: readonly string[];
  readonly isComplete: boolean;
}

export function lockedEntries(
  project: DependencyProject,
  name: string,
  version: string | null,
): readonly LockedPackage[] {
  const wanted = normaliseName(project.ecosystem, name);
  const named = project.packages.filter((one) => normaliseName(project.ecosystem, one.name) === wanted);
  const exact = named.filter(
    (one) => version === null || plainVersion(one.version) === plainVersion(version),
  );
  return exact.length > 0 ? exact : named;
}

function plainVersion(version: string): string {
  return version.replace(/^v/, '');
}

export function ancestryOf(project: DependencyProject, own: readonly LockedPackage[]): Ancestry {
  const needers = needersOf(project);
  const seen = new Set(own.map(({ key }) => key));
  const names = new Set<string>();
  const parents = new Set<string>();
  let open = [...seen];
  let depth = 0;
  while (open.length > 0 && names.size < MOST_ANCESTORS) {
    const next: string[] = [];
    for (const key of open)
      for (const needer of needers.get(key) ?? []) {
        if (depth === 0) parents.add(needer.name);
        if (seen.has(needer.key)) continue;
        seen.add(needer.key);
        names.add(needer.name);
        next.push(needer.key);
      }
    open = next;
    depth++;
  }
  return { own, ancestors: [...names], parents: [...parents], isComplete: open.length === 0 };
}

const known = new WeakMap<DependencyProject, ReadonlyMap<string, readonly LockedPackage[]>>();

function needersOf(project: DependencyProject): ReadonlyMap<string, readonly LockedPackage[]> {
  let found = known.get(project);
  if (found === undefined) {
    const table = new Map<string, LockedPackage[]>();
    for (const needer of project.packages)
      for (const key of needer.dependsOn) {
        const list = table.get(key);
        if (list === undefined) table.set(key, [needer]);
        else list.push(needer);
      }
    found = table;
    known.set(project, found);
  }
  return found;
}
