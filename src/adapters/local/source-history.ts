// The SourceHistory port over git: what is committed, what is not, and a commit of named files alone.
import { AssayError } from '#domain/errors.ts';
import type { SourceHistory } from '#ports/source-history.ts';
import type { Workspace } from '#ports/workspace.ts';
import { CommitTree } from './commit-tree.ts';
import { ObjectReader } from './object-reader.ts';
import { resolveCommit } from './resolve-commits.ts';
import { type GitSession, runGit } from './run-git.ts';

/** Letters and marks that no shell, no ref syntax and no option parser takes for its own. */
const BRANCH_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const IDENTITY = { NAME: 'Assay', EMAIL: 'assay@localhost' } as const;

export function createSourceHistory(session: GitSession): SourceHistory & AsyncDisposable {
  const objects = new ObjectReader(session);
  return {
    isClean: async (path) => {
      const args = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignored', '--', path];
      return (await runGit(session, args)).stdout.length === 0;
    },
    treesAt: async (revisions) => {
      const trees: Workspace[] = [];
      for (const revision of revisions) {
        const commit = await resolveCommit(session, revision);
        if (commit !== null) trees.push(new CommitTree(session, commit, objects));
      }
      return trees;
    },
    branchProblem: (name) => branchProblem(session, name),
    commit: (branch, paths, message) => commit(session, branch, { paths, message }),
    [Symbol.asyncDispose]: () => objects.close(),
  };
}

async function branchProblem(session: GitSession, name: string): Promise<string | null> {
  const ref = `refs/heads/${name}`;
  const isName =
    BRANCH_NAME.test(name) &&
    (await runGit(session, ['check-ref-format', ref], { answers: [1] })).exitCode === 0;
  if (!isName) return `${JSON.stringify(name.slice(0, 100))} is no name for a branch.`;
  if ((await currentBranch(session)) === name) return null;
  const { exitCode } = await runGit(session, ['show-ref', '--verify', '--quiet', ref], { answers: [1] });
  return exitCode === 0 ? `The branch ${name} exists already.` : null;
}

/** Null on a detached head. */
async function currentBranch(session: GitSession): Promise<string | null> {
  const { stdout } = await runGit(session, ['symbolic-ref', '--quiet', '--short', 'HEAD'], { answers: [1] });
  return stdout.toString('utf8').trim() || null;
}

async function commit(
  session: GitSession,
  branch: string,
  { paths, message }: { readonly paths: readonly string[]; readonly message: string },
): Promise<string | null> {
  if (!BRANCH_NAME.test(branch)) throw new AssayError('internal', 'The branch was not checked.');
  if ((await currentBranch(session)) !== branch)
    await runGit(session, ['switch', '--quiet', '--no-track', '--create', branch]);
  await runGit(session, ['add', '--', ...paths]);
  const compared = ['diff', '--cached', '--quiet', '--no-ext-diff', 'HEAD', '--', ...paths];
  if ((await runGit(session, compared, { answers: [1] })).exitCode === 0) return null;
  const signed = {
    ...session,
    environment: {
      ...session.environment,
      ...Object.fromEntries(
        Object.entries(IDENTITY).flatMap(([key, value]) => [
          [`GIT_AUTHOR_${key}`, value],
          [`GIT_COMMITTER_${key}`, value],
        ]),
      ),
    },
  };
  // No signing: git would start the program that the configuration names.
  const options = ['--quiet', '--no-verify', '--no-gpg-sign', '--cleanup=verbatim', '--only'];
  await runGit(signed, ['commit', ...options, `--message=${message}`, '--', ...paths]);
  const { stdout } = await runGit(session, ['rev-parse', 'HEAD']);
  return stdout.toString('latin1').trim();
}
