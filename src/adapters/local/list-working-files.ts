// Which files of a working tree git knows or would add: tracked ones that are still there, and new ones that it does not ignore.
import { type GitSession, runGit, splitNul } from './run-git.ts';
import { LISTING_CAP, tooManyFiles } from './walk-folder.ts';

/** Paths in the working tree, in no order; submodules and nested repositories are not of this one. */
export async function listWorkingFiles(session: GitSession): Promise<readonly string[]> {
  const [staged, deleted, untracked] = await Promise.all([
    runGit(session, ['ls-files', '-z', '--cached', '--stage']),
    runGit(session, ['ls-files', '-z', '--deleted']),
    listUntrackedFiles(session),
  ]);
  const gone = new Set(splitNul(deleted.stdout));
  const tracked = splitNul(staged.stdout).flatMap(trackedPath);
  // A file in conflict stands in the index up to three times.
  const paths = new Set([...tracked, ...untracked].filter((path) => !gone.has(path)));
  if (paths.size > LISTING_CAP) throw tooManyFiles(session.folder, LISTING_CAP);
  return [...paths];
}

/** Files that are not tracked and not ignored. */
export async function listUntrackedFiles(session: GitSession): Promise<readonly string[]> {
  const { stdout } = await runGit(session, ['ls-files', '-z', '--others', '--exclude-standard']);
  // A nested repository is listed as its folder.
  return splitNul(stdout).filter((path) => !path.endsWith('/'));
}

/** `<mode> <id> <stage><TAB><path>`; mode 160000 is a submodule (git-ls-files(1)). */
function trackedPath(line: string): readonly string[] {
  const tab = line.indexOf('\t');
  return line.startsWith('160000 ') ? [] : [line.slice(tab + 1)];
}
