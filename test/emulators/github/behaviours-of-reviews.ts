// Platforms D1–D9, D16 and D26, tried on the emulator.
import { expect } from 'vitest';
import { actionsToken, appToken, fineGrainedToken } from './actors.ts';
import type { GitHubWorld, Reply } from './behaviour-world.ts';
import { BAD_GATEWAY } from './refusals.ts';
import { AUTHOR, REVIEWER } from './state.ts';

type Behaviour = (world: GitHubWorld) => Promise<void>;

const APP = 'src/app.js';
const good = { path: APP, line: 10, side: 'RIGHT', body: 'Look' };

function expectRefused({ status, body }: Reply, reason: string): void {
  expect({ status, body }).toEqual({
    status: 422,
    body: {
      message: 'Unprocessable Entity',
      errors: [reason],
      documentation_url: 'https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request',
      status: '422',
    },
  });
}

async function lineOutside({ review, ask, github }: GitHubWorld): Promise<void> {
  for (const line of [6, 14, 20, 26, 34, 41, 0]) {
    expectRefused(await review([good, { ...good, line }]), 'Line could not be resolved');
  }
  expectRefused(await review([{ ...good, path: 'same.js' }]), 'Path could not be resolved');
  expectRefused(await review([{ path: 'new.js', line: 4, body: 'x' }]), 'Line could not be resolved');
  expect((await ask('GET', '/pulls/7/comments')).body).toEqual([]);
  expect((await ask('GET', '/pulls/7/reviews')).body).toEqual([]);
  const stored = await review([7, 10, 13, 27, 33].map((line) => ({ ...good, line })));
  expect([stored.status, stored.body]).toMatchObject([
    200,
    { state: 'COMMENTED', user: { login: 'github-actions[bot]' } },
  ]);
  expect(github.state.comments.map(({ line, side }) => [line, side])).toEqual(
    [7, 10, 13, 27, 33].map((line) => [line, 'RIGHT']),
  );
  const left = await review([
    { ...good, line: 31, side: 'LEFT' },
    { ...good, line: 40, side: 'LEFT' },
  ]);
  expectRefused(left, 'Line could not be resolved');
}

async function severalBad({ review }: GitHubWorld): Promise<void> {
  const bad = { ...good, line: 20 };
  expectRefused(await review([bad, bad]), 'Line could not be resolved and Line could not be resolved');
  expectRefused(
    await review([bad, { ...good, path: 'none.js' }, good, bad]),
    'Line could not be resolved, Path could not be resolved, and Line could not be resolved',
  );
}

async function olderWords({ another }: GitHubWorld): Promise<void> {
  const { review } = await another({ enterprise: '3.6' });
  expectRefused(
    await review([{ ...good, line: 20 }]),
    "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank",
  );
  const newer = await another({ enterprise: '3.17' });
  expectRefused(await newer.review([{ ...good, line: 20 }]), 'Line could not be resolved');
}

async function twoHunks({ review }: GitHubWorld): Promise<void> {
  const reason = 'Pull request review thread start line must be part of the same hunk as the line.';
  expectRefused(await review([{ ...good, start_line: 12, line: 28, start_side: 'RIGHT' }]), reason);
  const within = await review([{ ...good, start_line: 27, line: 33, start_side: 'RIGHT' }]);
  expect(within.status).toBe(200);
}

async function startNotAbove({ review }: GitHubWorld): Promise<void> {
  const reason = 'Pull request review thread start line must precede the end line.';
  expectRefused(await review([{ ...good, start_line: 10 }]), reason);
  expectRefused(await review([{ ...good, start_line: 12 }]), reason);
}

async function foreignCommit({ review, repository, head }: GitHubWorld): Promise<void> {
  const reason = 'The commitOID is not part of the pull request';
  expectRefused(await review([], { commit_id: repository.baseTip() }), reason);
  expectRefused(await review([], { commit_id: 'e'.repeat(40) }), reason);
  repository.forcePush((git) => git.write('src/app.js', 'other\n'));
  expectRefused(await review([good], { commit_id: head }), reason);
}

