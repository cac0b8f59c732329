// Brings comments that stand already up to date: their text, whether their thread is closed, and away with second copies.
import type { Amendment, AmendOutcome, DeskProblem, StandingComment } from '../../domain/publication.ts';
import { BODY_LIMIT, type DeskContext, readHandle } from './desk-context.ts';
import { deleteComment, editComment } from './edit-comment.ts';
import { explainFailure } from './explain-failure.ts';
import type { HostFailure } from './host-failure.ts';
import { type Mutation, mutateThread } from './thread-mutations.ts';

type Target = NonNullable<ReturnType<typeof readHandle>>;

/** One outcome an amendment, in order, one request after the other: many mutations at once are what the secondary limit is for. */
export async function amendComments(
  context: DeskContext,
  amendments: readonly Amendment[],
): Promise<readonly AmendOutcome[]> {
  const outcomes: AmendOutcome[] = [];
  if (amendments.length > 0) context.memory.listed = null;
  for (const amendment of amendments) outcomes.push(await amendOne(context, amendment));
  return outcomes;
}

async function amendOne(context: DeskContext, amendment: Amendment): Promise<AmendOutcome> {
  const { comment, body } = amendment;
  const target = readHandle(comment.id);
  if (target === null) return rejected('The comment is none that this desk listed.');
  // A submitted review cannot be deleted (platforms D26): all that can change is its text.
  if (amendment.thread === 'delete' && target.sort !== 'review') return remove(context, target, comment);
  // The text last: it says that all is done, and a run that was killed in between does the rest again.
  const outcome = await changeThread(context, amendment);
  if (body !== null && body !== comment.body) {
    const problem = await edit(context, target, body);
    if (problem !== null) return { kind: 'refused', problem };
  }
  return outcome;
}

async function changeThread(context: DeskContext, { comment, thread }: Amendment): Promise<AmendOutcome> {
  if (thread === 'close') return close(context, comment);
  return thread === 'reopen' ? reopen(context, comment) : amended('edited');
}

async function edit(context: DeskContext, target: Target, body: string): Promise<DeskProblem | null> {
  if (body.length > BODY_LIMIT) {
    const text = 'The new text of the comment is longer than GitHub takes.';
    return { code: 'too_long', text, hint: 'GitHub takes at most 65,536 characters in one text.' };
  }
  const edited = await editComment(context, target, body);
  return edited.kind === 'done' ? null : explainWrite(edited.failure, 'edit the comment');
}

async function remove(context: DeskContext, target: Target, comment: StandingComment): Promise<AmendOutcome> {
  if (comment.answered) return rejected('People answered in the thread, so it is not deleted.');
  const deleted = await deleteComment(context, target);
  if (deleted.kind === 'done') return amended('deleted');
  return { kind: 'refused', problem: explainWrite(deleted.failure, 'delete the comment') };
}

/** Resolves the thread; where that is not allowed (it takes `contents: write`) hides the comment; where neither is, its text says it alone. */
async function close(context: DeskContext, comment: StandingComment): Promise<AmendOutcome> {
  const { memory } = context;
  const thread = memory.threads.get(comment.id);
  if (comment.resolved) return amended('resolved');
  if (thread?.mayResolve && !memory.mayNotResolve) {
    const resolved = await mutateThread(context.client, 'resolve', thread.threadId);
    if (resolved.kind === 'done') return amended('resolved');
    if (resolved.failure.status === 403) memory.mayNotResolve = true;
  }
  if (comment.minimized) return amended('minimized');
  const node = memory.nodes.get(comment.id);
  if (node === undefined || thread?.mayMinimize === false) return amended('edited');
  const minimized = await mutateThread(context.client, 'minimize', node);
  return amended(minimized.kind === 'done' ? 'minimized' : 'edited');
}

async function reopen(context: DeskContext, comment: StandingComment): Promise<AmendOutcome> {
  const { memory } = context;
  const thread = memory.threads.get(comment.id);
  const node = memory.nodes.get(comment.id);
  const steps: (readonly [Mutation, string])[] = [];
  if (comment.resolved && thread?.mayUnresolve === true) steps.push(['unresolve', thread.threadId]);
  if (comment.minimized && node !== undefined) steps.push(['unminimize', node]);
  let reopened = false;
  for (const [mutation, id] of steps) {
    const done = await mutateThread(context.client, mutation, id);
    reopened ||= done.kind === 'done';
  }
  return amended(reopened ? 'reopened' : 'edited');
}

/** A comment that somebody deleted meanwhile is not a missing right. */
function explainWrite(failure: HostFailure, what: string): DeskProblem {
  const problem = explainFailure(failure, { what, needs: 'pull-requests: write' });
  if (failure.status !== 404) return problem;
  return { ...problem, code: 'not_found', hint: 'Somebody deleted it, or the token may not write here.' };
}

function amended(did: Extract<AmendOutcome, { kind: 'amended' }>['did']): AmendOutcome {
  return { kind: 'amended', did };
}

function rejected(text: string): AmendOutcome {
  return { kind: 'refused', problem: { code: 'rejected', text, hint: 'Read the conversation again first.' } };
}
