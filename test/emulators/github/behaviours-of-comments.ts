// Platforms D10–D13, D23–D25, D30 and D31, tried on the emulator.
import { expect } from 'vitest';
import { actionsToken } from './actors.ts';
import type { GitHubWorld } from './behaviour-world.ts';

type Behaviour = (world: GitHubWorld) => Promise<void>;

const APP = 'src/app.js';
const good = { path: APP, line: 10, side: 'RIGHT', body: 'Look <!-- assay:v1 -->' };
const LONG = 'x'.repeat(65_537);

const THREADS = `query ($after: String) {
  viewer { login databaseId }
  repository(owner: "octo", name: "shop") { pullRequest(number: 7) { reviewThreads(first: 50, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id isResolved isOutdated resolvedBy { login } viewerCanResolve viewerCanUnresolve path line originalLine subjectType
      comments(first: 50) { nodes { id databaseId author { login __typename } isMinimized minimizedReason outdated } } }
  } } }
}`;
const RESOLVE =
  'mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';

const threadsOf = async ({ graphql }: GitHubWorld, token?: string) => {
  const { body } = await graphql(THREADS, {}, token);
  expect(body.errors).toBeUndefined();
  return body.data.repository.pullRequest.reviewThreads.nodes;
};

async function singleOnBadLine({ ask, head, github }: GitHubWorld): Promise<void> {
  const post = (body: object) =>
    ask('POST', '/pulls/7/comments', { body: { commit_id: head, ...good, ...body } });
  const refused = await post({ line: 20 });
  expect([refused.status, refused.body.message, refused.body.errors]).toEqual([
    422,
    'Validation Failed',
    [
      {
        resource: 'PullRequestReviewComment',
        code: 'custom',
        field: 'pull_request_review_thread.line',
        message: 'pull_request_review_thread.line must be part of the diff',
      },
      {
        resource: 'PullRequestReviewComment',
        code: 'missing_field',
        field: 'pull_request_review_thread.diff_hunk',
      },
    ],
  ]);
  const stored = await post({});
  expect([stored.status, stored.headers.get('location')]).toEqual([201, stored.body.url]);
  expect(stored.body).toMatchObject({
    line: 10,
    original_line: 10,
    start_line: null,
    subject_type: 'line',
    position: 5,
  });
  expect(stored.body.diff_hunk).toMatch(/^@@ -7,7 \+7,7 @@.*\n line 7\n line 8\n line 9\n-line 10\n\+ten$/);
  const file = await ask('POST', '/pulls/7/comments', {
    body: { body: 'Whole', commit_id: head, path: 'new.js', subject_type: 'file' },
  });
  expect([file.status, file.body]).toMatchObject([
    201,
    { line: null, original_line: null, subject_type: 'file' },
  ]);
  const unchanged = { body: 'Whole', commit_id: head, path: 'same.js', subject_type: 'file' };
  expect((await ask('POST', '/pulls/7/comments', { body: unchanged })).status).toBe(422);
  expect(github.violations).toEqual([]);
}

async function unknownKey({ another, ask, head, github }: GitHubWorld): Promise<void> {
  const older = await another({ enterprise: '3.6' });
  const body = { body: 'Whole', commit_id: head, path: APP, subject_type: 'file' };
  const refused = await older.ask('POST', '/pulls/7/comments', { body });
  expect([refused.status, refused.body.message]).toEqual([
    422,
    'Invalid request.\n\nNo subschema in "oneOf" matched.\n"subject_type" is not a permitted key.',
  ]);
  expect((await ask('POST', '/pulls/7/comments', { body })).status).toBe(201);
  // A review's comments never know it.
  const review = {
    commit_id: head,
    event: 'COMMENT',
    body: 'x',
    comments: [{ path: APP, body: 'x', subject_type: 'file' }],
  };
  expect((await ask('POST', '/pulls/7/reviews', { body: review })).status).toBe(422);
  expect(github.violations).toEqual([expect.stringContaining('subject_type')]);
}