async function pendingBlocks({ review, ask, github }: GitHubWorld): Promise<void> {
  const pending = await review([good], { event: undefined });
  expect([pending.status, pending.body.state, 'submitted_at' in pending.body]).toEqual([
    200,
    'PENDING',
    false,
  ]);
  // What is in it is not said yet.
  expect((await ask('GET', '/pulls/7/comments')).body).toEqual([]);
  const reason = 'User can only have one pending review per pull request';
  expectRefused(await review([good]), reason);
  expectRefused(await review([], { event: undefined }), reason);
  github.tokens.set('other', appToken('robot'));
  expect((await ask('GET', '/pulls/7/reviews', { token: 'other' })).body).toEqual([]);
  expect((await ask('GET', '/pulls/7/reviews')).body).toMatchObject([{ state: 'PENDING' }]);
  expect((await ask('DELETE', `/pulls/7/reviews/${pending.body.id}`)).status).toBe(200);
  expect((await review([good])).status).toBe(200);
  // An empty one that a crash left behind is enough.
  github.people.startReview(actionsToken().actor);
  expectRefused(await review([good]), reason);
}

async function verdicts({ review, ask, github, head }: GitHubWorld): Promise<void> {
  expectRefused(
    await review([], { event: 'APPROVE' }),
    'GitHub Actions is not permitted to approve pull requests.',
  );
  github.tokens.set('author', fineGrainedToken(AUTHOR, { 'pull-requests': 'write' }));
  github.tokens.set('reviewer', fineGrainedToken(REVIEWER, { 'pull-requests': 'write' }));
  const judge = (event: string, token: string) =>
    ask('POST', '/pulls/7/reviews', { body: { commit_id: head, event, body: 'x' }, token });
  expectRefused(await judge('APPROVE', 'author'), 'Can not approve your own pull request');
  expectRefused(await judge('REQUEST_CHANGES', 'author'), 'Can not request changes on your own pull request');
  expect((await judge('APPROVE', 'reviewer')).body).toMatchObject({ state: 'APPROVED' });
  expect((await judge('COMMENT', 'author')).status).toBe(200);
}

async function badEvent({ review, github }: GitHubWorld): Promise<void> {
  const reason = 'Variable $event of type PullRequestReviewEvent was provided invalid value';
  expectRefused(await review([], { event: 'COMMENTED' }), reason);
  expectRefused(await review([], { event: null }), reason);
  expect(github.violations.length).toBeGreaterThan(1);
}

async function storedThen502({ review, ask, github }: GitHubWorld): Promise<void> {
  github.faults.add({ method: 'POST', path: /\/reviews$/, kind: 'store_then_status', ...BAD_GATEWAY });
  expect((await review([good])).status).toBe(502);
  expect((await ask('GET', '/pulls/7/comments')).body).toMatchObject([{ body: 'Look', line: 10 }]);
}

async function submittedStays({ review, ask }: GitHubWorld): Promise<void> {
  const { body } = await review([good]);
  const refused = await ask('DELETE', `/pulls/7/reviews/${body.id}`);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    ['Can not delete a non-pending pull request review'],
  ]);
  const changed = await ask('PUT', `/pulls/7/reviews/${body.id}`, { body: { body: 'Another text' } });
  expect([changed.status, changed.body.body]).toEqual([200, 'Another text']);
  const [comment] = (await ask('GET', '/pulls/7/comments')).body;
  expect((await ask('DELETE', `/pulls/comments/${comment.id}`)).status).toBe(204);
  expect((await ask('GET', '/pulls/7/comments')).body).toEqual([]);
}

export const BEHAVIOURS_OF_REVIEWS: Readonly<Record<number, Behaviour>> = {
  1: lineOutside,
  2: severalBad,
  3: olderWords,
  4: twoHunks,
  5: startNotAbove,
  6: foreignCommit,
  7: pendingBlocks,
  8: verdicts,
  9: badEvent,
  16: storedThen502,
  26: submittedStays,
};
