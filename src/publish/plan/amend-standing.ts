// A finding that was commented on before and still asks for something: kept, edited, reopened, or said anew where its line went.
import type { Anchor } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { AlsoTold } from './comment-subject.ts';
import type { CommentWriter } from './comment-writer.ts';
import type { FindingStep, PlannedAmendment, Room, WhyHere } from './plan.ts';
import { sameWords } from './same-words.ts';
import type { KnownComment } from './standing-comments.ts';
import { writePost } from './write-post.ts';

type LineAnchor = Extract<Anchor, { kind: 'line' }>;

interface AmendContext {
  readonly anchor: Anchor | null;
  readonly writer: CommentWriter;
  readonly room: Room;
  readonly also: AlsoTold;
}

/** What people did goes first: a text they changed, a thread they resolved, an answer they gave. */
export function amendStanding(
  finding: FindingRecord,
  known: KnownComment,
  context: AmendContext,
): FindingStep {
  const { comment, marker, edited } = known;
  if (edited) return leaveText(finding, known);
  if (marker.state === 'closed') return comeBack(finding, known, context);
  if (comment.resolved && comment.resolvedBy !== 'self') return keep(finding, known, 'resolved_by_person');
  const { anchor, writer, also } = context;
  if (isLeftBehind(known, anchor)) return postAnew(finding, known, anchor, context);
  const body = writer.standing(finding, known, also);
  // Closed by a run that was killed before it could change the text.
  if (comment.resolved) return amend(finding, known, { body, thread: 'reopen', purpose: 'reopen' });
  if (comment.answered) return keep(finding, known, 'answered');
  if (sameWords(comment.body, body)) return keep(finding, known, 'unchanged');
  return amend(finding, known, { body, thread: 'leave', purpose: 'edit' });
}

/** Its words are a person's: what an earlier run closed is opened again without a word. */
function leaveText(finding: FindingRecord, known: KnownComment): FindingStep {
  const { resolved, resolvedBy } = known.comment;
  if (!resolved || resolvedBy !== 'self') return keep(finding, known, 'edited_by_person');
  const why = 'edited_by_person';
  return amend(finding, known, { body: null, thread: 'reopen', purpose: 'reopen', why });
}

/**
 * Its comment was closed. It is opened again, whoever resolved it: what was fixed and is back is another occurrence. Only where it was never
 * fixed, and a person had resolved it before it was closed, that person's decision stands.
 */
function comeBack(finding: FindingRecord, known: KnownComment, context: AmendContext): FindingStep {
  const { anchor, writer, room, also } = context;
  const { comment, marker } = known;
  const body = () => writer.standing(finding, known, also);
  const isSetAside = comment.resolved && comment.resolvedBy !== 'self' && marker.past?.setAside === true;
  if (isSetAside && marker.past?.why !== 'fixed') {
    const why = 'resolved_by_person';
    return amend(finding, known, { body: body(), thread: 'leave', purpose: 'edit', why });
  }
  // The closed comment tells of the past; where the finding is told now has to be somewhere else.
  if (!room.take(finding)) return { kind: 'settle', settled: { finding, why: 'limit', standing: null } };
  // Outdated, it would be opened where nobody looks.
  if (isLeftBehind(known, anchor)) return postAnew(finding, known, anchor, context);
  return amend(finding, known, { body: body(), thread: 'reopen', purpose: 'reopen' });
}

function keep(finding: FindingRecord, { comment }: KnownComment, why: WhyHere): FindingStep {
  return { kind: 'settle', settled: { finding, why, standing: comment } };
}

/** Its line is gone, and the finding stands at another one. Where people answered it stays nevertheless. */
function isLeftBehind({ comment }: KnownComment, anchor: Anchor | null): anchor is LineAnchor {
  return comment.outdated && !comment.answered && anchor?.kind === 'line';
}

function postAnew(
  finding: FindingRecord,
  known: KnownComment,
  anchor: LineAnchor,
  { writer, also }: AmendContext,
): FindingStep {
  return { kind: 'post', post: writePost(finding, anchor, writer, { known, also }) };
}

interface Change {
  readonly body: string | null;
  readonly thread: 'leave' | 'reopen';
  readonly purpose: PlannedAmendment['purpose'];
  readonly why?: WhyHere;
}

function amend(
  finding: FindingRecord,
  { comment }: KnownComment,
  { body, thread, purpose, why = comment.outdated ? 'line_gone' : 'comment' }: Change,
): FindingStep {
  const amendment = { comment, body, thread } as const;
  return { kind: 'amend', amendment: { amendment, findingId: finding.id, purpose, why } };
}
