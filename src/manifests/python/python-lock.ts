// What every lock file of the Python world tells, whichever tool wrote it.
import type { DependencyScope } from '#domain/package.ts';
import type { LockGraph } from '../draft.ts';

export interface PythonLock {
  readonly path: string;
  readonly folder: string;
  readonly graph: LockGraph;
  /** Projects of the repository that it locks for, where it says so (uv), with what each asks for by name. */
  readonly local: readonly {
    readonly folder: string;
    readonly asks: readonly { readonly to: string; readonly scope: DependencyScope }[];
  }[];
}
