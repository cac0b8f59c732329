// Check runs with their annotations (platforms A5, D27).
import type { HostAnswer } from '../emulated-host.ts';
import type { Token } from './actors.ts';
import {
  type Annotation,
  type ChangedRun,
  type CheckRun,
  changedRun,
  newRun,
  presentAnnotation,
  presentRun,
} from './check-run.ts';
import { commitOf } from './commit-of.ts';
import { answerPage } from './pages.ts';
import { DOCS, notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const ANNOTATIONS_A_REQUEST = 50;
const MOST_CHARACTERS = 65_535;
const MESSAGE_BYTES = 65_536;
const TITLE_CHARACTERS = 255;
/** The suite of another workflow that ran on the same commit. */
const SUITE_OF_ANOTHER_WORKFLOW = 31;

const REPOSITORY = '/repos/{owner}/{repo}';
const checks = (access: 'read' | 'write') => ({ permissions: ['checks'], access }) as const;

/** The routes, and the lists they keep. */
export function createChecks(): { routes: readonly Route[]; runs: CheckRun[] } {
  const runs: CheckRun[] = [];
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
        const sha = commitOf(call);
        if (!call.state.repository.has(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
        const rows = listRuns(runs, call).map((run) => presentRun(run, call));
        return answerPage(rows, page(call), (part) => ({ total_count: rows.length, check_runs: part }));
      },
    }),
  ];
  return { routes, runs };
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

function faultOf(row: Annotation): string | null {
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
