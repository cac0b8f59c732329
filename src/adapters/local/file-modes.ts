// How git keeps files of the working tree: whether the last commit has them, and whether they are programs.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { type GitSession, runGit, splitNul } from './run-git.ts';

export interface FileMode {
  readonly isCommitted: boolean;
  readonly isExecutable: boolean;
}

/** One entry a path. Of a file that the last commit does not have, the file system tells. */
export async function readFileModes(
  session: GitSession,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileMode>> {
  const modes = new Map<string, FileMode>();
  if (paths.length === 0) return modes;
  const { stdout } = await runGit(session, ['ls-tree', '-z', '--full-tree', 'HEAD', '--', ...paths]);
  for (const line of splitNul(stdout)) {
    const [, mode, name] = /^(\d{6}) [a-z]+ [0-9a-f]+\t([\s\S]+)$/.exec(line) ?? [];
    if (name !== undefined) modes.set(name, { isCommitted: true, isExecutable: mode === '100755' });
  }
  for (const name of paths) {
    if (modes.has(name)) continue;
    const { mode } = await lstat(path.join(session.folder, ...name.split('/')));
    modes.set(name, { isCommitted: false, isExecutable: (mode & 0o111) !== 0 });
  }
  return modes;
}
