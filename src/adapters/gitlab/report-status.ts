// The gate's answer as a commit status (docs.gitlab.com/api/commits, "Set commit pipeline status").
import type { GateStatus, StatusOutcome } from '#domain/publication.ts';
import { shorten } from '#support/shorten.ts';
import type { DeskContext } from './desk-context.ts';
import { endpoint } from './endpoint.ts';
import { explainFault, movedProblem } from './explain-fault.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { readShape, type StatusAnswer, statusShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';
import { sendAndLook } from './send-and-look.ts';
import { STATUS_HINT } from './token-problem.ts';

const DESCRIPTION_CAP = 255;
/** Characters of the digest that stand in the description. */
const DIGEST_LENGTH = 12;

export interface StatusPlace {
  /** `CI_PIPELINE_ID`, so that the status joins the pipeline that runs; null makes GitLab choose or open one. */
  readonly pipelineId: number | null;
  /** Where a click leads; the merge request when null. */
  readonly targetUrl: string | null;
}

interface Wanted {
  readonly project: string | number;
  readonly sha: string;
  readonly ref: string;
  readonly pipelineId: number | null;
  readonly name: string;
  readonly state: 'success' | 'failed';
  readonly description: string;
  readonly targetUrl: string;
}

/**
 * Reads the statuses of the commit first; an equal one is kept. The status goes to the project that holds the commit's branch: for a fork
 * that is the source project, since GitLab looks for a branch of the project with that commit, and the target has none. The token
 * seldom has rights there; the refusal says so. GitLab knows no neutral state: `neutral` is a success whose description says why.
 */
export async function reportStatus(
  desk: DeskContext,
  status: GateStatus,
  place: StatusPlace,
): Promise<StatusOutcome> {
  const current = await attempt(() => desk.readMergeRequest());
  if (current instanceof GitLabFault) return refusedBy(current, 'to read the merge request');
  const { answer, refs } = current;
  if (refs.headSha !== status.head)
    return { kind: 'refused', problem: movedProblem(status.head, refs.headSha) };
  const wanted: Wanted = {
    project: answer.source_project_id ?? answer.target_project_id,
    sha: status.head,
    ref: answer.source_branch,
    pipelineId: place.pipelineId,
    name: status.name,
    state: status.conclusion === 'failure' ? 'failed' : 'success',
    description: describe(status),
    targetUrl: place.targetUrl ?? desk.url,
  };
  const before = await attempt(() => newestStatus(desk, wanted));
  if (before instanceof GitLabFault) return refusedBy(before, 'to read the commit’s statuses');
  if (before !== null && isEqual(before, wanted)) return reported('kept', wanted);
  return writeStatus(desk, wanted, before === null ? 'created' : 'updated');
}

async function writeStatus(
  desk: DeskContext,
  wanted: Wanted,
  action: 'created' | 'updated',
): Promise<StatusOutcome> {
  const outcome = await sendAndLook<StatusOutcome>(
    desk.client,
    async () => {
      await sendStatus(desk, wanted);
      return reported(action, wanted);
    },
    async () => {
      const now = await newestStatus(desk, wanted);
      return now !== null && isEqual(now, wanted) ? reported(action, wanted) : null;
    },
  );
  if (!(outcome instanceof GitLabFault)) return outcome;
  if (!/cannot transition/i.test(outcome.said)) return refusedBy(outcome, 'the commit status');
  // GitLab does not set a state that stands already (platforms D42). Another state that it will not leave is a refusal.
  const now = await attempt(() => newestStatus(desk, wanted));
  const stands = now !== null && !(now instanceof GitLabFault) && now.status === wanted.state;
  return stands ? reported('kept', wanted) : refusedBy(outcome, 'the commit status');
}

/** In a pipeline of merged results the pipeline belongs to another commit, and GitLab answers 404: then without it. */
async function sendStatus(desk: DeskContext, wanted: Wanted): Promise<void> {
  const send = (where: { readonly pipelineId?: number; readonly ref?: string }) =>
    desk.client.api.Commits.editStatus(wanted.project, wanted.sha, wanted.state, {
      name: wanted.name,
      description: wanted.description,
      targetUrl: wanted.targetUrl,
      ...where,
    });
  if (wanted.pipelineId !== null) {
    const sent = await attempt(() => send({ pipelineId: wanted.pipelineId ?? 0 }));
    if (!(sent instanceof GitLabFault)) return;
    const wrongPipeline = sent.kind === 'refused' && (sent.status === 404 || /pipeline/i.test(sent.said));
    if (!wrongPipeline || /cannot transition/i.test(sent.said)) throw sent;
  }
  await send({ ref: wanted.ref });
}

async function newestStatus(desk: DeskContext, wanted: Wanted): Promise<StatusAnswer | null> {
  const rows = await listPages(
    desk.client,
    endpoint`projects/${wanted.project}/repository/commits/${wanted.sha}/statuses`,
    { name: wanted.name },
  );
  const statuses = rows.map((row) => readShape(statusShape, row)).filter(({ name }) => name === wanted.name);
  return statuses.sort((one, other) => other.id - one.id)[0] ?? null;
}

function isEqual(standing: StatusAnswer, wanted: Wanted): boolean {
  return (
    standing.status === wanted.state &&
    titleIn(standing.description ?? '') === titleIn(wanted.description) &&
    standing.target_url === wanted.targetUrl
  );
}

function describe({ title, digest }: GateStatus): string {
  const tail = ` [${digest.slice(0, DIGEST_LENGTH)}]`;
  return shorten(title.replace(/\s+/g, ' ').trim(), DESCRIPTION_CAP - tail.length) + tail;
}

/** The digest covers annotations and a summary, which a commit status does not show: they alone are no reason to write it again. */
function titleIn(description: string): string {
  return description.replace(/ \[[0-9a-f]{12}\]$/, '');
}

function reported(action: 'created' | 'updated' | 'kept', wanted: Wanted): StatusOutcome {
  return { kind: 'reported', as: 'status', action, annotations: 0, url: wanted.targetUrl };
}

function refusedBy(fault: GitLabFault, asked: string): StatusOutcome {
  const problem = explainFault(fault, asked);
  // Who came here has read the merge request: it is the role that is missing, and not the token.
  const isRole = problem.code === 'permission' && fault.status === 403;
  return { kind: 'refused', problem: isRole ? { ...problem, hint: STATUS_HINT } : problem };
}
