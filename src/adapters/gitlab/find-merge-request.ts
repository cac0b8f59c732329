// Which merge request a commit is the head of, told by GitLab and never by a file that came along.
import type { DeskProblem } from '#domain/publication.ts';
import { endpoint } from './endpoint.ts';
import { explainFault } from './explain-fault.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { mergeRequestRowShape, readShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';

export interface CommitUnderReview {
  /** The target project: its id or `group/project`. */
  readonly project: string | number;
  /** Full SHA. */
  readonly headSha: string;
  /** Narrows the search; null when it is not known. */
  readonly sourceBranch: string | null;
}

export type FoundMergeRequest =
  | { readonly kind: 'found'; readonly project: number; readonly iid: number }
  | { readonly kind: 'none' }
  /** One branch may be offered to several targets. Ascending. */
  | { readonly kind: 'several'; readonly iids: readonly number[] }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };

/** The open merge request of the project whose head is exactly that commit (docs.gitlab.com/api/merge_requests, "List project merge requests"). */
export async function findMergeRequest(
  client: GitLabClient,
  { project, headSha, sourceBranch }: CommitUnderReview,
): Promise<FoundMergeRequest> {
  const rows = await attempt(async () => {
    const list =
      sourceBranch === null
        ? await listPages(client, endpoint`projects/${project}/repository/commits/${headSha}/merge_requests`)
        : await listPages(client, endpoint`projects/${project}/merge_requests`, {
            state: 'opened',
            source_branch: sourceBranch,
          });
    return list.map((row) => readShape(mergeRequestRowShape, row));
  });
  if (rows instanceof GitLabFault)
    return { kind: 'refused', problem: explainFault(rows, 'to list merge requests') };
  const open = rows
    .filter(({ state, sha }) => state === 'opened' && sha === headSha)
    .sort((one, other) => one.iid - other.iid);
  const [only] = open;
  if (only === undefined) return { kind: 'none' };
  if (open.length > 1) return { kind: 'several', iids: open.map(({ iid }) => iid) };
  return { kind: 'found', project: only.target_project_id, iid: only.iid };
}
