// For `assay doctor`: who the bot is on the host of this run, and what it may do there, without writing anything.

import { AssayError } from '#domain/errors.ts';
import { say } from '#domain/phrase.ts';
import type { DeskProblem, DeskState, WithheldWrites } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { Log } from '#ports/log.ts';
import type { Environment } from '../environment.ts';
import { openDesk } from './open-desk.ts';
import { readEvent } from './read-event.ts';
import { reviewTarget, type TargetRequest } from './review-target.ts';

type Named = Pick<TargetRequest, 'pullRequest' | 'mergeRequest'>;

const TOKENS = ['GITHUB_TOKEN', 'ASSAY_GITLAB_TOKEN', 'GITLAB_TOKEN'] as const;

/** Whether anything says that comments are wanted: a change request that was named, a CI, a token. */
export function isAboutHost(
  { pullRequest, mergeRequest }: Named,
  variables: Environment['variables'],
): boolean {
  const isCi = variables.GITHUB_ACTIONS === 'true' || variables.GITLAB_CI === 'true';
  return pullRequest !== null || mergeRequest !== null || isCi || TOKENS.some((name) => variables[name]);
}

/** Throws AssayError with what is missing and how to mend it. */
export async function describeDesk(
  named: Named,
  context: Pick<Environment, 'variables' | 'signal' | 'waiting'> & {
    readonly log: Log;
    readonly clone: Pick<ChangeSource, 'at'> | null;
  },
): Promise<string> {
  const { variables } = context;
  const target = reviewTarget({ publish: 'auto', ...named }, variables, await readEvent(variables));
  const desk =
    target.kind === 'none'
      ? target
      : await openDesk(target, { ...context, waiting: context.waiting, allowHttp: false, book: null });
  if ('why' in desk) return `none in this run. ${say(desk.why, null)} ${say(desk.hint, null)}`;
  if ('problem' in desk) throw asError(desk.problem);
  const state = await desk.desk.read();
  if ('problem' in state) throw asError(state.problem);
  const missing = state.rights.problem ?? state.rights.withheld?.comments ?? null;
  if (missing !== null) throw asError(missing);
  const without = describeWithheld(state.rights.withheld ?? {});
  const declared = describeWorkflow(desk.workflow ?? null, variables);
  return `${describeRights(state)}; ${state.comments.length} of its own stand there${declared}${without}`;
}

function describeWorkflow(workflow: string | null, variables: Environment['variables']): string {
  if (variables.GITHUB_ACTIONS !== 'true') return '';
  return workflow === null
    ? '; what the workflow declares under permissions: is not known here'
    : `; ${workflow} declares its permissions`;
}

/** What a run does without; nothing of it is needed. */
function describeWithheld(withheld: WithheldWrites): string {
  const told = new Map<string, readonly string[]>();
  for (const { text, hint } of new Set(Object.values(withheld)))
    told.set(hint, [...(told.get(hint) ?? []), text]);
  return [...told].map(([hint, texts]) => `\n      ${texts.join(' ')} ${hint}`).join('');
}

function describeRights({ change, self, rights }: DeskState): string {
  const who = `${self} on ${change.name}`;
  if (change.state !== 'open') return `${who}, which is ${change.state}, so nothing would be posted`;
  return rights.comment === 'yes'
    ? `${who} may comment`
    : `${who} can read; whether it may comment is told by the host only when it does (pull-requests: write, or role Developer with scope api)`;
}

function asError({ text, hint }: DeskProblem): AssayError {
  return new AssayError('configuration', text, { hint });
}
