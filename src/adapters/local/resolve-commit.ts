// Asks git which commit a revision names, before there is a run to speak of.
import { openGitSession, runGit } from './run-git.ts';

/** Full id of the commit, or null when `folder` is no repository that git may read or the revision is not in it. */
export async function resolveCommit(folder: string, revision: string): Promise<string | null> {
  try {
    const session = await openGitSession(folder);
    if (session === null) return null;
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const { exitCode, stdout } = await runGit(session, args, { answers: [1, 128] });
    return exitCode === 0 ? stdout.toString('utf8').trim() : null;
  } catch {
    // No repository, or not ours to read: the run itself says so with a hint when it needs one.
    return null;
  }
}
