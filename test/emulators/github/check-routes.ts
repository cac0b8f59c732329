// Check runs with their annotations, and commit statuses (platforms A5, D27).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { Token } from './actors.ts';
import { answerPage } from './pages.ts';
import { nodeId, presentRepository, presentUser } from './present-repository.ts';
import { DOCS, notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const annotation = z.strictObject({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});
const output = {
  title: z.string(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotation).optional(),
};
const CONCLUSIONS = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
] as const;
const shared = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.iso.datetime().optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  completed_at: z.iso.datetime().optional(),
};
const newRun = z.strictObject({
  ...shared,
  name: z.string().min(1),
  head_sha: z.string(),
  output: z.strictObject(output).optional(),
});
const changedRun = z.strictObject({
  ...shared,
  name: z.string().min(1).optional(),
  output: z.strictObject({ ...output, title: z.string().optional() }).optional(),
});
type ChangedRun = z.infer<typeof changedRun>;

export interface CheckRun {
  readonly id: number;
  readonly app: Token['actor'];
  readonly headSha: string;
  /** An arbitrary suite of the same app, not one of its own (D27). */
  readonly suite: number;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: (typeof CONCLUSIONS)[number] | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: z.infer<typeof annotation>[];
}

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

const ANNOTATIONS_A_REQUEST = 50;
const MOST_CHARACTERS = 65_535;
const MESSAGE_BYTES = 65_536;
const TITLE_CHARACTERS = 255;
const DESCRIPTION_CHARACTERS = 140;
const STATUSES_A_CONTEXT = 1000;
/** The suite of another workflow that ran on the same commit. */
const SUITE_OF_ANOTHER_WORKFLOW = 31;

const REPOSITORY = '/repos/{owner}/{repo}';
const checks = (access: 'read' | 'write') => ({ permissions: ['checks'], access }) as const;
const statuses = (access: 'read' | 'write') => ({ permissions: ['statuses'], access }) as const;

