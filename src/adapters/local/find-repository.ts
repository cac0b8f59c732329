// Which repository a folder belongs to, if any.
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { AssayError } from '../../domain/errors.ts';
import { type GitSession, openGitSession, runGit } from './run-git.ts';

export type FoundRepository =
  | { readonly kind: 'repository'; readonly root: string; readonly session: GitSession }
  /** No repository: `why` ends the sentence "… needs git, but". */
  | { readonly kind: 'plain'; readonly root: string; readonly why: string };

/**
 * Looks for the repository that `folder` lies in; its root is the working tree's top. A folder that a surrounding repository
 * ignores is a plain one. Throws AssayError `repository` when there is a repository that git refuses or cannot read.
 */
export async function findRepository(folder: string): Promise<FoundRepository> {
  const root = await resolveFolder(folder);
  const hasGitFolder = isBelowGitFolder(root);
  if (!hasGitFolder) return { kind: 'plain', root, why: `${folder} is not a git repository` };
  const here = await openGitSession(root);
  if (here === null) return { kind: 'plain', root, why: 'git is not installed (not found on PATH)' };

  const { stdout } = await runGit(here, ['rev-parse', '--show-toplevel']);
  const top = await realpath(stdout.toString('utf8').replace(/\r?\n$/, ''));
  if (relative(top, root).startsWith('..')) {
    throw new AssayError(
      'repository',
      `The git configuration of ${folder} says that its files are at ${top}.`,
      {
        hint: 'Remove core.worktree from .git/config, or give the folder of a clone with --repo.',
      },
    );
  }
  if (top !== root && (await isIgnored(here))) {
    return { kind: 'plain', root, why: `${folder} is ignored by the repository around it` };
  }
  return { kind: 'repository', root: top, session: { ...here, folder: top } };
}

/** The absolute path of a folder, links resolved. Throws AssayError `repository` when there is none. */
export async function resolveFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (cause) {
    throw new AssayError('repository', `There is no folder ${folder}.`, {
      hint: 'Give the folder of the sources with --repo.',
      cause,
    });
  }
  throw new AssayError('repository', `${folder} is a file, not a folder.`, {
    hint: 'Give the folder of the sources with --repo.',
  });
}

/** A look without git, so that a plain folder needs no git at all. A linked worktree has a file of that name. */
function isBelowGitFolder(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

async function isIgnored(session: GitSession): Promise<boolean> {
  // check-ignore does not work with literal pathspecs; this one is ours.
  const plain = { ...session, environment: { ...session.environment, GIT_LITERAL_PATHSPECS: '0' } };
  const { exitCode } = await runGit(plain, ['check-ignore', '--quiet', '--', '.'], { answers: [1] });
  return exitCode === 0;
}
