// Reads a pull request and everything that the bot said on it before; reads only.
import { z } from 'zod';
import type { ChangeRequest, DeskState, StandingComment } from '../../domain/publication.ts';
import { type Author, isOwn } from './bot-identity.ts';
import {
  type CommentSort,
  type DeskContext,
  handleOf,
  inPull,
  inRepository,
  isByBot,
  listReviewComments,
} from './desk-context.ts';
import { readRights } from './desk-rights.ts';
import {
  type IssueCommentAnswer,
  issueCommentShape,
  type PullAnswer,
  pullShape,
  type ReviewAnswer,
  type ReviewCommentAnswer,
  reviewShape,
} from './host-shapes.ts';
import { readThreads, type ThreadState, type Threads } from './review-threads.ts';
import { standingInDiff, standingText } from './standing-comments.ts';
import { readAnswer } from './try-host.ts';

/** How every text of Assay's own begins to end; what stands in the marker is no business of the desk. */
const MARKER_START = '<!-- assay:';

/** Five requests for a small pull request. Throws what the client throws. */
export async function readConversation(context: DeskContext, serverUrl: string): Promise<DeskState> {
  const { client } = context;
  const pullAnswer = await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', inPull(context));
  const pull = readAnswer(pullShape, pullAnswer.data, 'the pull request');
  const threads = await readThreads(client, {
    owner: context.owner,
    name: context.repo,
    number: context.number,
  });
  // What opens a review and the summary name the comments that were posted before them: read after the comments, those of a run that
  // posts meanwhile would look as if somebody had deleted them.
  const issueComments = await listAll(context, 'issues/{number}/comments', issueCommentShape);
  const reviews = await listAll(context, 'pulls/{number}/reviews', reviewShape);
  const texts = { issueComments, reviews, reviewComments: await listReviewComments(context) };
  remember(context, threads, texts);
  return {
    change: describeChange(context, pull, serverUrl),
    self: threads.bot.login,
    rights: readRights(pull, pullAnswer.headers),
    comments: [
      ...standingInDiffs(context, texts.reviewComments),
      ...summariesAmong(context, texts.issueComments),
      ...openingsAmong(context, texts.reviews),
    ],
  };
}

/**
 * The same with the comments in the diff, or with the summaries, or with what opens reviews, as they stand now: at most one request for a
 * small pull request. All else is taken over.
 */
export async function readCommentsAgain(
  context: DeskContext,
  before: DeskState,
  again: 'comments' | 'summaries' | 'reviews',
): Promise<DeskState> {
  if (again === 'summaries') {
    const texts = await listAll(context, 'issues/{number}/comments', issueCommentShape);
    const others = before.comments.filter(({ kind }) => kind !== 'summary');
    return { ...before, comments: [...others, ...summariesAmong(context, texts)] };
  }
  if (again === 'reviews') {
    const texts = await listAll(context, 'pulls/{number}/reviews', reviewShape);
    const others = before.comments.filter(({ kind }) => kind !== 'review');
    return { ...before, comments: [...others, ...openingsAmong(context, texts)] };
  }
  const comments = context.memory.listed ?? (await listReviewComments(context));
  context.memory.listed = null;
  const others = before.comments.filter(({ kind }) => kind === 'summary' || kind === 'review');
  return { ...before, comments: [...standingInDiffs(context, comments), ...others] };
}

function openingsAmong(context: DeskContext, texts: readonly ReviewAnswer[]): readonly StandingComment[] {
  return ownTexts(context, texts)
    .filter((review) => review.state !== 'PENDING')
    .map((review) => standingText(context, 'review', review));
}

function summariesAmong(
  context: DeskContext,
  texts: readonly IssueCommentAnswer[],
): readonly StandingComment[] {
  return ownTexts(context, texts).map((comment) => standingText(context, 'issue', comment));
}

async function listAll<T>(context: DeskContext, below: string, shape: z.ZodType<T>): Promise<readonly T[]> {
  const all: T[] = [];
  const where = { ...inRepository(context), number: context.number };
  for await (const page of context.client.pages(`GET /repos/{owner}/{repo}/${below}`, where)) {
    all.push(...readAnswer(z.array(shape), page, 'the comments'));
  }
  return all;
}

function standingInDiffs(
  context: DeskContext,
  comments: readonly ReviewCommentAnswer[],
): readonly StandingComment[] {
  const own = ownTexts(context, comments).filter((comment) => typeof comment.in_reply_to_id !== 'number');
  return own.map((comment) => standingInDiff(context, comment, comments));
}

function ownTexts<T extends { readonly user?: Author | null | undefined; readonly body: string }>(
  context: DeskContext,
  entries: readonly T[],
): readonly T[] {
  return entries.filter((entry) => entry.body.includes(MARKER_START) && isByBot(context, entry.user));
}

function remember(
  context: DeskContext,
  threads: Threads,
  texts: {
    readonly reviewComments: readonly ReviewCommentAnswer[];
    readonly issueComments: readonly IssueCommentAnswer[];
    readonly reviews: readonly ReviewAnswer[];
  },
): void {
  const { memory } = context;
  const nodes = new Map<string, string>();
  const states = new Map<string, ThreadState>();
  const keepNode = (
    sort: CommentSort,
    entry: { readonly id: number; readonly node_id?: string | undefined },
  ) => {
    if (entry.node_id !== undefined) nodes.set(handleOf(sort, entry.id), entry.node_id);
  };
  for (const comment of texts.reviewComments) {
    keepNode('comment', comment);
    const state = threadOf(threads, comment);
    if (state === null) continue;
    states.set(handleOf('comment', comment.id), state);
    if (state.commentNode !== null) nodes.set(handleOf('comment', comment.id), state.commentNode);
  }
  for (const comment of texts.issueComments) keepNode('issue', comment);
  for (const review of texts.reviews) keepNode('review', review);
  memory.bot = threads.bot;
  memory.nodes = nodes;
  memory.threads = states;
  memory.pendingReviews = texts.reviews
    .filter((review) => review.state === 'PENDING' && isOwn(threads.bot, review.user))
    .map((review) => review.id);
}

function threadOf(threads: Threads, comment: ReviewCommentAnswer): ThreadState | null {
  const byNode = comment.node_id === undefined ? undefined : threads.byComment.get(comment.node_id);
  return byNode ?? threads.byComment.get(comment.id) ?? null;
}

function describeChange(context: DeskContext, pull: PullAnswer, serverUrl: string): ChangeRequest {
  const merged = pull.merged === true || typeof pull.merged_at === 'string';
  const { owner, repo, number } = context;
  return {
    host: 'github',
    name: `${owner}/${repo}#${number}`,
    state: merged ? 'merged' : pull.state,
    locked: pull.locked ?? false,
    head: pull.head.sha,
    baseTip: pull.base.sha,
    mergeBase: null,
    fork: pull.head.repo?.full_name !== pull.base.repo.full_name,
    blobUrl: `${serverUrl}/${owner}/${repo}/blob/${pull.head.sha}`,
    url: context.url,
  };
}
