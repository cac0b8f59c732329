// Which pull request a commit is the head of, for a `workflow_run`: asked of the API, never read out of a file (security section 1.3).
import { z } from 'zod';
import type { DeskProblem } from '../../domain/publication.ts';
import { explainFailure } from './explain-failure.ts';
import type { GitHubClient } from './github-client.ts';
import { splitRepository } from './split-repository.ts';
import { readAnswer, tryHost } from './try-host.ts';

const candidateShape = z.object({
  number: z.number().int().positive(),
  state: z.string(),
  head: z.object({ sha: z.string(), label: z.string().nullish() }),
  base: z.object({ repo: z.object({ full_name: z.string() }) }),
});
type Candidate = z.infer<typeof candidateShape>;

export interface CommitOnBranch {
  /** `owner/repo`, the one that pull requests are made to. */
  readonly repository: string;
  readonly headSha: string;
  /** `owner:branch` of the head; null when its repository is gone. */
  readonly branch: string | null;
}

/**
 * The number of the open pull request whose head is that very commit now; null when there is none. Of several with the same head the one of
 * the named branch is taken, then the oldest.
 */
export async function findPullRequest(
  client: GitHubClient,
  { repository, headSha, branch }: CommitOnBranch,
): Promise<number | null | { readonly problem: DeskProblem }> {
  const where = splitRepository(repository);
  const pick = (candidates: readonly Candidate[]): number | null => {
    const fitting = candidates.filter(
      ({ state, head, base }) =>
        state === 'open' &&
        head.sha === headSha &&
        base.repo.full_name.toLowerCase() === repository.toLowerCase(),
    );
    const ofBranch = fitting.filter(({ head }) => branch !== null && head.label === branch);
    const numbers = (ofBranch.length > 0 ? ofBranch : fitting).map(({ number }) => number);
    return numbers.length === 0 ? null : Math.min(...numbers);
  };
  const list = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<Candidate[]> => {
    const all: Candidate[] = [];
    for await (const page of client.pages(route, { ...where, ...parameters })) {
      all.push(...readAnswer(z.array(candidateShape), page, 'the pull requests'));
    }
    return all;
  };

  const tried = await tryHost(client, async () => {
    const filter = { head: branch, state: 'open' };
    const ofBranch = branch === null ? null : pick(await list('GET /repos/{owner}/{repo}/pulls', filter));
    // A fork's commit may not be listed here, and a branch may have been renamed: each question alone misses some.
    return (
      ofBranch ??
      pick(await list('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { commit_sha: headSha }))
    );
  });
  if (tried.kind === 'done') return tried.value;
  // A commit that the repository does not know has no pull request.
  if (tried.failure.status === 422) return null;
  const problem = explainFailure(tried.failure, {
    what: 'find the pull request',
    needs: 'pull-requests: write',
  });
  return { problem };
}
