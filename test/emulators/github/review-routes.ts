// Reviews: a body and its comments are stored together or not at all (platforms A1, D1–D9, D13, D26).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import { type AnchorFault, type AskedAnchor, type ResolvedAnchor, resolveAnchor } from './anchors.ts';
import { answerPage } from './pages.ts';
import { presentReview, presentReviewComment } from './present-pull.ts';
import { BODY_TOO_LONG, DOCS, MAXIMUM_BODY, notFound, refuse, refuseReview } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';
import type { Review } from './state.ts';
import { addComment, addReview } from './threads.ts';

const side = z.enum(['LEFT', 'RIGHT']);

const reviewComment = z.strictObject({
  path: z.string(),
  body: z.string(),
  line: z.int().optional(),
  side: side.optional(),
  start_line: z.int().optional(),
  start_side: side.optional(),
  position: z.int().optional(),
});

const newReview = z.strictObject({
  commit_id: z.string().optional(),
  body: z.string().optional(),
  // Which values it may have is answered by GraphQL behind it, in its own words.
  event: z.unknown().optional(),
  comments: z.array(reviewComment).optional(),
});
type NewReview = z.infer<typeof newReview>;

const EVENTS = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;
/** Reported: 27 went well, more than 32 were "submitted too quickly" (platforms A1). */
const MOST_COMMENTS = 32;

const REVIEWS = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
const WRITE = { permissions: ['pull-requests'], access: 'write' } as const;
const READ = { permissions: ['pull-requests'], access: 'read' } as const;

export const reviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: REVIEWS,
    need: READ,
    run: (call) => {
      const shown = call.state.reviews.filter(
        ({ state, actor }) => state !== 'PENDING' || actor === call.token?.actor,
      );
      const rows = shown.map((review) => presentReview(review, call));
      return answerPage(rows, { query: call.request.query, address: call.numbered });
    },
  }),
  route({
    method: 'POST',
    path: REVIEWS,
    need: WRITE,
    body: newReview,
    creates: 'PullRequestReviewComment',
    run: createReview,
  }),
  route({
    method: 'GET',
    path: `${REVIEWS}/{review_id}`,
    need: READ,
    run: (call) => withReview(call, (review) => ({ status: 200, body: presentReview(review, call) })),
  }),
  route({
    method: 'PUT',
    path: `${REVIEWS}/{review_id}`,
    need: WRITE,
    body: z.strictObject({ body: z.string().min(1) }),
    run: (call, { body }) =>
      withReview(call, (review) => {
        if (review.actor !== call.token?.actor) return refuse(403, 'Resource not accessible by integration');
        if (body.length > MAXIMUM_BODY) return refuseReview([BODY_TOO_LONG]);
        review.body = body;
        return { status: 200, body: presentReview(review, call) };
      }),
  }),
  route({
    method: 'DELETE',
    path: `${REVIEWS}/{review_id}`,
    need: WRITE,
    run: (call) =>
      withReview(call, (review) => {
        if (review.state !== 'PENDING') {
          return refuse(
            422,
            'Unprocessable Entity',
            ['Can not delete a non-pending pull request review'],
            DOCS.reviews,
          );
        }
        for (const comment of call.state.comments.filter(({ reviewId }) => reviewId === review.id)) {
          call.state.remove(comment.id);
        }
        call.state.remove(review.id);
        return { status: 200, body: presentReview(review, call) };
      }),
  }),
  route({
    method: 'GET',
    path: `${REVIEWS}/{review_id}/comments`,
    need: READ,
    run: (call) =>
      withReview(call, (review) => {
        const rows = call.state.comments.filter(({ reviewId }) => reviewId === review.id);
        // The legacy form has no lines, only positions.
        const legacy = rows.map((row) => {
          const {
            line: _line,
            original_line: _original,
            subject_type: _subject,
            ...rest
          } = presentReviewComment(row, call);
          return rest;
        });
        return answerPage(legacy, { query: call.request.query, address: call.numbered });
      }),
  }),
  route({
    method: 'POST',
    path: `${REVIEWS}/{review_id}/events`,
    need: WRITE,
    body: z.strictObject({
      event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']),
      body: z.string().optional(),
    }),
    run: (call, { event, body }) =>
      withReview(call, (review) => {
        if (review.state !== 'PENDING')
          return refuseReview(['Can not submit a non-pending pull request review']);
        const refused = refuseVerdict(call, event);
        if (refused) return refused;
        review.body = body ?? review.body;
        review.state = EVENTS[event];
        review.submittedAt = call.state.now();
        return { status: 200, body: presentReview(review, call) };
      }),
  }),
];

function withReview(call: Call, run: (review: Review) => HostAnswer): HostAnswer {
  const review = call.state.reviews.find(({ id }) => id === Number(call.parameters.review_id));
  const hidden = review?.state === 'PENDING' && review.actor !== call.token?.actor;
  return review && !hidden ? run(review) : notFound();
}

