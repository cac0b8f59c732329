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
  /** The branch to commit to; null: nothing is committed, and with `open` a name is made. */
  readonly branch: string | null;
  /** Commits on the host instead of here, and opens the request there; without `write` says what it would hold. */
  readonly open: boolean;
  /** The branch that the request is for; null: the change's own, or the default one. */
  readonly target: string | null;
  /** `owner/repo#7` and `group/project!7`: the change whose branch the request is for. */
  readonly pullRequest: string | null;
  readonly mergeRequest: string | null;
  readonly allowHttp: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Throws AssayError `usage` for options that say nothing without `--write` or `--open`. */
export function refuseIdleOptions(request: FixRequest): void {
  const { write, lock, branch, force, open, target, pullRequest, mergeRequest, allowHttp } = request;
  const ofOpen = [
    ...[target !== null && '--target', pullRequest !== null && '--pull-request'],
    ...[mergeRequest !== null && '--merge-request', allowHttp && '--allow-http'],
  ].find(Boolean);
  if (!open && ofOpen !== undefined)
    throw new AssayError('usage', `${ofOpen} needs --open.`, {
      hint: 'Without --open nothing is written on a host.',
    });
  const idle = [lock && '--lock', branch !== null && !open && '--branch', force && '--force'].find(Boolean);
  if (write || idle === undefined) return;
  throw new AssayError('usage', `${idle} needs --write.`, {
    hint: 'Without --write nothing is changed: assay fix says what it would do.',
  });
}
