// What `assay fix` is asked to do.
import { AssayError } from '#domain/errors.ts';
import type { FixChoice } from './select-fixes.ts';

export interface FixRequest extends FixChoice {
  /** The `assay.json` of an earlier run. */
  readonly result: string;
  readonly cwd: string;
  readonly repo: string;
  readonly write: boolean;
  /** Writes to files that have changes which are not committed, and without git. */
  readonly force: boolean;
  /** Runs the ecosystem's own tool; only ever said by the operator. */
  readonly lock: boolean;
  /** The branch to commit to; null: nothing is committed. */
  readonly branch: string | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Throws AssayError `usage` for options that say nothing without `--write`. */
export function refuseIdleOptions({ write, lock, branch, force }: FixRequest): void {
  const idle = [lock && '--lock', branch !== null && '--branch', force && '--force'].find(Boolean);
  if (write || idle === undefined) return;
  throw new AssayError('usage', `${idle} needs --write.`, {
    hint: 'Without --write nothing is changed: assay fix says what it would do.',
  });
}
