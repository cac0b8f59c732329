// Commit statuses: short, many, and never changed (platforms A5).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { Token } from './actors.ts';
import { commitOf } from './commit-of.ts';
import { answerPage } from './pages.ts';
import { nodeId, presentRepository, presentUser } from './present-repository.ts';
import { refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const newStatus = z.strictObject({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().nullish(),
  context: z.string().min(1).optional(),
});

export interface CommitStatus extends z.infer<typeof newStatus> {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly creator: Token['actor'];
  readonly createdAt: string;
}

const DESCRIPTION_CHARACTERS = 140;
const STATUSES_A_CONTEXT = 1000;

const REPOSITORY = '/repos/{owner}/{repo}';
const statuses = (access: 'read' | 'write') => ({ permissions: ['statuses'], access }) as const;

/** The routes, and the list they keep. */
export function createStatuses(): { routes: readonly Route[]; statuses: CommitStatus[] } {
  const stored: CommitStatus[] = [];
  const page = (call: Call) => ({ query: call.request.query, address: call.numbered });
  const routes = [
    route({
      method: 'POST',
      path: `${REPOSITORY}/statuses/{sha}`,
      need: statuses('write'),
      body: newStatus,
      run: (call, asked) => {
        const sha = call.parameters.sha as string;
        if (!call.state.repository.has(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
        const context = asked.context ?? 'default';
        const refused = refuseStatus(
          call,
          asked.description ?? '',
          stored.filter((row) => row.sha === sha && row.context === context),
        );
        if (refused) return refused;
        const creator = call.token?.actor as Token['actor'];
        const status = {
          ...asked,
          context,
          sha,
          creator,
          id: call.state.nextId(),
          createdAt: call.state.now(),
        };
        stored.push(status);
        return { status: 201, body: presentStatus(status, call) };
      },
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/commits/{ref}/statuses`,
      need: statuses('read'),
      run: (call) => {
        const rows = stored.filter(({ sha }) => sha === commitOf(call)).toReversed();
        return answerPage(rows, page(call), (part) => part.map((row) => presentStatus(row, call)));
      },
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/commits/{ref}/status`,
      need: statuses('read'),
      run: (call) =>
        combined(
          call,
          stored.filter(({ sha }) => sha === commitOf(call)),
        ),
    }),
  ];
  return { routes, statuses: stored };
}

function refuseStatus(call: Call, description: string, earlier: readonly CommitStatus[]): HostAnswer | null {
  const error = (field: string, message: string) =>
    refuse(422, 'Validation Failed', [{ resource: 'Status', code: 'custom', field, message }]);
  if (description.length > DESCRIPTION_CHARACTERS) {
    call.violate('a status description over 140 characters');
    return error('description', `description is too long (maximum is ${DESCRIPTION_CHARACTERS} characters)`);
  }
  if (earlier.length < STATUSES_A_CONTEXT) return null;
  return error('base', 'This SHA and context has reached the maximum number of statuses.');
}

function presentStatus(status: CommitStatus, call: Call): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  return {
    url: `${call.api}/repos/${owner}/${name}/statuses/${status.sha}`,
    avatar_url: `${call.web}/avatars/${status.creator.id}`,
    id: status.id,
    node_id: nodeId('SC', status.id),
    state: status.state,
    description: status.description ?? null,
    target_url: status.target_url ?? null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: presentUser(status.creator, call),
  };
}

function combined(call: Call, rows: readonly CommitStatus[]): HostAnswer {
  const latest = [...Map.groupBy(rows.toReversed(), ({ context }) => context).values()].map(
    ([row]) => row as CommitStatus,
  );
  const states = latest.map(({ state }) => state);
  const failed = states.some((state) => state === 'failure' || state === 'error');
  const state = failed
    ? 'failure'
    : states.length === 0 || states.includes('pending')
      ? 'pending'
      : 'success';
  const { owner, name } = call.state.settings;
  const url = `${call.api}/repos/${owner}/${name}/commits/${commitOf(call)}`;
  return answerPage(latest, { query: call.request.query, address: call.numbered }, (part) => ({
    state,
    statuses: part.map((row) => {
      const { creator: _creator, ...rest } = presentStatus(row, call);
      return rest;
    }),
    sha: commitOf(call),
    total_count: latest.length,
    repository: presentRepository(call),
    commit_url: url,
    url: `${url}/status`,
  }));
}
