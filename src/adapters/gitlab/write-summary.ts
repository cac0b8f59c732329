// The one summary comment: a plain note, which cannot be resolved and so never holds a merge up (platforms B4).
import type { PostOutcome, StandingComment } from '#domain/publication.ts';
import { bodyProblem, type DeskContext, idsOf, SWALLOWED } from './desk-context.ts';
import { explainFault } from './explain-fault.ts';
import { GitLabFault } from './gitlab-fault.ts';
import { noteShape, readShape } from './gitlab-shapes.ts';
import { sendAndLook } from './send-and-look.ts';
import { commentId, withLineFeeds } from './standing-comments.ts';

/** Edits `standing`, or posts a new note; an equal text is not written again. */
export async function writeSummary(
  desk: DeskContext,
  body: string,
  marker: string,
  standing: StandingComment | null,
): Promise<PostOutcome> {
  const problem = bodyProblem(body);
  if (problem !== null) return { kind: 'refused', problem };
  const outcome =
    standing === null ? await postNote(desk, body, marker) : await editNote(desk, body, standing);
  return outcome instanceof GitLabFault
    ? { kind: 'refused', problem: explainFault(outcome, 'the summary') }
    : outcome;
}

async function postNote(desk: DeskContext, body: string, marker: string): Promise<PostOutcome | GitLabFault> {
  const { client, name } = desk;
  return sendAndLook<PostOutcome>(
    client,
    async () => {
      const answer = await client.api.MergeRequestNotes.create(name.project, name.iid, body, {
        showExpanded: true,
      });
      if (answer.status === 202) return { kind: 'refused', problem: SWALLOWED };
      const note = readShape(noteShape, answer.data);
      return posted(desk, null, note.id);
    },
    async () => {
      const found = await desk.findByMarker(marker);
      return found === null ? null : posted(desk, found.discussion, found.note);
    },
  );
}

async function editNote(
  desk: DeskContext,
  body: string,
  standing: StandingComment,
): Promise<PostOutcome | GitLabFault> {
  const ids = idsOf(standing);
  if ('problem' in ids) return { kind: 'refused', problem: ids.problem };
  const done: PostOutcome = { kind: 'posted', id: standing.id, url: desk.urlOf(ids.note) };
  if (sameText(standing.body, body)) return done;
  return sendAndLook<PostOutcome>(
    desk.client,
    async () => {
      await putBody(desk, ids.note, body);
      return done;
    },
    async () => (sameText(await readBody(desk, ids.note), body) ? done : null),
  );
}

/** @throws GitLabFault */
export async function putBody(desk: DeskContext, note: number, body: string): Promise<void> {
  await desk.client.api.MergeRequestNotes.edit(desk.name.project, desk.name.iid, note, { body });
}

/** @throws GitLabFault */
export async function readBody(desk: DeskContext, note: number): Promise<string> {
  const { project, iid } = desk.name;
  return readShape(noteShape, await desk.client.api.MergeRequestNotes.show(project, iid, note)).body;
}

/** GitLab cuts blank lines at the end of a text. */
export function sameText(one: string, other: string): boolean {
  return withLineFeeds(one).trimEnd() === withLineFeeds(other).trimEnd();
}

function posted(desk: DeskContext, discussion: string | null, note: number): PostOutcome {
  const id = commentId(discussion, note);
  desk.own.add(id);
  return { kind: 'posted', id, url: desk.urlOf(note) };
}