async function overLong({ ask, review, github }: GitHubWorld): Promise<void> {
  const refused = await ask('POST', '/issues/7/comments', { body: { body: LONG } });
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body is too long (maximum is 65536 characters)',
      },
    ],
  ]);
  const whole = await review([good, { ...good, body: LONG }]);
  expect([whole.status, whole.body.errors]).toEqual([
    422,
    ['Body is too long (maximum is 65536 characters)'],
  ]);
  expect(github.state.comments).toEqual([]);
  const longest = await ask('POST', '/issues/7/comments', { body: { body: LONG.slice(1) } });
  expect(longest.status).toBe(201);
  const changed = await ask('PATCH', `/issues/comments/${longest.body.id}`, { body: { body: LONG } });
  expect(changed.status).toBe(422);
}

async function spam({ review, github }: GitHubWorld): Promise<void> {
  github.throttle.spam();
  const held = await review([good]);
  expect([held.status, held.body.errors, held.headers.get('retry-after')]).toEqual([
    422,
    [{ resource: 'PullRequestReviewComment', code: 'abuse', field: 'base' }],
    null,
  ]);
  expect((await review([good])).status).toBe(200);
  const many = await review(Array.from({ length: 33 }, () => good));
  expect([many.status, many.body.errors]).toEqual([422, ['was submitted too quickly']]);
  expect((await review(Array.from({ length: 32 }, () => good))).status).toBe(200);
}

async function outdated(world: GitHubWorld): Promise<void> {
  const { ask, review, repository, head } = world;
  await review([good, { ...good, line: 30 }, { ...good, start_line: 28, line: 31, start_side: 'RIGHT' }]);
  const pushed = repository.push((git) =>
    git.write(
      APP,
      repository
        .file(head, APP)
        ?.toString()
        .replace('line 5\n', 'line 5\ninserted\n')
        .replace('ten\n', 'TEN\n') ?? '',
    ),
  );
  const comments = (await ask('GET', '/pulls/7/comments')).body;
  expect(comments).toMatchObject([
    { line: null, position: null, original_line: 10, commit_id: head, original_commit_id: head },
    { line: 31, original_line: 30, commit_id: pushed, original_commit_id: head },
    { line: 32, start_line: 29, original_line: 31, original_start_line: 28 },
  ]);
  expect(await threadsOf(world)).toMatchObject([
    { isOutdated: true, line: null, originalLine: 10, comments: { nodes: [{ outdated: true }] } },
    { isOutdated: false, line: 31 },
    { isOutdated: false },
  ]);
  repository.forcePush((git) => git.write('other.js', 'x\n'));
  expect((await ask('GET', '/pulls/7/comments')).body).toMatchObject(
    [10, 30, 31].map((line) => ({ line: null, position: null, original_line: line })),
  );
}

async function olderCommit({ ask, review, repository, head }: GitHubWorld): Promise<void> {
  repository.push((git) =>
    git.write(APP, repository.file(head, APP)?.toString().replace('ten\n', 'TEN\n') ?? ''),
  );
  const stored = await review([good, { ...good, line: 30 }], { commit_id: head });
  expect([stored.status, stored.body.commit_id]).toEqual([200, head]);
  expect((await ask('GET', '/pulls/7/comments')).body).toMatchObject([
    { line: null, original_line: 10 },
    { line: 30, original_line: 30 },
  ]);
}

