// What the readers of all formats fill in, before scopes are worked out: the lock file as a graph, and who asks for what in it.
import type { Place } from '#domain/location.ts';
import type { DependencyScope } from '#domain/package.ts';
import type { Phrase } from '#domain/phrase.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';

/** A need of a locked package. `optional`: it may be left out. */
export interface LockEdge {
  readonly to: string;
  readonly optional: boolean;
  /** The versions it takes, where the lock file says so. */
  readonly constraint?: string;
}

export interface LockNode {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly place: Place;
  readonly isBundled: boolean;
  /** What the lock file itself says of it; null: nothing. */
  readonly scope: DependencyScope | null;
  readonly edges: readonly LockEdge[];
}

/** The packages of a lock file by key, in the file's order. */
export type LockGraph = ReadonlyMap<string, LockNode>;

/** What a project asks a lock file for. */
export interface LockRoot {
  readonly to: string;
  readonly scope: DependencyScope;
}

export interface Gap {
  readonly path: string;
  readonly why: Phrase;
}

/** A project as its files say it. */
export interface ProjectDraft {
  readonly folder: string;
  readonly ecosystem: string;
  readonly name: string | null;
  readonly files: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly overrides: readonly Requirement[];
  /** Null without a lock file. */
  readonly lock: LockGraph | null;
  readonly lockTool?: DependencyProject['lockTool'];
  readonly overridesFile?: DependencyProject['overridesFile'];
  readonly roots: readonly LockRoot[];
  /** The lock file is another folder's: only what `roots` reach is this project's. */
  readonly isMember: boolean;
}

/** The same file read by two readers, or one path in two groups, is one edge. */
export function uniqueEdges(edges: Iterable<LockEdge>): LockEdge[] {
  const strongest = new Map<string, LockEdge>();
  for (const edge of edges) {
    const known = strongest.get(edge.to);
    if (known === undefined || (known.optional && !edge.optional))
      strongest.set(
        edge.to,
        known?.constraint === undefined ? edge : { constraint: known.constraint, ...edge },
      );
  }
  return [...strongest.values()];
}
