// One review with many comments, stored as a whole or not at all.
import { isMarked } from '../../domain/is-marked.ts';
import type { CommentDraft, PostOutcome } from '../../domain/publication.ts';
import {
  commentUrl,
  type DeskContext,
  handleOf,
  inPull,
  listOwnReviewComments,
  listReviewComments,
  ownOf,
} from './desk-context.ts';
import type { Parameters } from './github-client.ts';
import type { HostFailure } from './host-failure.ts';
import { storedShape } from './host-shapes.ts';
import { listPendingReviews } from './own-identity.ts';
import { linesOf, type PostingPlace } from './posting-place.ts';
import { readAnswer, tryHost, writeOnce } from './try-host.ts';

type Stored = ReadonlyMap<CommentDraft, PostOutcome>;

interface PostedReview {
  readonly stored: Stored;
  /** Null when every draft is stored. */
  readonly failure: HostFailure | null;
}

/** Where the review goes, and whether more is posted right after it: then nobody lists the comments in between. */
type ReviewPlace = PostingPlace & { readonly moreFollows: boolean };

/** Posts the drafts, which all have a line, and says which ones stand. */
export async function postReview(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  at: ReviewPlace,
): Promise<PostedReview> {
  const cleared = await clearPending(context);
  if (cleared !== null) return { stored: new Map(), failure: cleared };
  const first = await sendReview(context, drafts, at);
  if (first.failure === null || !/one pending review/i.test(first.failure.said)) return first;
  // Somebody with the same token began one in the meantime (platforms D7).
  context.memory.pendingReviews = null;
  const again = await clearPending(context);
  return again === null ? sendReview(context, drafts, at) : { ...first, failure: again };
}

/**
 * A leftover blocks every further review. It is deleted, not submitted: nobody knows what stands in it, and for which commit. What is gone
 * already (404) is as good.
 */
async function clearPending(context: DeskContext): Promise<HostFailure | null> {
  const { client, memory } = context;
  const route = 'DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}';
  const tried = await tryHost(client, async () => {
    const pending = memory.pendingReviews ?? (await listPendingReviews(context));
    for (const review_id of pending) {
      const deleted = await writeOnce<unknown>(
        client,
        () => client.write(route, { ...inPull(context), review_id }),
        async () => ((await listPendingReviews(context)).includes(review_id) ? null : 'gone'),
      );
      if (deleted.kind === 'failed' && deleted.failure.status !== 404) return deleted.failure;
    }
    memory.pendingReviews = [];
    return null;
  });
  return tried.kind === 'done' ? tried.value : tried.failure;
}

async function sendReview(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  at: ReviewPlace,
): Promise<PostedReview> {
  const { client } = context;
  let missing = drafts;
  let found: Stored = new Map();
  const send = async (): Promise<Stored> => {
    const answer = await client.write('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...inPull(context),
      commit_id: at.head,
      body: at.opening,
      event: 'COMMENT',
      comments: missing.map(asReviewComment),
    });
    const review = readAnswer(storedShape, answer.data, 'the review');
    const listed = at.moreFollows ? new Map() : await listStored(context, missing);
    // The review is stored, and with it all of its comments: one that was not listed is named by its review.
    const named = missing.map(
      (draft) => [draft, listed.get(draft) ?? postedAs(context, 'review', review.id)] as const,
    );
    return new Map([...found, ...named]);
  };
  const look = async (): Promise<Stored | null> => {
    found = matchDrafts(context, drafts, await listOwnReviewComments(context));
    missing = drafts.filter((draft) => !found.has(draft));
    return missing.length === 0 ? found : null;
  };
  const tried = await writeOnce(client, send, look);
  return tried.kind === 'done'
    ? { stored: tried.value, failure: null }
    : { stored: found, failure: tried.failure };
}

/** GitHub's answer names the review only. All comments are listed to learn their numbers, so that nobody needs to list them again to see second copies. */
export async function listStored(context: DeskContext, drafts: readonly CommentDraft[]): Promise<Stored> {
  const asked = await tryHost(context.client, async () => {
    const comments = await listReviewComments(context);
    context.memory.listed = comments;
    return matchDrafts(context, drafts, ownOf(context, comments));
  });
  return asked.kind === 'done' ? asked.value : new Map();
}

function matchDrafts(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  comments: readonly { readonly id: number; readonly body: string }[],
): Stored {
  const stored = new Map<CommentDraft, PostOutcome>();
  for (const draft of drafts) {
    const comment = comments.find(({ body }) => isMarked(body, draft.marker));
    if (comment !== undefined) stored.set(draft, postedAs(context, 'comment', comment.id));
  }
  return stored;
}

function postedAs(context: DeskContext, sort: 'comment' | 'review', id: number): PostOutcome {
  return { kind: 'posted', id: handleOf(sort, id), url: commentUrl(context, sort, id) };
}

function asReviewComment(draft: CommentDraft): Parameters {
  return { path: draft.anchor.path, body: draft.body, ...linesOf(draft) };
}
