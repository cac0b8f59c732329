import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmulatedHost, startEmulatedHost } from './emulated-host.ts';

let host: EmulatedHost;
let stored: unknown[];

beforeEach(async () => {
  stored = [];
  host = await startEmulatedHost((request) => {
    if (request.path === '/broken') throw new Error('a bug of the emulator');
    if (request.method !== 'GET') stored.push(request.body);
    return { status: 200, body: { stored: stored.length } };
  });
});
afterEach(() => host.close());

const post = (body: unknown, path = '/things?a=1'): Promise<Response> =>
  fetch(host.url + path, { method: 'POST', body: JSON.stringify(body) });

test('a request is logged with what was asked and what was answered', async () => {
  await post({ name: 'x' });
  await fetch(`${host.url}/things`);
  expect(host.log).toMatchObject([
    {
      number: 1,
      method: 'POST',
      path: '/things',
      query: { a: '1' },
      body: { name: 'x' },
      isWrite: true,
      status: 200,
    },
    { number: 2, method: 'GET', path: '/things', isWrite: false },
  ]);
  expect(host.writes()).toHaveLength(1);
});

test('forms are read as the fields they hold', async () => {
  const form = new FormData();
  form.set('position[new_line]', '3');
  await fetch(`${host.url}/things`, { method: 'POST', body: form });
  await fetch(`${host.url}/things`, { method: 'POST', body: new URLSearchParams({ body: 'b c' }) });
  expect(stored).toEqual([{ 'position[new_line]': '3' }, { body: 'b c' }]);
});

test('a GraphQL query is a read and a mutation a write', async () => {
  await post({ query: 'query { viewer { login } }' }, '/api/graphql');
  await post({ query: 'mutation M { a } query Q { b }', operationName: 'Q' }, '/graphql');
  await post({ query: 'mutation { a }' }, '/graphql');
  expect(host.log.map(({ isWrite }) => isWrite)).toEqual([false, false, true]);
});

test('a status instead of the deed, and a status after the deed', async () => {
  host.faults.add(
    {
      method: 'POST',
      path: /^\/things$/,
      nth: 2,
      kind: 'status',
      status: 503,
      headers: { 'Retry-After': '1' },
      body: { m: 1 },
    },
    { method: 'POST', text: /third/, kind: 'store_then_status', status: 502, body: '<html>' },
    { path: /never/, kind: 'drop' },
  );
  expect((await post('first')).status).toBe(200);
  const second = await post('second');
  expect([second.status, second.headers.get('retry-after'), await second.json()]).toEqual([
    503,
    '1',
    { m: 1 },
  ]);
  const third = await post('third');
  expect([third.status, await third.text()]).toEqual([502, '<html>']);
  expect(stored).toEqual(['first', 'third']);
  expect([host.faults.count(), host.faults.left()]).toEqual([2, 1]);
  expect(host.log.map(({ status, carriedOut }) => [status, carriedOut])).toEqual([
    [200, true],
    [503, false],
    [502, true],
  ]);
});

test('a connection is reset before the deed, or after it', async () => {
  host.faults.add({ kind: 'drop' }, { kind: 'store_then_drop', nth: 2 });
  await expect(post('first')).rejects.toThrow();
  await expect(post('second')).rejects.toThrow();
  expect(stored).toEqual(['second']);
  expect(host.log.map(({ status }) => status)).toEqual([null, null]);
});

test('an answer comes late, always', async () => {
  host.faults.add({ kind: 'delay', milliseconds: 5, nth: 'always' });
  await post('a');
  await post('b');
  expect([stored.length, host.faults.count()]).toEqual([2, 2]);
});

test('a test may act before the nth request, after it, and cut the connection', async () => {
  const seen: string[] = [];
  host.onRequest(1, (request) => void seen.push(`before ${request.number}: ${stored.length}`) as undefined);
  host.onRequest(1, () => void seen.push(`after: ${stored.length}`) as undefined, 'after');
  host.onRequest(2, () => 'drop');
  host.onRequest(3, () => 'drop', 'after');
  await post('one');
  await expect(post('two')).rejects.toThrow();
  await expect(post('three')).rejects.toThrow();
  expect(seen).toEqual(['before 1: 0', 'after: 1']);
  expect(stored).toEqual(['one', 'three']);
});

test('a bug of an emulator is told to the test', async () => {
  const answer = await fetch(`${host.url}/broken`);
  expect([answer.status, await answer.text()]).toEqual([
    500,
    expect.stringContaining('a bug of the emulator'),
  ]);
});
