// The merge request as GitLab describes it now, with the commits of its diff.
import { endpoint } from './endpoint.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { GitLabFault } from './gitlab-fault.ts';
import { type MergeRequestAnswer, mergeRequestShape, readShape, versionsShape } from './gitlab-shapes.ts';

/** Full SHAs: merge base, tip of the target branch when the diff was made, and head of the source branch. */
export interface DiffRefs {
  readonly baseSha: string;
  readonly startSha: string;
  readonly headSha: string;
}

/** Which merge request: of which project (its id, or `group/project`), and its number there. */
export interface MergeRequestName {
  readonly project: string | number;
  readonly iid: number;
}

export interface MergeRequest {
  readonly answer: MergeRequestAnswer;
  readonly refs: DiffRefs;
}

/** GitLab fills in the commits of a new merge request within about five seconds (platforms B1). */
const REFS_DELAYS: readonly number[] = [1000, 2000, 3000];

/**
 * Reads it until its commits are known; then takes the newest version's, then those given (from the CI variables, which may be stale:
 * platforms B5).
 *
 * @throws GitLabFault
 */
export async function readMergeRequest(
  client: GitLabClient,
  name: MergeRequestName,
  fallbackRefs: DiffRefs | null,
): Promise<MergeRequest> {
  let answer = await showMergeRequest(client, name);
  for (const delay of REFS_DELAYS) {
    const refs = refsOf(answer);
    if (refs !== null) return { answer, refs };
    if (!(await client.wait(delay))) break;
    answer = await showMergeRequest(client, name);
  }
  const refs = refsOf(answer) ?? (await newestVersion(client, name)) ?? fallbackRefs;
  if (refs !== null) return { answer, refs };
  throw new GitLabFault('lost', 200, 'a merge request whose diff is not made yet', {
    hint: 'GitLab makes the diff of a new merge request within seconds; run the job again.',
  });
}

async function showMergeRequest(client: GitLabClient, name: MergeRequestName): Promise<MergeRequestAnswer> {
  return readShape(mergeRequestShape, await client.api.MergeRequests.show(name.project, name.iid));
}

function refsOf({ diff_refs: refs }: MergeRequestAnswer): DiffRefs | null {
  const { base_sha: baseSha, start_sha: startSha, head_sha: headSha } = refs ?? {};
  if (!baseSha || !startSha || !headSha) return null;
  return { baseSha, startSha, headSha };
}

async function newestVersion(client: GitLabClient, name: MergeRequestName): Promise<DiffRefs | null> {
  const { body } = await client.api.requester.get(
    endpoint`projects/${name.project}/merge_requests/${name.iid}/versions`,
  );
  const [newest] = readShape(versionsShape, body);
  if (newest === undefined) return null;
  return {
    baseSha: newest.base_commit_sha,
    startSha: newest.start_commit_sha,
    headSha: newest.head_commit_sha,
  };
}
