// How a comment comes to stand on the diff: alone, in a review, on a file or as an answer.

import type { Actor } from './actors.ts';
import { type ResolvedAnchor, repositionComment } from './anchors.ts';
import type { GitHubState, Review, ReviewComment } from './state.ts';

export interface NewComment {
  readonly actor: Actor;
  readonly body: string;
  readonly path: string;
  /** Null: the whole file. */
  readonly anchor: ResolvedAnchor | null;
  readonly commitId: string;
}

export function addReview(
  state: GitHubState,
  review: Pick<Review, 'actor' | 'body' | 'state' | 'commitId'>,
): Review {
  const stored: Review = {
    ...review,
    id: state.nextId(),
    submittedAt: review.state === 'PENDING' ? null : state.now(),
    minimized: null,
    editedBy: null,
  };
  state.reviews.push(stored);
  return stored;
}

/** A comment at an older commit is placed where it belongs today, or is outdated at once (D24). */
export function addComment(state: GitHubState, reviewId: number, comment: NewComment): ReviewComment {
  const { anchor } = comment;
  const id = state.nextId();
  const time = state.now();
  const stored: ReviewComment = {
    id,
    reviewId,
    actor: comment.actor,
    body: comment.body,
    path: comment.path,
    subject: anchor === null ? 'file' : 'line',
    side: anchor?.side ?? 'RIGHT',
    startSide: anchor?.startSide ?? null,
    originalLine: anchor?.line ?? null,
    originalStartLine: anchor?.startLine ?? null,
    originalPosition: anchor?.position ?? 1,
    originalCommitId: comment.commitId,
    originalMergeBase: state.repository.mergeBase(comment.commitId),
    diffHunk: anchor?.diffHunk ?? '',
    line: null,
    startLine: null,
    position: null,
    commitId: comment.commitId,
    outdated: false,
    inReplyTo: null,
    createdAt: time,
    updatedAt: time,
    minimized: null,
    editedBy: null,
    thread: { id, resolvedBy: null },
  };
  repositionComment(stored, state.repository);
  state.comments.push(stored);
  return stored;
}

/** Stands where the first comment stands. Each single comment and each answer is in a review of its own without a text. */
export function addReply(state: GitHubState, to: ReviewComment, actor: Actor, body: string): ReviewComment {
  const review = addReview(state, { actor, body: '', state: 'COMMENTED', commitId: to.originalCommitId });
  const time = state.now();
  const stored: ReviewComment = {
    ...to,
    id: state.nextId(),
    reviewId: review.id,
    actor,
    body,
    inReplyTo: to.inReplyTo ?? to.id,
    createdAt: time,
    updatedAt: time,
    minimized: null,
    editedBy: null,
    thread: to.thread,
  };
  state.comments.push(stored);
  return stored;
}
