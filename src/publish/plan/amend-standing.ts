// A finding that was commented on before and still asks for something: kept, edited, reopened, or said anew where its line went.
import type { Anchor } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { CommentWriter } from './comment-writer.ts';
import type { FindingStep, Room, WhyHere } from './plan.ts';
import { sameWords } from './same-words.ts';
import type { KnownComment } from './standing-comments.ts';
import { writePost } from './write-post.ts';

type LineAnchor = Extract<Anchor, { kind: 'line' }>;

interface AmendContext {
  readonly anchor: Anchor | null;
  readonly writer: CommentWriter;
  readonly room: Room;
}

/** What people did goes first: a text they changed, a thread they resolved, an answer they gave. */
export function amendStanding(
  finding: FindingRecord,
  known: KnownComment,
  { anchor, writer, room }: AmendContext,
): FindingStep {
  const { comment, marker, edited } = known;
  const keep = (why: WhyHere): FindingStep => ({
    kind: 'settle',
    settled: { finding, why, standing: comment },
  });
  if (edited) {
    // Closed by an earlier run, which left the person's text as it was.
    if (!comment.resolved || comment.resolvedBy !== 'self') return keep('edited_by_person');
    return amend(finding, known, {
      body: null,
      thread: 'reopen',
      purpose: 'reopen',
      why: 'edited_by_person',
    });
  }
  const body = writer.standing(finding, known);
  if (marker.state === 'closed') {
    const thread = comment.resolvedBy === 'other' ? 'leave' : 'reopen';
    if (thread === 'reopen' && !room.take(finding)) {
      // The closed comment tells of the past; where the finding is told now has to be somewhere else.
      return { kind: 'settle', settled: { finding, why: 'limit', standing: null } };
    }
    // Outdated, it would be opened where nobody looks.
    if (thread === 'reopen' && isLeftBehind(known, anchor)) return postAnew(finding, known, anchor, writer);
    return amend(finding, known, { body, thread, purpose: 'reopen', why: 'comment' });
  }
  if (comment.resolved && comment.resolvedBy !== 'self') return keep('resolved_by_person');
  // Closed by a run that was killed before it could change the text.
  if (comment.resolved)
    return amend(finding, known, { body, thread: 'reopen', purpose: 'reopen', why: 'comment' });
  if (comment.answered) return keep('answered');
  if (isLeftBehind(known, anchor)) return postAnew(finding, known, anchor, writer);
  if (sameWords(comment.body, body)) return keep('unchanged');
  return amend(finding, known, { body, thread: 'leave', purpose: 'edit', why: 'comment' });
}

/** Its line is gone, and the finding stands at another one. Where people answered it stays nevertheless. */
function isLeftBehind({ comment }: KnownComment, anchor: Anchor | null): anchor is LineAnchor {
  return comment.outdated && !comment.answered && anchor?.kind === 'line';
}

function postAnew(
  finding: FindingRecord,
  known: KnownComment,
  anchor: LineAnchor,
  writer: CommentWriter,
): FindingStep {
  return { kind: 'post', post: writePost(finding, anchor, writer, known) };
}

function amend(
  finding: FindingRecord,
  { comment }: KnownComment,
  {
    body,
    thread,
    purpose,
    why,
  }: { body: string | null; thread: 'leave' | 'reopen'; purpose: 'edit' | 'reopen'; why: WhyHere },
): FindingStep {
  const amendment = { comment, body, thread } as const;
  return { kind: 'amend', amendment: { amendment, findingId: finding.id, purpose, why } };
}
