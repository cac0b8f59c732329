// What GitHub says of the bot's own comments, in the words of the review desk.
import type { StandingComment } from '../../domain/publication.ts';
import { isOwnLogin } from './bot-identity.ts';
import { commentUrl, type DeskContext, handleOf, isByBot } from './desk-context.ts';
import type { ReviewCommentAnswer } from './host-shapes.ts';
import type { ThreadState } from './review-threads.ts';

/**
 * A comment on a line or file.
 *
 * @param everything all review comments, to see who answered
 */
export function standingInDiff(
  context: DeskContext,
  comment: ReviewCommentAnswer,
  everything: readonly ReviewCommentAnswer[],
): StandingComment {
  const state = context.memory.threads.get(handleOf('comment', comment.id));
  const kind = comment.subject_type === 'file' ? 'file' : 'line';
  const line = kind === 'line' ? (comment.line ?? null) : null;
  return {
    id: handleOf('comment', comment.id),
    kind,
    body: comment.body,
    path: comment.path,
    line,
    startLine: line === null ? null : (comment.start_line ?? null),
    // REST says it by leaving the line out (platforms D23), which a comment on a whole file never has.
    outdated: (kind === 'line' && line === null) || state?.outdated === true,
    review: reviewOf(comment),
    resolved: state?.resolved ?? false,
    resolvedBy: resolverOf(context, state),
    minimized: state?.minimized ?? false,
    answered: everything.some(
      (other) => other.in_reply_to_id === comment.id && !isByBot(context, other.user),
    ),
    url: commentUrl(context, 'comment', comment.id),
    order: comment.id,
  };
}

/** A text that stands at no line: a summary, or what opens a review. */
export function standingText(
  context: DeskContext,
  sort: 'issue' | 'review',
  entry: { readonly id: number; readonly body: string },
): StandingComment {
  return {
    id: handleOf(sort, entry.id),
    kind: sort === 'issue' ? 'summary' : 'review',
    body: entry.body,
    path: null,
    line: null,
    startLine: null,
    outdated: false,
    resolved: false,
    resolvedBy: null,
    minimized: false,
    answered: false,
    url: commentUrl(context, sort, entry.id),
    order: entry.id,
  };
}

function reviewOf({ pull_request_review_id: review }: ReviewCommentAnswer): string | null {
  return typeof review === 'number' ? handleOf('review', review) : null;
}

function resolverOf({ memory }: DeskContext, state: ThreadState | undefined): 'self' | 'other' | null {
  if (state?.resolved !== true || state.resolvedBy === null || memory.bot === null) return null;
  return isOwnLogin(memory.bot, state.resolvedBy) ? 'self' : 'other';
}
