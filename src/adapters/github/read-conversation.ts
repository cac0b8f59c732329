// Reads a pull request and everything that the bot said on it before; reads only.
import { z } from 'zod';
import type { ChangeRequest, DeskState, StandingComment } from '../../domain/publication.ts';
import { type Author, isOwn, isOwnLogin } from './bot-identity.ts';
import { type CommentSort, commentUrl, type DeskContext, handleOf, inPull } from './desk-context.ts';
import { readRights } from './desk-rights.ts';
import {
  type IssueCommentAnswer,
  issueCommentShape,
  type PullAnswer,
  pullShape,
  type ReviewAnswer,
  type ReviewCommentAnswer,
  reviewCommentShape,
  reviewShape,
} from './host-shapes.ts';
import { readThreads, type ThreadState, type Threads } from './review-threads.ts';
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
  const reviewComments = await listAll(
    context,
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    reviewCommentShape,
  );
  const issueComments = await listAll(
    context,
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    issueCommentShape,
  );
  const reviews = await listAll(
    context,
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    reviewShape,
  );

  remember(context, threads, { reviewComments, issueComments, reviews });
  const own = <T extends { readonly user?: Author | null | undefined; readonly body: string }>(
    entries: readonly T[],
  ) => entries.filter((entry) => isOwn(threads.bot, entry.user) && entry.body.includes(MARKER_START));
  return {
    change: describeChange(context, pull, serverUrl),
    self: threads.bot.login,
    rights: readRights(pull, pullAnswer.headers),
    comments: [
      ...own(reviewComments)
        .filter((comment) => typeof comment.in_reply_to_id !== 'number')
        .map((comment) => standingInDiff(context, comment, threads, reviewComments)),
      ...own(issueComments).map((comment) => standingText(context, 'issue', comment)),
      ...own(reviews)
        .filter((review) => review.state !== 'PENDING')
        .map((review) => standingText(context, 'review', review)),
    ],
  };
}

async function listAll<T>(context: DeskContext, route: string, shape: z.ZodType<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of context.client.pages(route, {
    ...inPull(context),
    issue_number: context.number,
  })) {
    all.push(...readAnswer(z.array(shape), page, 'the comments'));
  }
  return all;
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

function standingInDiff(
  context: DeskContext,
  comment: ReviewCommentAnswer,
  threads: Threads,
  everything: readonly ReviewCommentAnswer[],
): StandingComment {
  const state = threadOf(threads, comment);
  const kind = comment.subject_type === 'file' ? 'file' : 'line';
  const line = kind === 'line' ? (comment.line ?? null) : null;
  const resolvedBy = state?.resolved === true ? state.resolvedBy : null;
  return {
    id: handleOf('comment', comment.id),
    kind,
    body: comment.body,
    path: comment.path,
    line,
    // REST says it by leaving the line out (platforms D23), which a comment on a whole file never has.
    outdated: (kind === 'line' && line === null) || state?.outdated === true,
    resolved: state?.resolved ?? false,
    resolvedBy: resolvedBy === null ? null : isOwnLogin(threads.bot, resolvedBy) ? 'self' : 'other',
    minimized: state?.minimized ?? false,
    answered: everything.some(
      (other) => other.in_reply_to_id === comment.id && !isOwn(threads.bot, other.user),
    ),
    url: commentUrl(context, 'comment', comment.id),
    order: comment.id,
  };
}

function standingText(
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
    outdated: false,
    resolved: false,
    resolvedBy: null,
    minimized: false,
    answered: false,
    url: commentUrl(context, sort, entry.id),
    order: entry.id,
  };
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
