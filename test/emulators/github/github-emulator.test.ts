import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPerson, fineGrainedToken } from './actors.ts';
import { type GitHubWorld, numbered, openGitHubWorld } from './behaviour-world.ts';

const APP = 'src/app.js';
const good = { path: APP, line: 10, side: 'RIGHT', body: 'Look' };

let world: GitHubWorld;
beforeEach(async () => {
  world = await openGitHubWorld();
});
afterEach(() => world.close());

test('a repository and its pull request are read as GitHub describes them', async () => {
  const { ask, repository, github, head } = world;
  expect((await ask('GET', '')).body).toMatchObject({
    full_name: 'octo/shop',
    private: true,
    default_branch: 'main',
  });
  expect((await ask('GET', '/pulls/7')).body).toMatchObject({
    number: 7,
    state: 'open',
    head: { sha: head, ref: 'feature', repo: { full_name: 'octo/shop' } },
    base: { sha: repository.baseTip(), ref: 'main' },
    changed_files: 2,
  });
  const list = async (query: string) => (await ask('GET', `/pulls?${query}`)).body.length;
  expect([await list('head=octo:feature'), await list('head=octo:else'), await list('state=closed')]).toEqual(
    [1, 0, 0],
  );
  expect((await ask('GET', `/commits/${head}/pulls`)).body).toMatchObject([{ number: 7 }]);
  const compared = (await ask('GET', `/compare/main...${head}`)).body;
  expect(compared).toMatchObject({
    status: 'ahead',
    ahead_by: 1,
    merge_base_commit: { sha: repository.mergeBase() },
  });
  expect(compared.files.map(({ filename }: { filename: string }) => filename)).toEqual(['new.js', APP]);
  expect((await ask('GET', '/compare/main...nothing')).status).toBe(404);
  expect((await ask('GET', '/pulls/7/commits')).body).toMatchObject([{ sha: head }]);
  expect(github.violations).toEqual([]);
});

test('a file is read raw or in JSON, at a commit, and a tree with all its files', async () => {
  const { ask, github, head } = world;
  const raw = { headers: { accept: 'application/vnd.github.raw+json' } };
  expect((await ask('GET', `/contents/new.js?ref=${head}`, raw)).text).toBe(numbered(3));
  const json = (await ask('GET', `/contents/src/app.js?ref=${head}`)).body;
  expect(Buffer.from(json.content, 'base64').toString()).toContain('thirty\n');
  expect((await ask('GET', '/contents/new.js?ref=main')).status).toBe(404);
  const tree = (await ask('GET', `/git/trees/${head}?recursive=1`)).body;
  expect(tree.tree.map(({ path }: { path: string }) => path)).toEqual(['new.js', 'same.js', APP]);
  expect(github.violations).toEqual([]);
});

test('a fork’s pull request names the fork, or nothing when it is gone, and is not found by its commit', async () => {
  const fork = await world.another({ fork: 'yes' });
  expect((await fork.ask('GET', '/pulls/7')).body.head).toMatchObject({
    label: 'octocat:feature',
    repo: { full_name: 'octocat/shop', fork: true },
  });
  expect((await fork.ask('GET', `/commits/${world.head}/pulls`)).body).toEqual([]);
  expect((await fork.ask('GET', '/pulls?head=octocat:feature')).body).toHaveLength(1);
  const gone = await world.another({ fork: 'deleted' });
  expect((await gone.ask('GET', '/pulls/7')).body.head).toMatchObject({
    repo: null,
    user: null,
    sha: world.head,
  });
});

test('the API is there with and without /api/v3, and a newer version has no merge_commit_sha', async () => {
  const { ask, graphql } = world;
  expect((await ask('GET', '//api/v3/repos/octo/shop/pulls/7')).body.number).toBe(7);
  expect((await graphql('{ viewer { login databaseId } }')).body).toEqual({
    data: { viewer: { login: 'github-actions[bot]', databaseId: 41_898_282 } },
  });
  const enterprise = await world.another({ enterprise: '3.17' });
  expect(enterprise.github.graphqlUrl).toMatch(/\/api\/graphql$/);
  expect((await enterprise.graphql('{ viewer { login } }')).status).toBe(200);
  const version = { headers: { 'x-github-api-version': '2026-03-10' } };
  expect('merge_commit_sha' in (await ask('GET', '/pulls/7', version)).body).toBe(false);
  expect('merge_commit_sha' in (await ask('GET', '/pulls/7')).body).toBe(true);
});

