// Who the token belongs to, which branch is meant as target, and what is known of the token's rights before anything is written.
import { z } from 'zod';
import type { DeskProblem } from '../../domain/publication.ts';
import type { FixGround, FixTarget } from '../../ports/fix-desk.ts';
import type { BotIdentity } from './bot-identity.ts';
import type { GitHubFixContext } from './fix-context.ts';
import { fixPullShape, repositoryShape } from './fix-shapes.ts';
import { VIEWER_QUERY } from './review-threads.ts';
import { readAnswer } from './try-host.ts';

const viewerShape = z.object({
  viewer: z.object({ login: z.string().min(1), databaseId: z.number().int().nullish() }),
});

/** Throws what the client throws. */
export async function locateFix(context: GitHubFixContext, target: FixTarget): Promise<FixGround> {
  const { client, owner, repo } = context;
  const answer = await client.read('GET /repos/{owner}/{repo}', { owner, repo });
  const repository = readAnswer(repositoryShape, answer.data, 'the repository');
  const self = await readSelf(context);
  const at = await findTarget(context, target, repository.default_branch);
  return {
    self: self.login,
    repository: `${owner}/${repo}`,
    defaultBranch: repository.default_branch,
    ...at,
    withheld: rightsProblem(repository, String(answer.headers['x-oauth-scopes'] ?? '')),
  };
}

/** GITHUB_TOKEN cannot read `/user`. */
export async function readSelf({ client }: GitHubFixContext): Promise<BotIdentity> {
  const { viewer } = readAnswer(viewerShape, (await client.query(VIEWER_QUERY, {})).data, 'the account');
  return { login: viewer.login, id: viewer.databaseId ?? null };
}

async function findTarget(
  { client, owner, repo }: GitHubFixContext,
  target: FixTarget,
  defaultBranch: string,
): Promise<{ readonly target: string; readonly isFork: boolean }> {
  if (target.kind !== 'request')
    return { target: target.kind === 'branch' ? target.name : defaultBranch, isFork: false };
  const where = { owner, repo, pull_number: target.number };
  const { data } = await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', where);
  const { head } = readAnswer(fixPullShape, data, 'the pull request');
  const isHere = head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  return { target: head.ref, isFork: !isHere };
}

function rightsProblem(repository: z.infer<typeof repositoryShape>, scopes: string): DeskProblem | null {
  if (repository.archived === true) {
    const text = 'The repository is archived: nothing can be written there.';
    return { code: 'locked', text, hint: 'Take it out of the archive.' };
  }
  const given = scopes.split(',').map((scope) => scope.trim());
  const isClassic = scopes.trim() !== '';
  const enough = given.includes('repo') || (given.includes('public_repo') && repository.private === false);
  if (isClassic && !enough) {
    return {
      code: 'permission',
      text: 'The token may not write: it is a classic token without the scope for it.',
      hint: "Give it the scope `repo`, or use the job's GITHUB_TOKEN with `contents: write` and `pull-requests: write`.",
    };
  }
  // Of an app's token GitHub says nothing here.
  if (isClassic && repository.permissions?.push === false) {
    const text = 'The token belongs to somebody who may not push to the repository.';
    return { code: 'permission', text, hint: 'Use the token of somebody who may: role Write.' };
  }
  return null;
}
