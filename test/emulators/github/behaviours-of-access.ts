// Platforms D14, D15, D17–D19, D28, D29 and D32, tried on the emulator.
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { actionsToken, classicToken, fineGrainedToken } from './actors.ts';
import type { GitHubWorld } from './behaviour-world.ts';
import { SERVER_ERROR } from './refusals.ts';
import { REVIEWER } from './state.ts';

type Behaviour = (world: GitHubWorld) => Promise<void>;

const issueComment = { body: { body: 'Summary' } };

async function secondaryLimit({ ask, github }: GitHubWorld): Promise<void> {
  github.throttle.secondary({ status: 403, retryAfter: 1 });
  github.throttle.secondary({ status: 429 });
  const answers = [];
  for (let at = 0; at < 3; at += 1) answers.push(await ask('POST', '/issues/7/comments', issueComment));
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [403, '1'],
    [429, null],
    [201, null],
  ]);
  expect(answers[0]?.body.message).toBe(
    'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
  );
  expect(github.state.issueComments).toHaveLength(1);
}

async function primaryLimit({ ask, graphql, github }: GitHubWorld): Promise<void> {
  github.throttle.primary(1, { reset: 1_800_000_000, status: 429 });
  const last = await ask('GET', '/pulls/7');
  expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '0']);
  const refused = await ask('GET', '/pulls/7');
  expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
  expect(refused.headers.get('x-ratelimit-reset')).toBe('1800000000');
  expect(refused.body.message).toMatch(/^API rate limit exceeded/);
  expect((await graphql('{ viewer { login } }')).body.errors).toMatchObject([{ type: 'RATE_LIMITED' }]);
  github.throttle.lift();
  expect((await ask('GET', '/pulls/7')).status).toBe(200);
}

async function missingRight({ ask, review, github, head }: GitHubWorld): Promise<void> {
  github.tokens.set('reader', actionsToken({ contents: 'read', 'pull-requests': 'read', checks: 'read' }));
  const refused = await ask('POST', '/issues/7/comments', { ...issueComment, token: 'reader' });
  expect([
    refused.status,
    refused.body.message,
    refused.headers.get('x-accepted-github-permissions'),
  ]).toEqual([403, 'Resource not accessible by integration', 'issues=write; pull_requests=write']);
  const body = { commit_id: head, event: 'COMMENT', body: 'x' };
  const denied = await ask('POST', '/pulls/7/reviews', { body, token: 'reader' });
  expect([denied.status, denied.headers.get('x-accepted-github-permissions')]).toEqual([
    403,
    'pull_requests=write',
  ]);
  expect((await ask('GET', '/pulls/7', { token: 'reader' })).status).toBe(200);
  expect((await review([])).headers.get('x-accepted-github-permissions')).toBe('pull_requests=write');
  // Who the bot is cannot be asked by REST.
  expect((await ask('GET', '//user')).body.message).toBe('Resource not accessible by integration');
  github.tokens.set('mine', fineGrainedToken(REVIEWER, { 'pull-requests': 'read' }));
  expect((await ask('GET', '//user', { token: 'mine' })).body.login).toBe('mona');
  const own = await ask('POST', '/issues/7/comments', { ...issueComment, token: 'mine' });
  expect(own.body.message).toBe('Resource not accessible by personal access token');
  github.tokens.set('classic', classicToken(REVIEWER, ['repo', 'read:org']));
  const run = await ask('POST', '/check-runs', { body: { name: 'x', head_sha: head }, token: 'classic' });
  expect([run.status, run.body.message]).toEqual([403, 'You must authenticate via a GitHub App.']);
  expect(run.headers.get('x-oauth-scopes')).toBe('repo, read:org');
}

async function notFoundAtAll({ ask, github, another }: GitHubWorld): Promise<void> {
  github.tokens.set('stranger', classicToken(REVIEWER, []));
  const answers = [
    await ask('GET', '/pulls/7', { token: 'stranger' }),
    await ask('GET', '/pulls/7', { token: null }),
    await ask('GET', '/pulls/7/'),
    await ask('GET', '/pulls/8'),
    await ask('GET', '/commits/feature/x/check-runs'),
    await ask('GET', '//repos/octo/other/pulls/7'),
    await ask('POST', '/issues/8/comments', issueComment),
  ];
  for (const { status, body } of answers) expect([status, body.message]).toEqual([404, 'Not Found']);
  expect((await ask('GET', '/pulls/7', { token: 'unknown' })).body.message).toBe('Bad credentials');
  const open = await another({ private: false });
  expect((await open.ask('GET', '/pulls/7', { token: null })).status).toBe(200);
  expect((await open.ask('POST', '/issues/7/comments', { ...issueComment, token: null })).status).toBe(401);
}

