// One bounded `git fetch` for what a shallow clone lacks: the base, and enough history to find where the change began.
import { AssayError } from '../../domain/errors.ts';
import { type GitSession, runGit } from './run-git.ts';

/** Commits back from either side; branches that are older need the full history. */
const DEPTH = 200;
/** Milliseconds. */
const FETCH_TIMEOUT = 120_000;

/**
 * Fetches `base` and `head` (ids or branch names) from `origin`. Returns what went wrong, or null: whether it helped shows when
 * the refs are looked up again.
 */
export async function fetchHistory(
  session: GitSession,
  wanted: { readonly base: string | null; readonly head: string | null; readonly shallow: boolean },
): Promise<string | null> {
  const head = wanted.head ?? (await currentCommit(session));
  const refspecs = [wanted.base, head].flatMap((ref) => (ref === null ? [] : refspecFor(ref)));
  // A depth would cut a complete clone short.
  const depth = wanted.shallow ? [`--depth=${DEPTH}`] : [];
  try {
    await runGit(
      session,
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-prune',
        '--no-recurse-submodules',
        '--no-auto-maintenance',
        '--no-write-fetch-head',
        '--refmap=',
        // The remote's configuration may name a program here (git-config(1), remote.<name>.uploadpack).
        '--upload-pack=git-upload-pack',
        ...depth,
        '--end-of-options',
        'origin',
        ...refspecs,
      ],
      { timeout: FETCH_TIMEOUT },
    );
    return null;
  } catch (error) {
    if (error instanceof AssayError) return error.message;
    throw error;
  }
}

/** A commit id as it is; a branch into the place where a full clone would keep it; nothing for an expression such as `HEAD~1`. */
function refspecFor(ref: string): readonly string[] {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(ref)) return [ref];
  const branch = ref.replace(/^(refs\/remotes\/origin\/|refs\/heads\/|origin\/)/, '');
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_./+#@-]*$/u.test(branch) || branch.includes('@{')) return [];
  return branch === 'HEAD' ? [] : [`+refs/heads/${branch}:refs/remotes/origin/${branch}`];
}

async function currentCommit(session: GitSession): Promise<string | null> {
  const { exitCode, stdout } = await runGit(session, ['rev-parse', '--verify', '--quiet', 'HEAD'], {
    answers: [1, 128],
  });
  return exitCode === 0 ? stdout.toString('latin1').trim() : null;
}
