// Single comments on the diff and their answers, and comments on the timeline (platforms A1, A4, D10–D12).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import { type AnchorFault, type ResolvedAnchor, resolveAnchor } from './anchors.ts';
import { answerPage } from './pages.ts';
import { presentIssueComment, presentReviewComment } from './present-pull.ts';
import { bodyTooLong, DOCS, MAXIMUM_BODY, notFound, refuse } from './refusals.ts';
import { isOldServer } from './review-routes.ts';
import { type Call, type Route, route } from './routes.ts';
import type { IssueComment, ReviewComment } from './state.ts';
import { addComment, addReply, addReview } from './threads.ts';

const side = z.enum(['LEFT', 'RIGHT']);

const newComment = z.strictObject({
  body: z.string(),
  commit_id: z.string(),
  path: z.string(),
  line: z.int().optional(),
  side: side.optional(),
  start_line: z.int().optional(),
  start_side: side.optional(),
  position: z.int().optional(),
  in_reply_to: z.int().optional(),
  subject_type: z.enum(['line', 'file']).optional(),
});
type NewComment = z.infer<typeof newComment>;

const onlyBody = z.strictObject({ body: z.string() });

const REPOSITORY = '/repos/{owner}/{repo}';
const ON_PULL = `${REPOSITORY}/pulls/{pull_number}/comments`;
const ONE = `${REPOSITORY}/pulls/comments/{comment_id}`;
const ON_ISSUE = `${REPOSITORY}/issues/{issue_number}/comments`;
const ONE_ON_ISSUE = `${REPOSITORY}/issues/comments/{comment_id}`;
const REVIEW = 'PullRequestReviewComment';

const need = (access: 'read' | 'write') => ({ permissions: ['pull-requests'], access }) as const;
const needIssue = (access: 'read' | 'write') =>
  ({ permissions: ['issues', 'pull-requests'], access }) as const;

export const commentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: ON_PULL,
    need: need('read'),
    run: (call) => {
      const rows = call.state.shownComments().map((comment) => presentReviewComment(comment, call));
      return answerPage(ordered(since(rows, call), call), {
        query: call.request.query,
        address: call.numbered,
      });
    },
  }),
  route({
    method: 'POST',
    path: ON_PULL,
    need: need('write'),
    body: newComment,
    creates: REVIEW,
    run: createComment,
  }),
  route({
    method: 'POST',
    path: `${ON_PULL}/{comment_id}/replies`,
    need: need('write'),
    body: onlyBody,
    creates: REVIEW,
    run: (call, { body }) =>
      withComment(call, (comment) => {
        // An answer to an answer is no thread of its own.
        if (comment.inReplyTo !== null) return notFound();
        const refused = refuseText(call, body, REVIEW);
        if (refused) return refused;
        return created(presentReviewComment(addReply(call.state, comment, actorOf(call), body), call));
      }),
  }),
  route({
    method: 'GET',
    path: ONE,
    need: need('read'),
    run: (call) =>
      withComment(call, (comment) => ({ status: 200, body: presentReviewComment(comment, call) })),
  }),
  route({
    method: 'PATCH',
    path: ONE,
    need: need('write'),
    body: onlyBody,
    run: (call, { body }) =>
      withComment(call, (comment) => {
        const refused = refuseStranger(call, comment) ?? refuseText(call, body, REVIEW);
        if (refused) return refused;
        edit(call, comment, body);
        return { status: 200, body: presentReviewComment(comment, call) };
      }),
  }),
  route({
    method: 'DELETE',
    path: ONE,
    need: need('write'),
    run: (call) => withComment(call, (comment) => remove(call, comment)),
  }),
  route({
    method: 'GET',
    path: ON_ISSUE,
    need: needIssue('read'),
    run: (call) => {
      const rows = call.state.issueComments.map((comment) => presentIssueComment(comment, call));
      return answerPage(since(rows, call), { query: call.request.query, address: call.numbered });
    },
  }),
  route({
    method: 'POST',
    path: ON_ISSUE,
    need: needIssue('write'),
    body: onlyBody,
    creates: 'IssueComment',
    run: (call, { body }) => {
      const refused = refuseText(call, body, 'IssueComment');
      if (refused) return refused;
      const time = call.state.now();
      const stored = {
        actor: actorOf(call),
        body,
        createdAt: time,
        updatedAt: time,
        minimized: null,
        editedBy: null,
      };
      const comment: IssueComment = { id: call.state.nextId(), ...stored };
      call.state.issueComments.push(comment);
      return created(presentIssueComment(comment, call));
    },
  }),
  route({
    method: 'GET',
    path: ONE_ON_ISSUE,
    need: needIssue('read'),
    run: (call) =>
      withIssueComment(call, (comment) => ({ status: 200, body: presentIssueComment(comment, call) })),
  }),
  route({
    method: 'PATCH',
    path: ONE_ON_ISSUE,
    need: needIssue('write'),
    body: onlyBody,
    run: (call, { body }) =>
      withIssueComment(call, (comment) => {
        const refused = refuseStranger(call, comment) ?? refuseText(call, body, 'IssueComment');
        if (refused) return refused;
        edit(call, comment, body);
        return { status: 200, body: presentIssueComment(comment, call) };
      }),
  }),
  route({
    method: 'DELETE',
    path: ONE_ON_ISSUE,
    need: needIssue('write'),
    run: (call) => withIssueComment(call, (comment) => remove(call, comment)),
  }),
];

function actorOf(call: Call) {
  if (!call.token) throw new Error('emulator: a write without a token came through');
  return call.token.actor;
}