function createReview(call: Call, asked: NewReview): HostAnswer {
  const { state } = call;
  const actor = call.token?.actor;
  if (!actor) return refuse(401, 'Requires authentication');
  const event =
    asked.event === undefined || asked.event === '' ? null : EVENTS[asked.event as keyof typeof EVENTS];
  if (event === undefined) {
    call.violate(`event ${JSON.stringify(asked.event)} of a review`);
    return refuseReview(['Variable $event of type PullRequestReviewEvent was provided invalid value']);
  }
  if (asked.commit_id === undefined)
    call.violate('a review without commit_id is for whatever is the head by then');
  const commitId = asked.commit_id ?? state.repository.head();
  if (!state.repository.commits().includes(commitId))
    return refuseReview(['The commitOID is not part of the pull request']);
  // It blocks submitted reviews too, not only another pending one.
  if (state.reviews.some((review) => review.state === 'PENDING' && review.actor === actor)) {
    return refuseReview(['User can only have one pending review per pull request']);
  }
  const refused = event && refuseVerdict(call, asked.event as string);
  if (refused) return refused;
  if ((event === 'COMMENTED' || event === 'CHANGES_REQUESTED') && !asked.body?.trim()) {
    call.violate('a review without a body');
    return refuseReview(["Body can't be blank"]);
  }
  const comments = asked.comments ?? [];
  const placed = placeComments(call, comments, commitId);
  if ('status' in placed) return placed;
  const review = addReview(state, { actor, body: asked.body ?? '', state: event ?? 'PENDING', commitId });
  for (const [at, { path, body }] of comments.entries()) {
    addComment(state, review.id, { actor, body, path, anchor: placed.anchors[at] ?? null, commitId });
  }
  return { status: 200, body: presentReview(review, call) };
}

function placeComments(
  call: Call,
  comments: readonly z.infer<typeof reviewComment>[],
  commitId: string,
): { readonly anchors: readonly ResolvedAnchor[] } | HostAnswer {
  const bodies = [(call.request.body as { body?: string }).body ?? '', ...comments.map(({ body }) => body)];
  if (bodies.some((body) => body.length > MAXIMUM_BODY)) {
    call.violate('an over-long body in a review');
    return refuseReview([BODY_TOO_LONG]);
  }
  if (comments.some(({ body }) => body.trim() === '')) {
    call.violate('a comment of a review without a body');
    return refuseReview(["Body can't be blank"]);
  }
  const files = call.state.repository.shownDiff(commitId);
  const resolved = comments.map((comment) => resolveAnchor(files, readAnchor(comment)));
  const faults = resolved.flatMap((anchor) => ('fault' in anchor ? reasonsOf(anchor.fault, call) : []));
  if (faults.length > 0) return refuseReview(faults);
  if (comments.length > MOST_COMMENTS) {
    call.violate(`${comments.length} comments in one review`);
    return refuseReview(['was submitted too quickly']);
  }
  return { anchors: resolved as ResolvedAnchor[] };
}

/** Without `exactOptionalPropertyTypes` trouble: what zod leaves undefined is not there. */
function readAnchor({ body: _body, ...anchor }: z.infer<typeof reviewComment>): AskedAnchor {
  return anchor;
}

/** Nobody judges their own change, and a workflow's token approves nothing (D8). */
function refuseVerdict(call: Call, event: string): HostAnswer | null {
  if (event === 'COMMENT') return null;
  if (call.token?.kind === 'actions' && event === 'APPROVE') {
    return refuseReview(['GitHub Actions is not permitted to approve pull requests.']);
  }
  if (call.token?.actor !== call.state.settings.author) return null;
  const verb = event === 'APPROVE' ? 'approve' : 'request changes on';
  return refuseReview([`Can not ${verb} your own pull request`]);
}

/** The words of github.com and, for a line outside the diff, those of older Enterprise Servers (D3). */
function reasonsOf(fault: AnchorFault, call: Call): readonly string[] {
  const old = isOldServer(call);
  const outside = old
    ? [
        'Pull request review thread line must be part of the diff',
        "Pull request review thread diff hunk can't be blank",
      ]
    : ['Line could not be resolved'];
  return {
    path: old ? outside : ['Path could not be resolved'],
    line: outside,
    precede: ['Pull request review thread start line must precede the end line.'],
    hunk: ['Pull request review thread start line must be part of the same hunk as the line.'],
  }[fault];
}

/** 3.6 is the version whose comments endpoint did not know `subject_type` (D11); 3.17 knows it. */
export function isOldServer({ state }: Call): boolean {
  const version = state.settings.enterprise;
  return version !== null && Number(version.split('.')[1]) < 8 && version.startsWith('3.');
}