async function malformed({ ask, another }: GitHubWorld): Promise<void> {
  const post = async (body: string, headers = {}) => {
    const answer = await ask('POST', '/issues/7/comments', { body, headers });
    return [answer.status, answer.body.message];
  };
  expect(await post('{"body": ')).toEqual([400, 'Problems parsing JSON']);
  expect(await post('[1]')).toEqual([400, 'Body should be a JSON object']);
  expect(await post('"text"')).toEqual([400, 'Body should be a JSON object']);
  expect((await post('{"body":"x"}', { 'x-github-api-version': '2020-01-01' }))[0]).toBe(400);
  expect((await post('{"body":"x"}', { 'x-github-api-version': '2022-11-28' }))[0]).toBe(201);
  const anonymous = await ask('GET', '/pulls/7', { headers: { 'user-agent': '' } });
  expect([anonymous.status, anonymous.text]).toEqual([403, expect.stringContaining('User-Agent')]);
  const enterprise = await another({ enterprise: '3.17' });
  expect(enterprise.github.apiUrl).toMatch(/\/api\/v3$/);
  const pull = await enterprise.ask('GET', '/pulls/7');
  expect([pull.status, pull.body.url]).toEqual([200, `${enterprise.github.apiUrl}/repos/octo/shop/pulls/7`]);
  expect(pull.headers.get('x-ratelimit-remaining')).toBeNull();
}

const sarif = (results: number) => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'Tool' } },
      results: Array.from({ length: results }, (_, at) => ({
        ruleId: 'rule',
        message: { text: 'm' },
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { startLine: at + 1 } } },
        ],
      })),
    },
  ],
});
const pack = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');

async function scanning({ ask, github, head }: GitHubWorld): Promise<void> {
  const upload = (text: string, more = {}) =>
    ask('POST', '/code-scanning/sarifs', {
      body: { commit_sha: head, ref: 'refs/pull/7/head', sarif: text, ...more },
    });
  const taken = await upload(pack(sarif(2)));
  expect(taken.status).toBe(202);
  const poll = async (id: string) => (await ask('GET', `/code-scanning/sarifs/${id}`)).body;
  expect(await poll(taken.body.id)).toEqual({ processing_status: 'pending' });
  expect(await poll(taken.body.id)).toMatchObject({ processing_status: 'complete' });
  await poll(taken.body.id);
  const open = await ask('GET', '/code-scanning/alerts?ref=refs/pull/7/head&state=open&tool_name=Tool');
  expect(open.body).toMatchObject([{ number: 2 }, { number: 1, rule: { id: 'rule' } }]);
  const many = await upload(pack(sarif(25_001)));
  await poll(many.body.id);
  expect(await poll(many.body.id)).toMatchObject({
    processing_status: 'failed',
    errors: [expect.stringContaining('25001 > 25000')],
  });
  expect((await upload(Buffer.from('{}').toString('base64'))).status).toBe(400);
  expect((await upload(pack(sarif(1)), { ref: 'main' })).status).toBe(400);
  expect((await upload(Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64'))).status).toBe(413);
  github.scanning.enabled = false;
  expect((await upload(pack(sarif(1)))).status).toBe(403);
  github.scanning.enabled = true;
  github.people.archive();
  expect((await upload(pack(sarif(1)))).body.message).toBe('Repository was archived so is read-only.');
}

async function alerts({ ask, github }: GitHubWorld): Promise<void> {
  const { number } = github.scanning.addAlert({ tool: 'Tool', ruleId: 'rule', path: 'a.js', startLine: 3 });
  const patch = (body: object) => ask('PATCH', `/code-scanning/alerts/${number}`, { body });
  expect((await patch({ state: 'dismissed' })).status).toBe(400);
  expect((await patch({ state: 'dismissed', dismissed_reason: 'because' })).status).toBe(400);
  const long = { state: 'dismissed', dismissed_reason: 'false positive', dismissed_comment: 'x'.repeat(281) };
  expect((await patch(long)).status).toBe(400);
  expect((await ask('GET', `/code-scanning/alerts/${number}`)).body.state).toBe('open');
  const dismissed = await patch({ ...long, dismissed_comment: 'x'.repeat(280) });
  expect([dismissed.status, dismissed.body]).toMatchObject([
    200,
    {
      state: 'dismissed',
      dismissed_reason: 'false positive',
      dismissed_by: { login: 'github-actions[bot]' },
    },
  ]);
  github.scanning.enabled = false;
  expect((await patch({ state: 'open' })).status).toBe(403);
}

async function serverError({ ask, github }: GitHubWorld): Promise<void> {
  github.faults.add({ method: 'GET', kind: 'status', ...SERVER_ERROR });
  const slow = await ask('GET', '/pulls/7');
  expect([slow.status, slow.body]).toEqual([502, { message: 'Server Error' }]);
  expect((await ask('GET', '/pulls/7')).status).toBe(200);
}

export const BEHAVIOURS_OF_ACCESS: Readonly<Record<number, Behaviour>> = {
  14: secondaryLimit,
  15: primaryLimit,
  17: missingRight,
  18: notFoundAtAll,
  19: malformed,
  28: scanning,
  29: alerts,
  32: serverError,
};
