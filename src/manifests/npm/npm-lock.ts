// What every lock file of the npm world tells, whichever tool wrote it.
import type { DependencyProject } from '#domain/project.ts';
import type { LockGraph, LockRoot } from '../draft.ts';
import type { PackageJson } from './package-json.ts';

export interface NpmLock {
  readonly path: string;
  readonly folder: string;
  readonly graph: LockGraph;
  readonly tool?: DependencyProject['lockTool'];
  /** Of pnpm: the first number of `lockfileVersion`. */
  readonly pnpmFormat?: number;
  /** Folders of the repository that it locks for: its own, and workspaces. `manifests`: every package.json by folder. */
  locksFor(manifests: ReadonlyMap<string, PackageJson>): readonly string[];
  /** What a folder asks it for; `manifest` is null when the folder has none. */
  rootsOf(folder: string, manifest: PackageJson | null): readonly LockRoot[];
}