function created(body: Record<string, unknown>): HostAnswer {
  return { status: 201, headers: { location: String(body.url) }, body };
}

function withComment(call: Call, run: (comment: ReviewComment) => HostAnswer): HostAnswer {
  const comment = call.state.shownComments().find(({ id }) => id === Number(call.parameters.comment_id));
  return comment ? run(comment) : notFound();
}

function withIssueComment(call: Call, run: (comment: IssueComment) => HostAnswer): HostAnswer {
  const comment = call.state.issueComments.find(({ id }) => id === Number(call.parameters.comment_id));
  return comment ? run(comment) : notFound();
}

/** A bot edits what it said itself; a person with write access edits anything. */
function refuseStranger(call: Call, comment: ReviewComment | IssueComment): HostAnswer | null {
  const actor = actorOf(call);
  return comment.actor === actor || actor.type === 'User'
    ? null
    : refuse(403, 'Resource not accessible by integration');
}

function refuseText(call: Call, body: string, resource: string): HostAnswer | null {
  const page = resource === REVIEW ? DOCS.comments : DOCS.issueComments;
  if (body.length > MAXIMUM_BODY) {
    call.violate('an over-long body');
    return bodyTooLong(resource, page);
  }
  if (body.trim() !== '') return null;
  call.violate('an empty body');
  return refuse(422, 'Validation Failed', [{ resource, code: 'missing_field', field: 'body' }], page);
}

function edit(call: Call, comment: ReviewComment | IssueComment, body: string): void {
  comment.body = body;
  comment.editedBy = actorOf(call);
  comment.updatedAt = call.state.now();
}

function remove(call: Call, comment: ReviewComment | IssueComment): HostAnswer {
  const refused = refuseStranger(call, comment);
  if (refused) return refused;
  call.state.remove(comment.id);
  return { status: 204 };
}

/** `?since=`: changed at that time or later. */
function since<Row extends Record<string, unknown>>(rows: readonly Row[], { request }: Call): readonly Row[] {
  const from = request.query.get('since');
  return from === null ? rows : rows.filter((row) => String(row.updated_at) >= from);
}

function ordered<Row extends Record<string, unknown>>(
  rows: readonly Row[],
  { request }: Call,
): readonly Row[] {
  const key = request.query.get('sort') === 'updated' ? 'updated_at' : 'created_at';
  const sorted = rows.toSorted((a, b) => String(a[key]).localeCompare(String(b[key])));
  return request.query.has('sort') && request.query.get('direction') === 'desc' ? sorted.reverse() : sorted;
}

function createComment(call: Call, asked: NewComment): HostAnswer {
  const { state } = call;
  if (isOldServer(call) && asked.subject_type !== undefined) {
    const message =
      'Invalid request.\n\nNo subschema in "oneOf" matched.\n"subject_type" is not a permitted key.';
    return refuse(422, message, undefined, DOCS.comments);
  }
  const refused = refuseText(call, asked.body, REVIEW);
  if (refused) return refused;
  const actor = actorOf(call);
  if (asked.in_reply_to !== undefined) {
    const first = state.shownComments().find(({ id }) => id === asked.in_reply_to);
    return first
      ? created(presentReviewComment(addReply(state, first, actor, asked.body), call))
      : notFound();
  }
  if (!state.repository.commits().includes(asked.commit_id)) {
    return fieldError('pull_request_review_thread.commit_id', 'commit_id is not part of the pull request');
  }
  const anchor = placeComment(call, asked);
  if (anchor !== null && 'fault' in anchor) return refuseAnchor(anchor.fault);
  const review = addReview(state, { actor, body: '', state: 'COMMENTED', commitId: asked.commit_id });
  const { body, path, commit_id: commitId } = asked;
  return created(
    presentReviewComment(addComment(state, review.id, { actor, body, path, anchor, commitId }), call),
  );
}

function placeComment(call: Call, asked: NewComment): ResolvedAnchor | { fault: AnchorFault } | null {
  const files = call.state.repository.shownDiff(asked.commit_id);
  if (asked.subject_type !== 'file') return resolveAnchor(files, asked);
  const lines = [asked.line, asked.start_line, asked.position, asked.side].filter(
    (value) => value !== undefined,
  );
  if (lines.length > 0) call.violate('a comment on a whole file with a line');
  const shown = files.some(({ newPath, oldPath }) => (newPath ?? oldPath) === asked.path);
  return shown ? null : { fault: 'path' };
}

/** Errors are objects here, unlike those of reviews (D10). */
function refuseAnchor(fault: AnchorFault): HostAnswer {
  const thread = 'pull_request_review_thread';
  switch (fault) {
    case 'path':
      return fieldError(`${thread}.path`, `${thread}.path could not be resolved`);
    case 'line':
      return fieldError(`${thread}.line`, `${thread}.line must be part of the diff`);
    case 'precede':
      return fieldError(`${thread}.start_line`, `${thread}.start_line must precede the end line.`, false);
    case 'hunk':
      return fieldError(
        `${thread}.start_line`,
        `${thread}.start_line must be part of the same hunk as the line.`,
        false,
      );
  }
}

function fieldError(field: string, message: string, withHunk = true): HostAnswer {
  const missing = { resource: REVIEW, code: 'missing_field', field: 'pull_request_review_thread.diff_hunk' };
  const errors = [{ resource: REVIEW, code: 'custom', field, message }, ...(withHunk ? [missing] : [])];
  return refuse(422, 'Validation Failed', errors, DOCS.comments);
}
