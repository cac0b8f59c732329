// The gate's answer as a check run, with its annotations in batches.
import type { GateStatus, StatusAnnotation, StatusOutcome } from '../../domain/publication.ts';
import { shorten } from '../../support/shorten.ts';
import { type DeskContext, inRepository } from './desk-context.ts';
import type { Parameters } from './github-client.ts';
import { type CheckRunAnswer, checkRunShape, checkRunsShape, storedShape } from './host-shapes.ts';
import { readAnswer, type Tried, tryHost, writeOnce } from './try-host.ts';

/** Annotations in one request; each request appends to those before (platforms A5, D27). */
const BATCH = 50;
const TITLE_LIMIT = 255;
const SUMMARY_LIMIT = 65_535;
const MESSAGE_LIMIT = 64 * 1024;
/** Begins the external id of every run of Assay's own: a job of the same name has one too, made by the same app. */
const OWN = 'assay:';
/** Stands behind the digest until the last batch is stored, so that an interrupted run is not taken for a whole one. */
const UNFINISHED = '#unfinished';

type Reported = Extract<StatusOutcome, { kind: 'reported' }>;

/** Creates the check run, or leaves an equal one alone. The caller explains failures, and tries a commit status instead. */
export async function reportCheck(context: DeskContext, status: GateStatus): Promise<Tried<Reported>> {
  const listed = await tryHost(context.client, () => listRuns(context, status));
  if (listed.kind === 'failed') return listed;
  const equal = listed.value.find((run) => isEqual(run, status));
  if (equal !== undefined) return done(context, status, equal.id, 'kept', status.annotations.length);
  // Annotations can only be added: a run that has some is never made into another answer (platforms D27).
  const bare = listed.value.find(isBare);
  const written = bare === undefined ? null : await write(context, status, bare.id);
  if (written?.kind === 'done') return addBatches(context, status, written.value, 'updated');
  const created = await write(context, status, null);
  return created.kind === 'done' ? addBatches(context, status, created.value, 'created') : created;
}

async function listRuns(context: DeskContext, status: GateStatus): Promise<readonly CheckRunAnswer[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
  // All of them: a job of the same name would hide an older run of ours.
  const filter = { ...inRepository(context), ref: status.head, check_name: status.name, filter: 'all' };
  const runs: CheckRunAnswer[] = [];
  for await (const page of context.client.pages(route, filter)) {
    runs.push(...readAnswer(checkRunsShape, page, 'the check runs').check_runs);
  }
  return runs.filter((run) => run.name === status.name).sort((one, other) => other.id - one.id);
}

function isEqual(run: CheckRunAnswer, status: GateStatus): boolean {
  return run.external_id === `${OWN}${status.digest}` && run.conclusion === status.conclusion;
}

function isBare(run: CheckRunAnswer): boolean {
  return run.external_id?.startsWith(OWN) === true && run.output?.annotations_count === 0;
}

/** The run with its first batch; null creates one. Gives its number. */
async function write(context: DeskContext, status: GateStatus, id: number | null): Promise<Tried<number>> {
  const { client } = context;
  const first = status.annotations.slice(0, BATCH);
  const complete = status.annotations.length <= BATCH;
  const external = `${OWN}${status.digest}${complete ? '' : UNFINISHED}`;
  const route =
    id === null
      ? 'POST /repos/{owner}/{repo}/check-runs'
      : 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
  return writeOnce(
    client,
    async () => {
      const answer = await client.write(route, {
        ...inRepository(context),
        ...(id === null ? { head_sha: status.head } : { check_run_id: id }),
        name: status.name,
        external_id: external,
        status: 'completed',
        conclusion: status.conclusion,
        output: outputOf(status, first),
      });
      return readAnswer(storedShape, answer.data, 'the check run').id;
    },
    async () => (await listRuns(context, status)).find((run) => run.external_id === external)?.id ?? null,
  );
}

async function addBatches(
  context: DeskContext,
  status: GateStatus,
  id: number,
  action: 'created' | 'updated',
): Promise<Tried<Reported>> {
  let taken = Math.min(status.annotations.length, BATCH);
  while (taken < status.annotations.length) {
    const batch = status.annotations.slice(taken, taken + BATCH);
    const stored = await addBatch(context, status, id, { batch, after: taken + batch.length });
    if (stored.kind === 'failed') break;
    taken += batch.length;
  }
  return done(context, status, id, action, taken);
}

async function addBatch(
  context: DeskContext,
  status: GateStatus,
  id: number,
  { batch, after }: { readonly batch: readonly StatusAnnotation[]; readonly after: number },
): Promise<Tried<unknown>> {
  const { client } = context;
  const where = { ...inRepository(context), check_run_id: id };
  const external = after === status.annotations.length ? { external_id: `${OWN}${status.digest}` } : {};
  return writeOnce<unknown>(
    client,
    () =>
      client.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...where,
        ...external,
        output: outputOf(status, batch),
      }),
    async () => {
      const answer = await client.read('GET /repos/{owner}/{repo}/check-runs/{check_run_id}', where);
      const run = readAnswer(checkRunShape, answer.data, 'the check run');
      return (run.output?.annotations_count ?? 0) >= after ? run : null;
    },
  );
}

function outputOf(status: GateStatus, annotations: readonly StatusAnnotation[]): Parameters {
  return {
    title: shorten(status.title, TITLE_LIMIT),
    summary: shorten(status.summary, SUMMARY_LIMIT),
    annotations: annotations.map((annotation) => ({
      path: annotation.path,
      start_line: annotation.startLine,
      end_line: annotation.endLine,
      annotation_level: annotation.level,
      title: shorten(annotation.title, TITLE_LIMIT),
      message: withinBytes(annotation.message),
    })),
  };
}

/** The limit is 64 KB, in bytes: a character takes at most three for each of its code units. */
function withinBytes(message: string): string {
  return Buffer.byteLength(message) <= MESSAGE_LIMIT
    ? message
    : shorten(message, Math.floor(MESSAGE_LIMIT / 3) - 2);
}

function done(
  context: DeskContext,
  _status: GateStatus,
  id: number,
  action: Reported['action'],
  annotations: number,
): Tried<Reported> {
  // Below the pull request's own page: its checks. The run's page is `/runs/<id>` of the repository.
  const url = `${context.url.replace(/\/pull\/\d+$/, '')}/runs/${id}`;
  return { kind: 'done', value: { kind: 'reported', as: 'check', action, annotations, url } };
}
