// Which commit a revision names, asked before there is a run to speak of.
import { resolveCommit } from './resolve-commits.ts';
import { openGitSession } from './run-git.ts';

/** Full id of the commit; null when `folder` is no repository that git may read, or the revision is not in it. */
export async function findCommit(folder: string, revision: string): Promise<string | null> {
  try {
    const session = await openGitSession(folder);
    return session === null ? null : await resolveCommit(session, revision);
  } catch {
    // No repository, or not ours to read: the run itself says so, with a hint, when it needs one.
    return null;
  }
}