/** The routes, and the lists they keep. */
export function createChecks(): { routes: readonly Route[]; runs: CheckRun[]; statuses: CommitStatus[] } {
  const runs: CheckRun[] = [];
  const stored: CommitStatus[] = [];
  const page = (call: Call) => ({ query: call.request.query, address: call.numbered });
  const withRun = (call: Call, run: (found: CheckRun) => HostAnswer): HostAnswer => {
    const found = runs.find(({ id }) => id === Number(call.parameters.check_run_id));
    return found ? run(found) : notFound();
  };
  const routes = [
    route({
      method: 'POST',
      path: `${REPOSITORY}/check-runs`,
      need: checks('write'),
      body: newRun,
      run: (call, asked) => {
        const refused = refuseRun(call, asked, asked.status ?? (asked.conclusion ? 'completed' : 'queued'));
        if (refused) return refused;
        if (!call.state.repository.has(asked.head_sha))
          return refuse(422, `No commit found for SHA: ${asked.head_sha}`);
        const run = createRun(call, asked.name, asked.head_sha);
        change(run, asked, call);
        runs.push(run);
        return { status: 201, body: presentRun(run, call) };
      },
    }),
    route({
      method: 'PATCH',
      path: `${REPOSITORY}/check-runs/{check_run_id}`,
      need: checks('write'),
      body: changedRun,
      run: (call, asked) =>
        withRun(call, (run) => {
          const refused = refuseRun(call, asked, asked.status ?? null);
          if (refused) return refused;
          // Only the app that made a run may change it.
          if (run.app !== call.token?.actor)
            return refuse(
              403,
              'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.',
            );
          change(run, asked, call);
          return { status: 200, body: presentRun(run, call) };
        }),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/check-runs/{check_run_id}`,
      need: checks('read'),
      run: (call) => withRun(call, (run) => ({ status: 200, body: presentRun(run, call) })),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/check-runs/{check_run_id}/annotations`,
      need: checks('read'),
      run: (call) =>
        withRun(call, (run) =>
          answerPage(run.annotations, page(call), (rows) =>
            rows.map((row) => presentAnnotation(row, run, call)),
          ),
        ),
    }),
    route({
      method: 'GET',
      path: `${REPOSITORY}/commits/{ref}/check-runs`,
      need: checks('read'),
      run: (call) => {
        const rows = listRuns(runs, call).map((run) => presentRun(run, call));
        return answerPage(rows, page(call), (part) => ({ total_count: rows.length, check_runs: part }));
      },
    }),
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
  return { routes, runs, statuses: stored };
}

function commitOf(call: Call): string {
  const ref = call.parameters.ref as string;
  return ref === call.state.repository.headBranch ? call.state.repository.head() : ref;
}

function listRuns(runs: readonly CheckRun[], call: Call): CheckRun[] {
  const { query } = call.request;
  const name = query.get('check_name');
  const status = query.get('status');
  const matching = runs
    .filter(({ headSha }) => headSha === commitOf(call))
    .filter((run) => (name === null || run.name === name) && (status === null || run.status === status))
    .toReversed();
  if (query.get('filter') === 'all') return matching;
  const latest = Map.groupBy(matching, (run) => `${run.app.id} ${run.name}`);
  return [...latest.values()].map(([run]) => run as CheckRun);
}

function invalid(call: Call, text: string): HostAnswer {
  call.violate(text);
  return refuse(422, `Invalid request.\n\n${text}`, undefined, DOCS.checks);
}

function refuseRun(call: Call, asked: ChangedRun, status: string | null): HostAnswer | null {
  if (status === 'completed' && asked.conclusion === undefined)
    return invalid(call, 'A completed check run needs a conclusion.');
  const { summary = '', text = '', annotations = [] } = asked.output ?? {};
  for (const length of [summary.length, text.length]) {
    if (length > MOST_CHARACTERS)
      return invalid(call, `Only ${MOST_CHARACTERS} characters are allowed; ${length} were supplied.`);
  }
  if (annotations.length > ANNOTATIONS_A_REQUEST) {
    return invalid(
      call,
      `No more than ${ANNOTATIONS_A_REQUEST} items are allowed; ${annotations.length} were supplied.`,
    );
  }
  for (const row of annotations) {
    const fault = faultOf(row);
    if (fault) return invalid(call, fault);
  }
  return null;
}

function faultOf(row: z.infer<typeof annotation>): string | null {
  const columns = row.start_column !== undefined || row.end_column !== undefined;
  if (columns && row.start_line !== row.end_line) return 'Columns are for annotations of one line.';
  if (row.start_line < 1 || row.end_line < row.start_line)
    return `Lines ${row.start_line} to ${row.end_line} are no range.`;
  if (Buffer.byteLength(row.message) > MESSAGE_BYTES) return 'The message is over 64 KB.';
  if (row.message === '') return "The message can't be blank.";
  if ((row.title ?? '').length > TITLE_CHARACTERS) return `The title is over ${TITLE_CHARACTERS} characters.`;
  return null;
}

function createRun(call: Call, name: string, headSha: string): CheckRun {
  return {
    id: call.state.nextId(),
    app: call.token?.actor as Token['actor'],
    headSha,
    suite: SUITE_OF_ANOTHER_WORKFLOW,
    name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: call.state.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
}

/** Annotations are added to those that stand there; everything else that is given replaces. */
function change(run: CheckRun, asked: ChangedRun, call: Call): void {
  run.name = asked.name ?? run.name;
  run.externalId = asked.external_id ?? run.externalId;
  run.detailsUrl = asked.details_url ?? run.detailsUrl;
  run.conclusion = asked.conclusion ?? run.conclusion;
  run.status = asked.conclusion === undefined ? (asked.status ?? run.status) : 'completed';
  run.completedAt =
    run.status === 'completed' ? (asked.completed_at ?? run.completedAt ?? call.state.now()) : null;
  run.title = asked.output?.title ?? run.title;
  run.summary = asked.output?.summary ?? run.summary;
  run.text = asked.output?.text ?? run.text;
  run.annotations.push(...(asked.output?.annotations ?? []));
}

function presentRun(run: CheckRun, call: Call): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  const url = `${call.api}/repos/${owner}/${name}/check-runs/${run.id}`;
  const html = `${call.web}/${owner}/${name}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: {
      id: run.app.id,
      slug: run.app.authorLogin,
      node_id: nodeId('A', run.app.id),
      owner: presentUser(run.app, call),
      name: run.app.authorLogin,
      description: null,
      external_url: call.web,
      html_url: `${call.web}/apps/${run.app.authorLogin}`,
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:00Z',
      permissions: {},
      events: [],
    },
    // Empty for pushes to a fork, and no way back to the pull request (platforms A5).
    pull_requests: [],
  };
}

function presentAnnotation(
  row: z.infer<typeof annotation>,
  run: CheckRun,
  call: Call,
): Record<string, unknown> {
  const { owner, name } = call.state.settings;
  const missing = { start_column: null, end_column: null, title: null, raw_details: null };
  return {
    ...missing,
    ...row,
    blob_href: `${call.web}/${owner}/${name}/blob/${run.headSha}/${encodeURI(row.path)}`,
  };
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
