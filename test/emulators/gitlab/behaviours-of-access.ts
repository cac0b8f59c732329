// Platforms D40, D41, D44 and D45, tried on the emulator.
import { expect } from 'vitest';
import type { BehaviourWorld } from './behaviour-world.ts';
import { GITLAB_TOKENS } from './start-gitlab-emulator.ts';

type Behaviour = (world: BehaviourWorld) => Promise<void>;

async function applicationLimit({ gitlab, get, send }: BehaviourWorld): Promise<void> {
  gitlab.switches.applicationLimit = { after: 1, refusals: 2 };
  const statuses: number[] = [];
  for (let at = 0; at < 4; at += 1) statuses.push((await send('POST', 'notes', { body: 'x' })).status);
  expect(statuses).toEqual([201, 429, 429, 201]);
  gitlab.switches.applicationLimit = { after: 0, refusals: 1 };
  expect((await get('notes')).status).toBe(200);
  const limited = await send('POST', 'discussions', { body: 'x' });
  expect(limited.body).toEqual({
    message: { error: 'This endpoint has been requested too many times. Try again later.' },
  });
  expect([...limited.headers.keys()].filter((name) => /rate|retry/.test(name))).toEqual([]);
}

async function rackAttack({ gitlab, get }: BehaviourWorld): Promise<void> {
  gitlab.switches.rackAttack = { after: 1, refusals: 1, retryAfter: 3 };
  expect((await get('')).status).toBe(200);
  const limited = await get('');
  expect([limited.status, limited.text]).toEqual([429, 'Retry later\n']);
  expect(limited.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(limited.headers.get('retry-after')).toBe('3');
  expect(limited.headers.get('ratelimit-remaining')).toBe('0');
  expect((await get('')).status).toBe(200);
}

async function jobToken({ gitlab, get, send }: BehaviourWorld): Promise<void> {
  const { job } = GITLAB_TOKENS;
  for (const path of ['', 'notes', '/projects/42/repository/branches/feature']) {
    expect([path, (await get(path, job)).status]).toEqual([path, 200]);
  }
  const refused = [
    await get('discussions', job),
    await send('POST', 'discussions', { body: 'x' }, job),
    await send('POST', 'notes', { body: 'x' }, job),
    await get('/user', job),
  ];
  for (const { status, body } of refused) {
    expect([status, body]).toEqual([401, { message: '401 Unauthorized' }]);
  }
  expect(gitlab.discussions()).toEqual([]);
  const headers = { 'PRIVATE-TOKEN': job };
  expect((await fetch(`${gitlab.apiUrl}/projects/42`, { headers })).status).toBe(401);
}

async function scopes({ gitlab, get, send }: BehaviourWorld): Promise<void> {
  expect((await get('discussions', GITLAB_TOKENS.readApi)).status).toBe(200);
  const refused = await send('POST', 'notes', { body: 'x' }, GITLAB_TOKENS.readApi);
  expect([refused.status, refused.body]).toMatchObject([403, { error: 'insufficient_scope', scope: 'api' }]);
  const stranger = await get('', GITLAB_TOKENS.stranger);
  expect([stranger.status, stranger.body]).toEqual([404, { message: '404 Project Not Found' }]);
  for (const token of ['', 'glpat-unknown']) {
    expect([
      (await get('', token)).status,
      (await send('POST', 'notes', { body: 'x' }, token)).status,
    ]).toEqual([401, 401]);
  }
  expect((await send('POST', 'notes', { body: 'x' }, GITLAB_TOKENS.guest)).status).toBe(403);
  const headers = { authorization: `Bearer ${GITLAB_TOKENS.bot}` };
  const bearer = await fetch(`${gitlab.apiUrl}/user`, { headers });
  expect(await bearer.json()).toMatchObject({ username: 'project_42_bot_5f3a', bot: true });
  expect((await get('/personal_access_tokens/self', GITLAB_TOKENS.readApi)).body.scopes).toEqual([
    'read_api',
  ]);
}

export const BEHAVIOURS_OF_ACCESS: Readonly<Record<number, Behaviour>> = {
  40: applicationLimit,
  41: rackAttack,
  44: jobToken,
  45: scopes,
};
