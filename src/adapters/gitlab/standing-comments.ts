// The discussions of a merge request → the bot's own comments that stand there.
import type { StandingComment } from '#domain/publication.ts';
import { endpoint } from './endpoint.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { type DiscussionAnswer, discussionShape, type NoteAnswer, readShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';
import type { MergeRequestName } from './merge-request.ts';

const MARKER_PREFIX = '<!-- assay:';

/** Everything that is said on the merge request. @throws GitLabFault */
export async function listDiscussions(
  client: GitLabClient,
  { project, iid }: MergeRequestName,
): Promise<readonly DiscussionAnswer[]> {
  const rows = await listPages(client, endpoint`projects/${project}/merge_requests/${iid}/discussions`);
  return rows.map((row) => readShape(discussionShape, row));
}

export interface StandingContext {
  /** The bot's user id: a comment of anybody else is not ours, whatever its text says (security row 14). */
  readonly self: number;
  readonly head: string;
  /** The merge request's address, to which `#note_<id>` is added. */
  readonly url: string;
}

/** The bot's own comments that hold a marker. */
export function standingComments(
  discussions: readonly DiscussionAnswer[],
  context: StandingContext,
): readonly StandingComment[] {
  return discussions.flatMap((discussion) =>
    discussion.notes
      .filter((note) => isOwn(note, context.self) && note.body.includes(MARKER_PREFIX))
      .map((note) => toStanding(note, discussion, context)),
  );
}

/** Normalised as bodies are everywhere here: GitLab gives back CRLF for forms, LF for JSON. */
export function withLineFeeds(body: string): string {
  return body.replace(/\r\n?/g, '\n');
}

/** A thread's id and a note's; a note that stands alone has no thread yet, and is told of without one when it is posted. */
export function commentId(discussionId: string | null, noteId: number): string {
  return `${discussionId ?? 'note'}:${noteId}`;
}

/** The ids of both; null for what is no id of this desk. */
export function parseCommentId(
  id: string,
): { readonly discussion: string | null; readonly note: number } | null {
  const [, discussion, note] = /^([\w-]{1,128}):(\d{1,15})$/.exec(id) ?? [];
  if (discussion === undefined || note === undefined) return null;
  return { discussion: discussion === 'note' ? null : discussion, note: Number(note) };
}

export function isOwn(note: NoteAnswer, self: number): boolean {
  return note.author?.id === self && note.system !== true;
}

function toStanding(
  note: NoteAnswer,
  discussion: DiscussionAnswer,
  context: StandingContext,
): StandingComment {
  const resolved = note.resolvable === true && note.resolved === true;
  const outdated = isOutdated(note, context.head);
  return {
    id: commentId(discussion.individual_note === true ? null : discussion.id, note.id),
    kind: kindOf(note),
    body: withLineFeeds(note.body),
    path: note.position?.new_path ?? null,
    line: outdated ? null : (note.position?.new_line ?? null),
    startLine: null,
    outdated,
    resolved,
    resolvedBy: resolved ? resolverOf(note, context.self) : null,
    minimized: false,
    answered: discussion.notes.some((other) => other.system !== true && other.author?.id !== context.self),
    url: `${context.url}#note_${note.id}`,
    order: note.id,
  };
}

function kindOf({ position }: NoteAnswer): StandingComment['kind'] {
  if (position === null || position === undefined) return 'summary';
  return position.position_type === 'file' ? 'file' : 'line';
}

/** GitLab moves a position along with its line; where the line changed, the note keeps the old one (platforms D50). */
function isOutdated({ position, change_position: changed }: NoteAnswer, head: string): boolean {
  if (position === null || position === undefined) return false;
  return position.head_sha !== head || (changed !== null && changed !== undefined);
}

function resolverOf({ resolved_by: by }: NoteAnswer, self: number): StandingComment['resolvedBy'] {
  if (by === null || by === undefined) return null;
  return by.id === self ? 'self' : 'other';
}