async function resolveForbidden(world: GitHubWorld): Promise<void> {
  const { review, graphql, github } = world;
  await review([good]);
  github.tokens.set('reader', actionsToken({ contents: 'read', 'pull-requests': 'write' }));
  const [thread] = await threadsOf(world, 'reader');
  expect(thread).toMatchObject({ isResolved: false, viewerCanResolve: false });
  const refused = await graphql(RESOLVE, { id: thread.id }, 'reader');
  expect([refused.status, refused.body]).toMatchObject([
    200,
    {
      data: { resolveReviewThread: null },
      errors: [
        {
          type: 'FORBIDDEN',
          message: 'Resource not accessible by integration',
          path: ['resolveReviewThread'],
        },
      ],
    },
  ]);
  const minimize = `mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
    minimizedComment { isMinimized minimizedReason } } }`;
  const hidden = await graphql(minimize, { id: thread.comments.nodes[0].id }, 'reader');
  expect(hidden.body.data.minimizeComment.minimizedComment).toEqual({
    isMinimized: true,
    minimizedReason: 'outdated',
  });
  const resolved = await graphql(RESOLVE, { id: thread.id });
  expect(resolved.body).toEqual({ data: { resolveReviewThread: { thread: { isResolved: true } } } });
  expect(await threadsOf(world)).toMatchObject([
    { isResolved: true, viewerCanUnresolve: true, comments: { nodes: [{ isMinimized: true }] } },
  ]);
}

async function people(world: GitHubWorld): Promise<void> {
  const { review, ask, github } = world;
  await review([good, { ...good, line: 11 }, { ...good, line: 12 }]);
  const [first, second, third] = (await ask('GET', '/pulls/7/comments')).body;
  github.people.reply(first.id, 'Really?');
  github.people.edit(second.id, 'Mine now');
  github.people.resolve(second.id);
  github.people.delete(third.id);
  github.people.quoteMarker(first.id, 'thread');
  github.people.quoteMarker(first.id, 'line');
  github.people.quoteMarker(first.id);
  const comments = (await ask('GET', '/pulls/7/comments')).body;
  expect(comments).toMatchObject([
    { id: first.id, user: { login: 'github-actions[bot]' } },
    { id: second.id, body: 'Mine now', user: { login: 'github-actions[bot]' } },
    { in_reply_to_id: first.id, user: { login: 'mona' } },
    { in_reply_to_id: first.id, body: good.body, user: { login: 'mona' } },
    { body: good.body, line: 10, user: { login: 'mona' } },
  ]);
  expect((await ask('GET', '/issues/7/comments')).body).toMatchObject([
    { body: good.body, user: { login: 'mona' } },
  ]);
  expect(await threadsOf(world)).toMatchObject([
    {
      isResolved: false,
      comments: { nodes: [{ author: { login: 'github-actions', __typename: 'Bot' } }, {}, {}] },
    },
    { isResolved: true, resolvedBy: { login: 'mona' } },
    { comments: { nodes: [{ author: { login: 'mona', __typename: 'User' } }] } },
  ]);
  github.people.saveInBrowser(first.id);
  github.people.comment('gone', 'ghost');
  const since = (await ask('GET', `/pulls/7/comments?since=${comments.at(-1).updated_at}`)).body;
  expect(since.map(({ id }: { id: number }) => id)).toEqual([first.id, comments.at(-1).id]);
  expect((await ask('GET', '/issues/7/comments?page=1')).body.at(-1)).toMatchObject({
    body: 'gone',
    user: null,
  });
  // A bot changes nobody else's words.
  const foreign = comments.at(-1).id;
  expect((await ask('PATCH', `/pulls/comments/${foreign}`, { body: { body: 'x' } })).status).toBe(403);
  expect((await ask('DELETE', `/pulls/comments/${foreign}`)).status).toBe(403);
  expect((await ask('PATCH', `/pulls/comments/${third.id}`, { body: { body: 'x' } })).status).toBe(404);
}

async function twoRuns({ ask, review, github }: GitHubWorld): Promise<void> {
  const list = async () => (await ask('GET', '/pulls/7/comments')).body;
  expect(await Promise.all([list(), list()])).toEqual([[], []]);
  expect((await Promise.all([review([good]), review([good])])).map(({ status }) => status)).toEqual([
    200, 200,
  ]);
  const ids = github.state.comments.map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(ids.toSorted((a, b) => a - b)).toEqual(ids);
}

export const BEHAVIOURS_OF_COMMENTS: Readonly<Record<number, Behaviour>> = {
  10: singleOnBadLine,
  11: unknownKey,
  12: overLong,
  13: spam,
  23: outdated,
  24: olderCommit,
  25: resolveForbidden,
  30: people,
  31: twoRuns,
};
