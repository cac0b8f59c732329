// A merge request on GitLab as the place where a run is discussed.
import type { ChangeRequest, DeskProblem, DeskRights, DeskState } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { amendComments } from './amend-comments.ts';
import { DeskContext } from './desk-context.ts';
import { explainFault } from './explain-fault.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import type { DiffRefs, MergeRequest, MergeRequestName } from './merge-request.ts';
import { postDrafts } from './post-drafts.ts';
import { reportStatus } from './report-status.ts';
import { listDiscussions, standingComments } from './standing-comments.ts';
import { writeSummary } from './write-summary.ts';

export interface GitLabDeskOptions extends MergeRequestName {
  /** `CI_SERVER_URL`; links are built from it, never taken from answers. */
  readonly serverUrl: string;
  /** From the CI variables, for a merge request whose commits GitLab does not tell (platforms D37); null without any. */
  readonly fallbackRefs: DiffRefs | null;
  /** `CI_PIPELINE_ID`, which the commit status joins. */
  readonly pipelineId?: number | null;
  /** `CI_JOB_URL`, where the commit status leads; else the merge request. */
  readonly statusUrl?: string | null;
}

/** No method throws for what GitLab says. */
export function createGitLabDesk(client: GitLabClient, options: GitLabDeskOptions): ReviewDesk {
  const desk = new DeskContext(client, options);
  return {
    read: () => readDesk(desk),
    post: (drafts, at) => postDrafts(desk, drafts, at.head),
    amend: (amendments) => amendComments(desk, amendments),
    summarise: (body, marker, standing) => writeSummary(desk, body, marker, standing),
    report: (status) =>
      reportStatus(desk, status, {
        pipelineId: options.pipelineId ?? null,
        targetUrl: options.statusUrl ?? null,
      }),
  };
}

async function readDesk(desk: DeskContext): Promise<DeskState | { readonly problem: DeskProblem }> {
  const self = await attempt(() => desk.self());
  if (self instanceof GitLabFault) return { problem: explainFault(self, 'who the token belongs to') };
  const request = await attempt(() => desk.readMergeRequest());
  if (request instanceof GitLabFault) return { problem: explainFault(request, 'to read the merge request') };
  const discussions = await attempt(() => listDiscussions(desk.client, desk.name));
  if (discussions instanceof GitLabFault)
    return { problem: explainFault(discussions, 'to read the discussions') };
  const comments = standingComments(discussions, {
    self: self.id,
    head: request.refs.headSha,
    url: desk.url,
  });
  for (const { id } of comments) desk.own.add(id);
  return {
    change: toChangeRequest(request, desk),
    self: self.username,
    rights: rightsAt(request, await desk.rights()),
    comments,
  };
}

/** The status of a fork's commit goes to the fork, where the token may have another role. */
function rightsAt({ answer }: MergeRequest, rights: DeskRights): DeskRights {
  const { withheld: _elsewhere, ...known } = rights;
  return answer.source_project_id === answer.target_project_id ? rights : known;
}

function toChangeRequest({ answer, refs }: MergeRequest, desk: DeskContext): ChangeRequest {
  return {
    host: 'gitlab',
    name: `${desk.path}!${desk.name.iid}`,
    state: answer.state === 'merged' || answer.state === 'closed' ? answer.state : 'open',
    // The state "locked" lasts as long as a merge.
    locked: answer.discussion_locked === true || answer.state === 'locked',
    head: refs.headSha,
    baseTip: refs.startSha,
    mergeBase: refs.baseSha,
    fork: answer.source_project_id !== answer.target_project_id,
    blobUrl: `${desk.projectUrl}/-/blob/${refs.headSha}`,
    url: desk.url,
  };
}
