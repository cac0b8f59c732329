// How things stand: the target, the branch of the fixes and who wrote its tip, and the pull requests from it.
import { z } from 'zod';
import type { FixDeskState, FixPlace, FixRequestRecord, FixTip } from '../../ports/fix-desk.ts';
import { type BotIdentity, isOwn } from './bot-identity.ts';
import type { GitHubFixContext } from './fix-context.ts';
import { branchShape, comparisonShape, type FixPull, fixPullShape, messageShape } from './fix-shapes.ts';
import { readSelf } from './locate-fix.ts';
import { readAnswer } from './try-host.ts';

type Branch = z.infer<typeof branchShape>;

/** Throws what the client throws. */
export async function lookAtFix(context: GitHubFixContext, place: FixPlace): Promise<FixDeskState> {
  const self = await readSelf(context);
  const target = await readBranch(context, place.target);
  const branch = await readBranch(context, place.branch);
  const parent = target === null ? 'unknown' : await standing(context, place.parent, target.commit.sha);
  return {
    parent,
    tip: branch === null ? null : tipOf(branch, self),
    isProtected: branch?.protected === true,
    requests: await listFixPulls(context, place.branch, self),
  };
}

/** Null when there is none. */
async function readBranch({ client, owner, repo }: GitHubFixContext, name: string): Promise<Branch | null> {
  const where = { owner, repo, branch: name };
  try {
    const { data } = await client.read('GET /repos/{owner}/{repo}/branches/{branch}', where);
    return readAnswer(branchShape, data, 'a branch');
  } catch (error) {
    if (client.failureOf(error)?.status === 404) return null;
    throw error;
  }
}

/**
 * Both names have to be the account's: who amends a commit of ours, or takes it over elsewhere, leaves the author as it is. What an app's token
 * makes, GitHub itself commits and signs; what a person clicks on its pages has the person as author. A merge has two parents.
 */
function tipOf({ commit }: Branch, self: BotIdentity): FixTip {
  const { author, committer, parents } = commit;
  const byHost =
    committer == null
      ? /^GitHub(?: Enterprise)?$/.test(commit.commit.committer?.name ?? '')
      : committer.login === 'web-flow';
  return {
    commit: commit.sha,
    message: commit.commit.message,
    parent: parents.length === 1 ? (parents[0]?.sha ?? null) : null,
    isOwn: isOwn(self, author) && (isOwn(self, committer) || byHost) && parents.length === 1,
  };
}

async function standing(
  { client, owner, repo }: GitHubFixContext,
  parent: string,
  tip: string,
): Promise<FixDeskState['parent']> {
  if (parent === tip) return 'tip';
  const where = { owner, repo, basehead: `${parent}...${tip}`, per_page: 1 };
  try {
    const { data } = await client.read('GET /repos/{owner}/{repo}/compare/{basehead}', where);
    const { merge_base_commit: base } = readAnswer(comparisonShape, data, 'a comparison');
    return base.sha === parent ? 'ancestor' : 'elsewhere';
  } catch (error) {
    // Neither a commit that it does not have nor one of another history has a common one.
    if (client.failureOf(error)?.status === 404) return 'unknown';
    throw error;
  }
}

/** Of this repository, the newest first. Throws what the client throws. */
export async function listFixPulls(
  context: GitHubFixContext,
  branch: string,
  self: BotIdentity,
): Promise<readonly FixRequestRecord[]> {
  const { client, owner, repo } = context;
  const found: FixPull[] = [];
  const query = { owner, repo, head: `${owner}:${branch}`, state: 'all' };
  for await (const page of client.pages('GET /repos/{owner}/{repo}/pulls', query))
    found.push(...readAnswer(z.array(fixPullShape), page, 'the pull requests'));
  const name = `${owner}/${repo}`.toLowerCase();
  const own = found.filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === name);
  const records: FixRequestRecord[] = [];
  for (const pull of own.sort((one, other) => other.number - one.number))
    records.push(await toRecord(context, pull, self));
  return records;
}

async function toRecord(
  context: GitHubFixContext,
  pull: FixPull,
  self: BotIdentity,
): Promise<FixRequestRecord> {
  const { number, title, body, base, user, head } = pull;
  const state = pull.merged_at != null ? 'merged' : pull.state;
  const byUs = isOwn(self, user);
  return {
    ...{ number, state, title, body, target: base.ref, isOwn: byUs, url: pullUrl(context, number) },
    lastMessage: byUs && state === 'closed' ? await readMessage(context, head.sha) : null,
  };
}

/** Null where the commit is gone. Throws what the client throws. */
async function readMessage({ client, owner, repo }: GitHubFixContext, sha: string): Promise<string | null> {
  const where = { owner, repo, commit_sha: sha };
  try {
    const { data } = await client.read('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', where);
    return readAnswer(messageShape, data, 'a commit').message;
  } catch (error) {
    if (client.failureOf(error)?.status === 404) return null;
    throw error;
  }
}

/** Built, and not taken from the answer. */
export function pullUrl({ serverUrl, owner, repo }: GitHubFixContext, number: number): string {
  return `${serverUrl}/${owner}/${repo}/pull/${number}`;
}
