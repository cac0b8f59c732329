// The change as GitHub tells it, for a run without a clone, such as the second workflow of a fork's pull request.
import { z } from 'zod';
import type { Commits } from '../../domain/change.ts';
import { AssayError } from '../../domain/errors.ts';
import type { ReviewDiff } from '../../domain/review-diff.ts';
import type { ChangeSource } from '../../ports/change-source.ts';
import type { GitHubClient } from './github-client.ts';
import { GitHubTree } from './github-tree.ts';
import { pullShape } from './host-shapes.ts';
import { readPullFiles, withoutContext } from './pull-files.ts';
import { orRepositoryError } from './repository-error.ts';
import { splitRepository } from './split-repository.ts';
import { readAnswer } from './try-host.ts';

const compareShape = z.object({
  merge_base_commit: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
});

type KnownCommits = { readonly [name in keyof Commits]: string };

/**
 * The commits are those of the first question, for the whole run. Throws AssayError `repository` when GitHub does not answer, and for a change
 * of which it does not list all files, since one that is missing would look unchanged.
 */
export function createGitHubChangeSource(
  client: GitHubClient,
  options: { readonly repository: string; readonly number: number },
): ChangeSource {
  const repository = splitRepository(options.repository);
  const pull = { ...repository, pull_number: options.number };
  let known: Promise<KnownCommits> | null = null;
  let files: Promise<ReviewDiff> | null = null;

  const readCommits = async (): Promise<KnownCommits> => {
    const pulled = await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', pull);
    const { base, head } = readAnswer(pullShape, pulled.data, 'the pull request');
    // One commit a page: only the merge base is wanted.
    const range = { ...repository, basehead: `${base.sha}...${head.sha}`, per_page: 1, page: 2 };
    const compared = await client.read('GET /repos/{owner}/{repo}/compare/{basehead}', range);
    const { merge_base_commit } = readAnswer(compareShape, compared.data, 'the merge base');
    return { baseTip: base.sha, mergeBase: merge_base_commit.sha, head: head.sha };
  };
  const commits = (): Promise<KnownCommits> => {
    known ??= orRepositoryError(client, 'read the commits of the pull request', readCommits);
    return known;
  };
  const review = (): Promise<ReviewDiff> => {
    files ??= orRepositoryError(client, 'list the files of the pull request', () =>
      readPullFiles(client, pull),
    );
    return files;
  };

  return {
    commits,
    diff: async () => {
      const diff = await review();
      if (diff.complete) return withoutContext(diff);
      throw new AssayError('repository', 'The pull request has more files than GitHub lists.', {
        hint: 'Check the repository out with its history before Assay runs.',
      });
    },
    diffFrom: async (revision) => ((await commits()).head === revision ? { files: [] } : null),
    reviewDiff: async (from, to) => {
      const { mergeBase, head } = await commits();
      return from === mergeBase && to === head ? review() : null;
    },
    at: (commit) => new GitHubTree(client, repository, commit),
  };
}
