// What the parts of the GitHub desk share: whose conversation it is, and what the last reading learned for the writes that follow.
import { z } from 'zod';
import { type Author, type BotIdentity, isOwn } from './bot-identity.ts';
import type { GitHubClient, Parameters } from './github-client.ts';
import { type ReviewCommentAnswer, reviewCommentShape } from './host-shapes.ts';
import type { ThreadState } from './review-threads.ts';
import { readAnswer } from './try-host.ts';

/** A text longer than this is refused by GitHub, and a review with it as a whole (platforms A1, D12). */
export const BODY_LIMIT = 65_536;

export interface DeskContext {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Address of the pull request on the web. */
  readonly url: string;
  readonly memory: DeskMemory;
}

/** Filled by each reading. */
export interface DeskMemory {
  bot: BotIdentity | null;
  /** Reviews of the bot's own that were never submitted; any one of them blocks the next review (platforms D7). Null: not looked yet. */
  pendingReviews: readonly number[] | null;
  /** By the handle of the comment. */
  threads: ReadonlyMap<string, ThreadState>;
  /** Node ids by the handle of the comment, for hiding it. */
  nodes: ReadonlyMap<string, string>;
  /** All review comments as they were listed after the last write to any of them; null once more was written, or when nobody looked. */
  listed: readonly ReviewCommentAnswer[] | null;
  /** Set by the first refusal, so that nothing is asked twice that is never allowed. */
  mayNotResolve: boolean;
}

/** The handle of a comment is its kind and number: they are counted apart on the host. */
export type CommentSort = 'comment' | 'issue' | 'review';

export function handleOf(sort: CommentSort, id: number): string {
  return `${sort}:${id}`;
}

export function readHandle(handle: string): { readonly sort: CommentSort; readonly id: number } | null {
  const [, sort, id] = /^(comment|issue|review):(\d{1,16})$/.exec(handle) ?? [];
  return sort === undefined ? null : { sort: sort as CommentSort, id: Number(id) };
}

/** The address of a comment, built and not taken from the answer: answers are foreign text. */
export function commentUrl(context: DeskContext, sort: CommentSort, id: number): string {
  const anchor = { comment: 'discussion_r', issue: 'issuecomment-', review: 'pullrequestreview-' }[sort];
  return `${context.url}#${anchor}${id}`;
}

/** The parameters that every route below the repository takes. */
export function inRepository(context: DeskContext): Parameters {
  return { owner: context.owner, repo: context.repo };
}

export function inPull(context: DeskContext): Parameters {
  return { ...inRepository(context), pull_number: context.number };
}

/** The review comments that stand on the pull request now, everybody's, all pages. */
export async function listReviewComments(context: DeskContext): Promise<readonly ReviewCommentAnswer[]> {
  const all: ReviewCommentAnswer[] = [];
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments';
  for await (const page of context.client.pages(route, inPull(context))) {
    all.push(...readAnswer(z.array(reviewCommentShape), page, 'the review comments'));
  }
  return all;
}

export async function listOwnReviewComments(context: DeskContext): Promise<readonly ReviewCommentAnswer[]> {
  return ownOf(context, await listReviewComments(context));
}

export function ownOf(
  context: DeskContext,
  comments: readonly ReviewCommentAnswer[],
): readonly ReviewCommentAnswer[] {
  return comments.filter((comment) => isByBot(context, comment.user));
}

/** Before anything was read nobody is known to be the bot, and nothing is its own. */
export function isByBot(context: DeskContext, author: Author | null | undefined): boolean {
  const { bot } = context.memory;
  return bot !== null && isOwn(bot, author);
}
