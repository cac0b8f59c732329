// Asks git which commit a revision names, without reading anything of it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Full id of the commit, or null when the folder is no repository or the revision is not in it. */
export async function resolveCommit(folder: string, revision: string): Promise<string | null> {
  try {
    const { stdout } = await run(
      'git',
      // A container's work tree often belongs to another user; naming the folder is the operator's trust in it.
      [
        '-c',
        'safe.directory=*',
        'rev-parse',
        '--verify',
        '--quiet',
        '--end-of-options',
        `${revision}^{commit}`,
      ],
      { cwd: folder, timeout: 30_000, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } },
    );
    return stdout.trim();
  } catch {
    return null;
  }
}
