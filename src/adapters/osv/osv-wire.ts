// What the adapters of OSV are given of the world.
import type { PackageRef } from '../../domain/package.ts';
import type { Log } from '../../ports/log.ts';

export interface OsvWire {
  /** Bounded in time and size, and following no redirects. */
  readonly fetch: typeof fetch;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** What the run is aborted with is thrown as it is. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Where relative names start. */
  readonly cwd: string;
  /** `ASSAY_CACHE_DIR`, `XDG_CACHE_HOME` and `HOME` say where records are kept, `ASSAY_MARKER_KEY` signs them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface OsvOptions {
  /** Packages whose names leave for no service: those of a private registry. Default: none. */
  readonly skip?: (named: PackageRef) => boolean;
}
