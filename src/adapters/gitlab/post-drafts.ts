// Posts comments one by one: a discussion each, so that one bad line costs one comment (platforms B3).
import { isMarked } from '#domain/is-marked.ts';
import type { CommentDraft, DeskProblem, PostOutcome } from '#domain/publication.ts';
import { bodyProblem, type DeskContext, SWALLOWED } from './desk-context.ts';
import { endpoint } from './endpoint.ts';
import { endsTheBatch, explainFault, movedProblem } from './explain-fault.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { discussionShape, readShape } from './gitlab-shapes.ts';
import type { DiffRefs } from './merge-request.ts';
import { toPosition } from './position.ts';
import { sendAndLook } from './send-and-look.ts';
import { commentId } from './standing-comments.ts';

/** After so many comments in a row without an answer the rest is not tried. */
const UNREACHABLE_CAP = 3;

/** One outcome a draft, in order. Nothing is sent when the head is not `head` any more (security row 11). */
export async function postDrafts(
  desk: DeskContext,
  drafts: readonly CommentDraft[],
  head: string,
): Promise<readonly PostOutcome[]> {
  if (drafts.length === 0) return [];
  const started = await startAt(desk, head);
  if ('problem' in started) return drafts.map(() => refused(started.problem));
  const outcomes: PostOutcome[] = [];
  let refs = started.refs;
  let stop: DeskProblem | null = null;
  let silent = 0;
  for (const draft of drafts) {
    if (stop !== null) {
      outcomes.push(refused(stop));
      continue;
    }
    const posting = new Posting(desk, draft, refs);
    const outcome = await posting.run();
    refs = posting.refs;
    outcomes.push(outcome);
    silent = outcome.kind === 'refused' && outcome.problem.code === 'unreachable' ? silent + 1 : 0;
    if (outcome.kind === 'refused' && (endsTheBatch(outcome.problem) || silent >= UNREACHABLE_CAP)) {
      stop = outcome.problem;
    }
  }
  return outcomes;
}

/** The commits to post at, when the head still is the one that was judged. */
async function startAt(
  desk: DeskContext,
  head: string,
): Promise<{ readonly refs: DiffRefs } | { readonly problem: DeskProblem }> {
  const current = await attempt(() => desk.readMergeRequest());
  if (current instanceof GitLabFault) return { problem: explainFault(current, 'to read the merge request') };
  return current.refs.headSha === head
    ? { refs: current.refs }
    : { problem: movedProblem(head, current.refs.headSha) };
}

/** One draft on its way: the commits may be read anew in between. */
class Posting {
  refs: DiffRefs;
  readonly #desk: DeskContext;
  readonly #draft: CommentDraft;

  constructor(desk: DeskContext, draft: CommentDraft, refs: DiffRefs) {
    this.#desk = desk;
    this.#draft = draft;
    this.refs = refs;
  }

  async run(): Promise<PostOutcome> {
    const problem = bodyProblem(this.#draft.body);
    if (problem !== null) return refused(problem);
    const outcome = await sendAndLook(
      this.#desk.client,
      () => this.#send(),
      () => this.#look(),
    );
    return outcome instanceof GitLabFault ? refused(explainFault(outcome, 'the comment')) : outcome;
  }

  /**
   * As JSON: gitbeaker would send a form, in which a path with `&` in it sets other fields, the body among them, and line feeds become CRLF.
   */
  async #send(): Promise<PostOutcome> {
    const { client, name } = this.#desk;
    const { anchor, body, marker } = this.#draft;
    const answer = await client.api.requester.post(
      endpoint`projects/${name.project}/merge_requests/${name.iid}/discussions`,
      { body: { body, position: toPosition(anchor, this.refs) } },
    );
    if (answer.status === 202) return refused(SWALLOWED);
    const discussion = readShape(discussionShape, answer.body);
    const note = discussion.notes[0];
    if (note === undefined) return refused(SWALLOWED);
    if (isMarked(note.body, marker)) return this.#posted(discussion.id, note.id);
    // Without its marker nobody would find it again.
    await attempt(() => client.api.MergeRequestNotes.remove(name.project, name.iid, note.id));
    return refused(SWALLOWED);
  }

  /** A lost answer may hide a stored comment, and a 500 wrong commits (platforms D36). */
  async #look(): Promise<PostOutcome | null> {
    const found = await this.#desk.findByMarker(this.#draft.marker);
    if (found !== null) return this.#posted(found.discussion, found.note);
    const { refs } = await this.#desk.readMergeRequest();
    if (refs.headSha !== this.refs.headSha) return refused(movedProblem(this.refs.headSha, refs.headSha));
    this.refs = refs;
    return null;
  }

  #posted(discussion: string | null, note: number): PostOutcome {
    const id = commentId(discussion, note);
    this.#desk.own.add(id);
    return { kind: 'posted', id, url: this.#desk.urlOf(note) };
  }
}

function refused(problem: DeskProblem): PostOutcome {
  return { kind: 'refused', problem };
}
