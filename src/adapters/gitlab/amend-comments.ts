// Changes the bot's own comments: their text, whether their thread is resolved, and takes second copies away.
import type { Amendment, AmendOutcome, DeskProblem } from '#domain/publication.ts';
import { bodyProblem, type DeskContext, idsOf } from './desk-context.ts';
import { endsTheBatch, explainFault } from './explain-fault.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { type DiscussionAnswer, discussionShape, readShape } from './gitlab-shapes.ts';
import { sendAndLook } from './send-and-look.ts';
import { isOwn } from './standing-comments.ts';
import { putBody, readBody, sameText } from './write-summary.ts';

type Ids = { readonly discussion: string | null; readonly note: number };

/** One outcome an amendment, in order. After a refusal that every further one would meet, none is sent. */
export async function amendComments(
  desk: DeskContext,
  amendments: readonly Amendment[],
): Promise<readonly AmendOutcome[]> {
  const outcomes: AmendOutcome[] = [];
  let stop: DeskProblem | null = null;
  for (const amendment of amendments) {
    const outcome: AmendOutcome = stop === null ? await amendOne(desk, amendment) : refused(stop);
    outcomes.push(outcome);
    // That one comment is gone says nothing of the others.
    if (outcome.kind === 'refused' && outcome.problem.code !== 'not_found' && endsTheBatch(outcome.problem)) {
      stop = outcome.problem;
    }
  }
  return outcomes;
}

async function amendOne(desk: DeskContext, amendment: Amendment): Promise<AmendOutcome> {
  const ids = idsOf(amendment.comment);
  if ('problem' in ids) return refused(ids.problem);
  if (!desk.own.has(amendment.comment.id))
    return refused(notOurs('it is none that was read as the bot’s own'));
  if (amendment.thread === 'delete') return deleteNote(desk, ids);
  // The text last: it says that all is done, and a run that was killed in between does the rest again.
  const outcome = amendment.thread === 'leave' ? amended('edited') : await setResolved(desk, ids, amendment);
  if (outcome.kind === 'refused') return outcome;
  const problem = await editText(desk, ids, amendment);
  return problem === null ? outcome : refused(problem);
}

/** Null when the text is as wanted. */
async function editText(
  desk: DeskContext,
  ids: Ids,
  { body, comment }: Amendment,
): Promise<DeskProblem | null> {
  if (body === null || sameText(body, comment.body)) return null;
  const problem = bodyProblem(body);
  if (problem !== null) return problem;
  const outcome = await sendAndLook(
    desk.client,
    async () => {
      await putBody(desk, ids.note, body);
      return true;
    },
    async () => (sameText(await readBody(desk, ids.note), body) ? true : null),
  );
  return outcome instanceof GitLabFault ? explainFault(outcome, 'to change a comment') : null;
}

/** A thread that the bot may not resolve, or that is none, keeps its new text only (platforms D47). */
async function setResolved(
  desk: DeskContext,
  ids: Ids,
  { comment, thread }: Amendment,
): Promise<AmendOutcome> {
  const wanted = thread === 'close';
  const done = amended(wanted ? 'resolved' : 'reopened');
  if (ids.discussion === null) return amended('edited');
  if (comment.resolved === wanted) return done;
  const { discussion } = ids;
  const { project, iid } = desk.name;
  const outcome = await sendAndLook<AmendOutcome>(
    desk.client,
    async () => {
      // A page of a proxy's with status 200 is no thread: then it is looked for.
      readShape(
        discussionShape,
        await desk.client.api.MergeRequestDiscussions.resolve(project, iid, discussion, wanted),
      );
      return done;
    },
    async () => {
      const note = (await readDiscussion(desk, discussion)).notes.find(({ id }) => id === ids.note);
      return (note?.resolved ?? false) === wanted ? done : null;
    },
  );
  if (!(outcome instanceof GitLabFault)) return outcome;
  const notAllowed = outcome.kind === 'refused' && (outcome.status === 403 || outcome.status === 400);
  return notAllowed
    ? amended('edited')
    : refused(explainFault(outcome, wanted ? 'to resolve a thread' : 'to reopen a thread'));
}

/** Looks at the thread first: by now somebody may have answered. */
async function deleteNote(desk: DeskContext, ids: Ids): Promise<AmendOutcome> {
  const deleted = amended('deleted');
  const { project, iid } = desk.name;
  const problem = await deletionProblem(desk, ids);
  if (problem === 'gone') return deleted;
  if (problem !== null) return refused(problem);
  const outcome = await sendAndLook<AmendOutcome>(
    desk.client,
    async () => {
      await desk.client.api.MergeRequestNotes.remove(project, iid, ids.note);
      return deleted;
    },
    async () => {
      const still = await attempt(() => readBody(desk, ids.note));
      if (still instanceof GitLabFault && still.status !== 404) throw still;
      return still instanceof GitLabFault ? deleted : null;
    },
  );
  if (!(outcome instanceof GitLabFault)) return outcome;
  return outcome.status === 404 ? deleted : refused(explainFault(outcome, 'to delete a second copy'));
}

async function deletionProblem(desk: DeskContext, ids: Ids): Promise<DeskProblem | 'gone' | null> {
  if (ids.discussion === null) return null;
  const { discussion } = ids;
  const looked = await attempt(async () => ({
    self: await desk.self(),
    thread: await readDiscussion(desk, discussion),
  }));
  if (looked instanceof GitLabFault) {
    return looked.status === 404 ? 'gone' : explainFault(looked, 'to read a thread');
  }
  const others = looked.thread.notes.filter((note) => note.system !== true && !isOwn(note, looked.self.id));
  return others.length === 0 ? null : notOurs('somebody else wrote in its thread');
}

async function readDiscussion(desk: DeskContext, discussion: string): Promise<DiscussionAnswer> {
  const { project, iid } = desk.name;
  return readShape(
    discussionShape,
    await desk.client.api.MergeRequestDiscussions.show(project, iid, discussion),
  );
}

function notOurs(why: string): DeskProblem {
  return {
    code: 'rejected',
    text: `The comment was left alone: ${why}.`,
    hint: 'Nothing is to be done; what people wrote is kept.',
  };
}

function amended(did: Extract<AmendOutcome, { kind: 'amended' }>['did']): AmendOutcome {
  return { kind: 'amended', did };
}

function refused(problem: DeskProblem): AmendOutcome {
  return { kind: 'refused', problem };
}
