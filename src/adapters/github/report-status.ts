// Says the gate's answer beside the commit: as a check run, or as a commit status where the token may not make one.
import { z } from 'zod';
import type { DeskProblem, GateStatus, StatusOutcome } from '../../domain/publication.ts';
import { shorten } from '../../support/shorten.ts';
import { type DeskContext, inRepository } from './desk-context.ts';
import { explainFailure } from './explain-failure.ts';
import type { HostFailure } from './host-failure.ts';
import { commitStatusShape } from './host-shapes.ts';
import { reportCheck } from './report-check.ts';
import { readAnswer, type Tried, tryHost, writeOnce } from './try-host.ts';

const DESCRIPTION_LIMIT = 140;
/** A commit status knows no "neutral"; like one in a check run it blocks nothing, and its description says what it is. */
const STATES = { success: 'success', failure: 'failure', neutral: 'success' } as const;

export async function reportStatus(context: DeskContext, status: GateStatus): Promise<StatusOutcome> {
  if (status.prefer === 'status') return settle(await commitStatus(context, status), 'statuses: write');
  const check = await reportCheck(context, status);
  if (check.kind === 'done' || status.prefer === 'check' || !isForbidden(check.failure)) {
    return settle(check, 'checks: write');
  }
  const instead = await commitStatus(context, status);
  if (instead.kind === 'done' || !isForbidden(instead.failure)) return settle(instead, 'statuses: write');
  return { kind: 'refused', problem: neitherAllowed(instead.failure) };
}

function settle(tried: Tried<StatusOutcome>, needs: string): StatusOutcome {
  if (tried.kind === 'done') return tried.value;
  const what = needs.startsWith('checks') ? 'make a check run' : 'set a commit status';
  return { kind: 'refused', problem: explainFailure(tried.failure, { what, needs }) };
}

/** GitHub says 404 for a right that a fine-grained token does not have. */
function isForbidden({ status }: HostFailure): boolean {
  return status === 403 || status === 404;
}

function neitherAllowed(failure: HostFailure): DeskProblem {
  const attempt = { what: 'make a check run or set a commit status', needs: 'checks: write' };
  const problem = explainFailure(failure, attempt);
  if (problem.code !== 'permission') return problem;
  return {
    ...problem,
    hint: "Add `checks: write` or `statuses: write` under `permissions:` of the job. The job's own result is the gate either way.",
  };
}

async function commitStatus(context: DeskContext, status: GateStatus): Promise<Tried<StatusOutcome>> {
  const wanted = {
    context: status.name,
    state: STATES[status.conclusion],
    description: shorten(status.title, DESCRIPTION_LIMIT),
  };
  const stands = () => latestIs(context, status.head, wanted);
  const before = await tryHost(context.client, stands);
  // A token that may write statuses may also be one that cannot list them: then it is simply written.
  if (before.kind === 'done' && before.value) return { kind: 'done', value: reported('kept') };
  if (before.kind === 'failed' && !isForbidden(before.failure)) return before;
  return writeOnce<StatusOutcome>(
    context.client,
    async () => {
      const where = { ...inRepository(context), sha: status.head };
      await context.client.write('POST /repos/{owner}/{repo}/statuses/{sha}', { ...where, ...wanted });
      return reported('created');
    },
    async () => ((await stands()) ? reported('created') : null),
  );
}

/** Statuses are listed newest first; only the newest of a context counts. */
async function latestIs(
  context: DeskContext,
  head: string,
  wanted: { readonly context: string; readonly state: string; readonly description: string },
): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses';
  for await (const page of context.client.pages(route, { ...inRepository(context), ref: head })) {
    const statuses = readAnswer(z.array(commitStatusShape), page, 'the commit statuses');
    const latest = statuses.find((entry) => entry.context === wanted.context);
    if (latest !== undefined)
      return latest.state === wanted.state && latest.description === wanted.description;
  }
  return false;
}

function reported(action: 'created' | 'kept'): StatusOutcome {
  return { kind: 'reported', as: 'status', action, annotations: 0, url: null };
}