test.each([
  ['a side that does not exist', { comments: [{ ...good, side: 'MIDDLE' }] }],
  ['a line as text', { comments: [{ ...good, line: '10' }] }],
  ['an unknown key', { comments: [{ ...good, subject_type: 'line' }] }],
  ['an unknown key at the top', { draft: true }],
  ['a review without a body', { body: '' }],
  ['a comment without a body', { comments: [{ ...good, body: ' ' }] }],
  ['a comment without a path', { comments: [{ ...good, path: undefined }] }],
  ['an over-long body', { body: 'x'.repeat(65_537) }],
])('%s is refused and remembered', async (_what, more) => {
  const { status } = await world.review([], more);
  expect(status).toBe(422);
  expect(world.github.violations).not.toEqual([]);
  expect(world.github.state.reviews).toEqual([]);
});

test('what a careful client sends leaves no violation', async () => {
  const { ask, review, graphql, github, head } = world;
  await review([good, { ...good, start_line: 8, start_side: 'RIGHT' }]);
  const [first] = (await ask('GET', '/pulls/7/comments?per_page=100&page=1')).body;
  await ask('PATCH', `/pulls/comments/${first.id}`, { body: { body: 'Fixed' } });
  await ask('POST', `/pulls/7/comments/${first.id}/replies`, { body: { body: 'Done' } });
  const summary = await ask('POST', '/issues/7/comments', { body: { body: 'Summary' } });
  await ask('PATCH', `/issues/comments/${summary.body.id}`, { body: { body: 'Summary 2' } });
  await ask('GET', '/issues/7/comments?per_page=100');
  await ask('GET', '/pulls/7/reviews?per_page=100');
  await ask('POST', `/statuses/${head}`, {
    body: { state: 'success', context: 'assay', description: 'passed' },
  });
  expect((await ask('GET', `/commits/${head}/status`)).body).toMatchObject({
    state: 'success',
    total_count: 1,
  });
  expect((await ask('GET', `/commits/${head}/statuses`)).body).toMatchObject([{ context: 'assay' }]);
  await ask('DELETE', `/issues/comments/${summary.body.id}`);
  await graphql('{ rateLimit { cost } }');
  expect(github.violations).toEqual([]);
  expect(github.writes().map(({ method }) => method)).toEqual([
    'POST',
    'PATCH',
    'POST',
    'POST',
    'PATCH',
    'POST',
    'DELETE',
  ]);
});

test('a deleted first comment leaves the answers in their thread', async () => {
  const { ask, review, github, graphql } = world;
  await review([good]);
  const [first] = github.state.comments;
  github.people.reply(first?.id ?? 0, 'Why?');
  await ask('DELETE', `/pulls/comments/${first?.id}`);
  const query = `{ repository(owner: "octo", name: "shop") { pullRequest(number: 7) { reviewThreads(last: 5) {
    totalCount nodes { comments(first: 5) { nodes { body author { login } } } } } } } }`;
  expect((await graphql(query)).body.data.repository.pullRequest.reviewThreads).toEqual({
    totalCount: 1,
    nodes: [{ comments: { nodes: [{ body: 'Why?', author: { login: 'mona' } }] } }],
  });
});

test('threads come in pages, and what is not in the schema is refused', async () => {
  const { review, graphql, github } = world;
  await review(Array.from({ length: 7 }, (_, at) => ({ ...good, line: 7 + at })));
  const page = async (after: string | null) => {
    const query = `query ($after: String) { repository(owner: "octo", name: "shop") { pullRequest(number: 7) {
      reviewThreads(first: 3, after: $after) { nodes { line } pageInfo { hasNextPage endCursor } } } } }`;
    return (await graphql(query, { after })).body.data.repository.pullRequest.reviewThreads;
  };
  const seen: number[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo } = await page(after);
    seen.push(...nodes.map(({ line }: { line: number }) => line));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual([7, 8, 9, 10, 11, 12, 13]);
  expect(github.violations).toEqual([]);
  const unbounded =
    '{ repository(owner: "octo", name: "shop") { pullRequest(number: 7) { reviewThreads { totalCount } } } }';
  expect((await graphql(unbounded)).body.errors).toMatchObject([{ type: 'MISSING_PAGINATION_BOUNDARIES' }]);
  const unknown = await graphql('{ viewer { nickname } }');
  expect([unknown.status, 'data' in unknown.body]).toEqual([200, false]);
  expect(github.violations).toEqual([expect.stringContaining('nickname')]);
  const missing = await graphql('{ repository(owner: "octo", name: "none") { id } }');
  expect(missing.body).toMatchObject({ data: { repository: null }, errors: [{ type: 'NOT_FOUND' }] });
});

