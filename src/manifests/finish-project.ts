// A draft as a project: how strongly each locked package is wanted, and which ones the project asks for itself.
import type { DependencyScope } from '#domain/package.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { Gap, LockGraph, LockRoot, ProjectDraft } from './draft.ts';

/** The strongest first: a package that any runtime path reaches is a runtime package. */
const STRENGTH: readonly DependencyScope[] = ['runtime', 'optional', 'test', 'dev'];

/** Locked packages of all projects together: a workspace of many members names each package many times. */
export const MOST_PACKAGES = 400_000;

export interface PackageBudget {
  left: number;
}

export function finishProject(
  draft: ProjectDraft,
  gaps: readonly Gap[],
  budget: PackageBudget,
  book: PhraseBook | null,
): DependencyProject {
  const lock = draft.lock ?? new Map();
  const said = gaps.map(({ why }) => say(why, book));
  const scopes = spreadScopes(lock, draft.roots);
  const directs = new Set(draft.roots.flatMap(({ to }) => (lock.has(to) ? to : [])));
  const keys = [...lock.keys()].filter((key) => !draft.isMember || scopes.has(key));
  if (keys.length > budget.left) {
    const where = markOutside(draft.folder === '' ? '.' : draft.folder);
    said.push(
      say(
        phrase`Of the packages that ${where} locks, only ${budget.left} of ${keys.length} are listed.`,
        book,
      ),
    );
    keys.length = Math.max(0, budget.left);
  }
  budget.left -= keys.length;
  return {
    folder: draft.folder,
    ecosystem: draft.ecosystem,
    name: draft.name,
    files: [...new Set(draft.files)].sort(),
    requirements: draft.requirements,
    ...(draft.overrides.length === 0 ? {} : { overrides: draft.overrides }),
    packages: keys.flatMap((key) => lockedPackage(lock, key, directs, scopes) ?? []),
    hasLock: draft.lock !== null,
    ...(draft.lockTool === undefined ? {} : { lockTool: draft.lockTool }),
    ...(draft.overridesFile === undefined ? {} : { overridesFile: draft.overridesFile }),
    directs: [...directs],
    gaps: [...new Set(said)],
  };
}

function lockedPackage(
  lock: LockGraph,
  key: string,
  directs: ReadonlySet<string>,
  scopes: ReadonlyMap<string, DependencyScope>,
): LockedPackage | null {
  const node = lock.get(key);
  if (node === undefined) return null;
  const asks = node.edges.flatMap(({ to, constraint }) =>
    constraint !== undefined && lock.has(to) ? { to, constraint } : [],
  );
  return {
    key,
    name: node.name,
    version: node.version,
    isDirect: directs.has(key),
    // What nothing is known to ask for counts as used.
    scope: strongest(scopes.get(key) ?? null, node.scope) ?? 'runtime',
    dependsOn: node.edges.flatMap(({ to }) => (lock.has(to) ? to : [])),
    ...(asks.length === 0 ? {} : { asks }),
    place: node.place,
    isBundled: node.isBundled,
  };
}

/** A lock file without a graph (Pipfile.lock) alone knows what is a runtime package by way of others. */
function strongest(a: DependencyScope | null, b: DependencyScope | null): DependencyScope | null {
  return STRENGTH.find((scope) => scope === a || scope === b) ?? null;
}

/** The strongest way to each package that is reached at all: level by level, so each package is settled once. */
function spreadScopes(lock: LockGraph, roots: readonly LockRoot[]): Map<string, DependencyScope> {
  const scopes = new Map<string, DependencyScope>();
  const waiting = new Map<DependencyScope, string[]>(STRENGTH.map((scope) => [scope, []]));
  for (const { to, scope } of roots) waiting.get(scope)?.push(to);
  for (const scope of STRENGTH) {
    const open = waiting.get(scope) ?? [];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const node = lock.get(key);
      if (node === undefined || scopes.has(key)) continue;
      scopes.set(key, scope);
      for (const { to, optional } of node.edges)
        (optional && scope === 'runtime' ? waiting.get('optional') : open)?.push(to);
    }
  }
  return scopes;
}
