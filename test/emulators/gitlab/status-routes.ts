// Commit statuses: what the pipelines say beside a commit (platforms B6, D42).
import type { HostAnswer } from '../emulated-host.ts';
import { badRequest, created, forbidden, invalid, notFound, paged } from './answers.ts';
import type { CommitStatus } from './model.ts';
import { takeFields } from './note-writing.ts';
import { presentStatus } from './present.ts';
import { DEVELOPER, type GitLabCall, type GitLabRoute } from './route.ts';
import { statusFields } from './write-schemas.ts';

export const statusRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: '/projects/:project/repository/commits/:sha/statuses', handle: list },
  { method: 'POST', path: '/projects/:project/statuses/:sha', handle: report },
];

const LONGEST = 255;
const EVENTS = {
  pending: 'enqueue',
  running: 'run',
  success: 'success',
  failed: 'drop',
  canceled: 'cancel',
  skipped: 'skip',
} as const;
/** From which states of the same job each state may be reached. */
const REACHED_FROM: Readonly<Record<string, readonly string[]>> = {
  running: ['pending'],
  success: ['pending', 'running'],
  failed: ['pending', 'running'],
  canceled: ['pending', 'running'],
  skipped: ['pending', 'running'],
};

function list({ state, request, parameters, root }: GitLabCall): HostAnswer {
  if (!state.repository.has(parameters.sha ?? '')) return notFound('Commit');
  const wanted = (key: string, value: string): boolean => (request.query.get(key) ?? value) === value;
  const all = state.statuses.filter(
    (status) => status.sha === parameters.sha && wanted('name', status.name) && wanted('ref', status.ref),
  );
  // Without `all` only the latest of each name is listed.
  const rows =
    request.query.get('all') === 'true'
      ? all
      : all.filter(
          (status, at) =>
            !all.slice(at + 1).some(({ name, ref }) => name === status.name && ref === status.ref),
        );
  return paged(request, rows, (status) => presentStatus(status, root));
}

function report(call: GitLabCall): HostAnswer {
  const { state, token, parameters, root } = call;
  if (token.access < DEVELOPER || state.switches.archived) return forbidden();
  const taken = takeFields(call, statusFields);
  if ('answer' in taken) return taken.answer;
  const sha = parameters.sha ?? '';
  if (!state.repository.has(sha)) return notFound('Commit');
  const { fields } = taken;
  const { pipelines } = state.switches;
  const joins = fields.pipeline_id;
  if (joins !== undefined && pipelines !== null && !pipelines.includes(joins)) return notFound('Pipeline');
  const name = fields.name ?? fields.context ?? 'default';
  const ref = fields.ref ?? state.repository.headBranch;
  for (const [key, value] of Object.entries({ name, description: fields.description })) {
    if ((value?.length ?? 0) > LONGEST)
      return invalid({ [key]: [`is too long (maximum is ${LONGEST} characters)`] });
  }
  const last = state.statuses.findLast(
    (status) => status.sha === sha && status.name === name && status.ref === ref,
  );
  const refused = last && mayNotFollow(last.state, fields.state);
  if (refused) return badRequestOfTransition(last.state, fields.state);
  const said = { description: fields.description ?? null, targetUrl: fields.target_url ?? null };
  // A job that is not over is the same one; one that is over is followed by another.
  if (last && ['pending', 'running'].includes(last.state)) {
    Object.assign(last, { state: fields.state, ...said });
    return created(presentStatus(last, root));
  }
  const status: CommitStatus = {
    id: state.nextId(),
    sha,
    ref,
    name,
    state: fields.state,
    ...said,
    author: token.user,
    createdAt: state.now(),
  };
  state.statuses.push(status);
  return created(presentStatus(status, root));
}

function mayNotFollow(from: string, to: CommitStatus['state']): boolean {
  if (from === to) return true;
  return ['pending', 'running'].includes(from) && !(REACHED_FROM[to] ?? []).includes(from);
}

function badRequestOfTransition(from: string, to: keyof typeof EVENTS): HostAnswer {
  const event = EVENTS[to];
  return {
    ...badRequest(''),
    body: {
      message: `Cannot transition status via :${event} from :${from} (Reason(s): Status cannot transition via "${event}")`,
    },
  };
}