test('a thread is opened again and a comment shown again', async () => {
  const { review, graphql, github } = world;
  await review([good]);
  const [comment] = github.state.comments;
  github.people.resolve(comment?.id ?? 0);
  github.people.minimize(comment?.id ?? 0);
  const { body } = await graphql(`mutation {
    unresolveReviewThread(input: { threadId: "PRRT_kw${comment?.id}" }) { thread { isResolved } }
    unminimizeComment(input: { subjectId: "PRRC_kw${comment?.id}" }) { unminimizedComment { isMinimized } }
  }`);
  expect(body.data).toEqual({
    unresolveReviewThread: { thread: { isResolved: false } },
    unminimizeComment: { unminimizedComment: { isMinimized: false } },
  });
  expect(github.writes()).toHaveLength(2);
});

test('a comment on a timeline is minimised only with the right to issues', async () => {
  const { graphql, github, ask } = world;
  const { body } = await ask('POST', '/issues/7/comments', { body: { body: 'Summary' } });
  github.tokens.set('narrow', fineGrainedToken(createPerson(9, 'narrow'), { 'pull-requests': 'write' }));
  const mutation = `mutation { minimizeComment(input: { subjectId: "${body.node_id}", classifier: OUTDATED }) { minimizedComment { isMinimized } } }`;
  expect((await graphql(mutation, {}, 'narrow')).body.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  expect((await graphql(mutation)).body.data.minimizeComment.minimizedComment.isMinimized).toBe(true);
});

test('a locked conversation takes nothing from a bot, an archived repository from nobody', async () => {
  const { ask, review, github } = world;
  github.people.lock();
  expect((await review([good])).body.message).toBe('Unable to create comment because issue is locked.');
  github.people.archive();
  expect((await ask('POST', '/issues/7/comments', { body: { body: 'x' } })).status).toBe(403);
  expect((await ask('GET', '/pulls/7')).body.locked).toBe(true);
});

test('a commit takes a thousand statuses a context', async () => {
  const { ask, github, head } = world;
  const post = () => ask('POST', `/statuses/${head}`, { body: { state: 'pending', context: 'assay' } });
  await post();
  const [status] = github.statuses;
  (github.statuses as unknown[]).push(...Array.from({ length: 998 }, () => status));
  expect((await post()).status).toBe(201);
  expect((await post()).status).toBe(422);
  const long = await ask('POST', `/statuses/${head}`, {
    body: { state: 'pending', description: 'x'.repeat(141) },
  });
  expect(long.status).toBe(422);
});

test('a comment on a deleted line and one on a file follow the change as long as it shows them', async () => {
  const { ask, repository, github, head } = world;
  const post = (body: object) =>
    ask('POST', '/pulls/7/comments', { body: { commit_id: head, body: 'x', ...body } });
  expect((await post({ path: APP, line: 31, side: 'LEFT' })).body).toMatchObject({
    line: 31,
    side: 'LEFT',
    position: 14,
  });
  await post({ path: 'new.js', subject_type: 'file' });
  repository.push((git) => git.write(APP, `// new\n${repository.file(head, APP)}`));
  const now = () => github.state.comments.map(({ line, outdated }) => [line, outdated]);
  expect(now()).toEqual([
    [31, false],
    [null, false],
  ]);
  repository.pushBase((git) => git.write('base.js', 'x\n'));
  expect(now()).toEqual([
    [31, false],
    [null, false],
  ]);
  repository.push((git) =>
    git.remove('new.js').write(APP, numbered(40).replace('line 31\n', 'gone\nline 31\n')),
  );
  expect(now()).toEqual([
    [null, true],
    [null, true],
  ]);
});
