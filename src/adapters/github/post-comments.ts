// Posts drafts on a pull request: those with a line in one review, so that a reviewer gets one notification; the rest one by one.
import type { CommentDraft, DeskProblem, PostOutcome } from '../../domain/publication.ts';
import { BODY_LIMIT, type DeskContext, inPull } from './desk-context.ts';
import { type Attempt, explainFailure } from './explain-failure.ts';
import { pullShape } from './host-shapes.ts';
import { ensureIdentity } from './own-identity.ts';
import { postOneComment } from './post-one-comment.ts';
import { listStored, postReview } from './post-review.ts';
import type { PostingPlace } from './posting-place.ts';
import { readAnswer, tryHost } from './try-host.ts';

const POST_REVIEW: Attempt = { what: 'post the review', needs: 'pull-requests: write' };
const TOO_LONG: DeskProblem = {
  code: 'too_long',
  text: 'The comment is longer than GitHub takes.',
  hint: 'GitHub takes at most 65,536 characters in one text.',
};
/** What no draft of the same run will fare better with. */
const FOR_ALL = new Set<DeskProblem['code']>([
  'permission',
  'locked',
  'rate_limit',
  'spam',
  'moved',
  'unreachable',
  'not_found',
]);

/** One outcome a draft, in order. Throws only what is none of the host's. */
export async function postComments(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  at: PostingPlace,
): Promise<readonly PostOutcome[]> {
  if (drafts.length === 0) return [];
  const outcomes = new Map<CommentDraft, PostOutcome>();
  const settle = (draft: CommentDraft, outcome: PostOutcome) => outcomes.set(draft, outcome);
  for (const draft of drafts) if (draft.body.length > BODY_LIMIT) settle(draft, refused(TOO_LONG));
  const open = (kind: 'line' | 'file') =>
    drafts.filter((draft) => draft.anchor.kind === kind && !outcomes.has(draft));

  let ending = (await ensureIdentity(context)) ?? (await findMove(context, at.head));
  const [lines, files] = [open('line'), open('file')];
  const moreFollows = files.length > 0;
  if (ending === null && lines.length > 0) {
    ending = await postLines(context, lines, { ...at, moreFollows }, settle);
  }
  if (ending === null && moreFollows) {
    ending = await postEach(context, files, at, settle);
    const stored = lines.filter((draft) => outcomes.get(draft)?.kind === 'posted');
    if (stored.length > 0)
      for (const [draft, outcome] of await listStored(context, stored)) settle(draft, outcome);
  }
  return drafts.map((draft) => outcomes.get(draft) ?? refused(ending ?? TOO_LONG));
}

/** Gives the problem that ends the whole posting; null when the rest may go on. */
async function postLines(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  at: Parameters<typeof postReview>[2],
  settle: (draft: CommentDraft, outcome: PostOutcome) => unknown,
): Promise<DeskProblem | null> {
  const review = await postReview(context, drafts, at);
  for (const [draft, outcome] of review.stored) settle(draft, outcome);
  if (review.failure === null) return null;
  const problem = explainFailure(review.failure, POST_REVIEW);
  if (problem.code !== 'moved' && FOR_ALL.has(problem.code)) return problem;
  // One bad anchor or one long text loses the whole review, and GitHub does not say which it is (platforms D1, D2, D12).
  const moved = await findMove(context, at.head);
  if (moved !== null || problem.code === 'moved') return moved ?? problem;
  const missing = drafts.filter((draft) => !review.stored.has(draft));
  return postEach(context, missing, at, settle);
}

async function postEach(
  context: DeskContext,
  drafts: readonly CommentDraft[],
  at: PostingPlace,
  settle: (draft: CommentDraft, outcome: PostOutcome) => unknown,
): Promise<DeskProblem | null> {
  let noFileComments: DeskProblem | null = null;
  for (const draft of drafts) {
    if (draft.anchor.kind === 'file' && noFileComments !== null) {
      settle(draft, refused(noFileComments));
      continue;
    }
    const posted = await postOneComment(context, draft, at.head);
    if (posted.kind === 'done') {
      settle(draft, posted.value);
      continue;
    }
    const problem = explainFailure(posted.failure, { ...POST_REVIEW, what: 'post the comment' });
    if (FOR_ALL.has(problem.code)) return problem;
    settle(draft, refused(problem));
    // Old Enterprise Servers do not know comments on a whole file (platforms D11).
    if (/subject_type/.test(posted.failure.said)) noFileComments = problem;
  }
  return null;
}

/**
 * The head may have moved since the conversation was read, and GitHub takes comments at an older commit (platforms D24): looked at right
 * before the first one, and when one is refused (platforms D6). Null while nothing moved.
 */
async function findMove(context: DeskContext, head: string): Promise<DeskProblem | null> {
  const tried = await tryHost(context.client, async () => {
    const answer = await context.client.read(
      'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      inPull(context),
    );
    return readAnswer(pullShape, answer.data, 'the pull request');
  });
  if (tried.kind === 'failed')
    return explainFailure(tried.failure, { ...POST_REVIEW, what: 'read the pull request again' });
  if (tried.value.head.sha === head) return null;
  return {
    code: 'moved',
    text: 'The pull request got a newer commit while its comments were posted; nothing was posted on the older one.',
    hint: 'A newer push has replaced this commit; its own run speaks for it.',
  };
}

function refused(problem: DeskProblem): PostOutcome {
  return { kind: 'refused', problem };
}
