import { describe, expect, it } from 'vitest';
import { createGitLabClient } from '#adapters/gitlab/gitlab-client.ts';
import { GitLabFault } from '#adapters/gitlab/gitlab-fault.ts';
import { listPages } from '#adapters/gitlab/list-pages.ts';
import { AssayError } from '#domain/errors.ts';
import { clientOf, json, scriptedHost, TOKEN } from './scripted-host.ts';

const NOTE = { id: 5, body: 'x' };

async function faultOf(request: Promise<unknown>): Promise<GitLabFault> {
  const fault = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof GitLabFault))
    throw new Error('The request did not end in a fault.', { cause: fault });
  return fault;
}

const postNote = (client: ReturnType<typeof clientOf>['client']) =>
  client.api.MergeRequestNotes.create(42, 7, 'x');

describe('requests to GitLab', () => {
  it('go to the API’s address with the token in one header, and follow no redirect', async () => {
    const seen: RequestInit[] = [];
    const host = scriptedHost([json(200, { id: 1 })]);
    const { client } = clientOf(((url: URL, init: RequestInit) => {
      seen.push(init);
      return host.fetch(url, init);
    }) as typeof fetch);
    await client.api.MergeRequests.show('group/sub/project', 7);
    expect(host.asked[0]?.url.href).toBe(
      'https://gitlab.example.com/api/v4/projects/group%2Fsub%2Fproject/merge_requests/7',
    );
    expect(host.asked[0]?.headers.get('private-token')).toBe(TOKEN);
    expect(seen[0]?.redirect).toBe('error');
  });

  it('reach an instance that lives below a path', async () => {
    const host = scriptedHost([json(200, { id: 1 }), json(200, []), json(201, NOTE)]);
    const { client } = clientOf(host.fetch, { apiUrl: 'https://host.example/gitlab/api/v4/' });
    await client.api.Users.showCurrentUser();
    await client.api.MergeRequestDiscussions.all(42, 7);
    await postNote(client);
    expect(host.asked.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'GET /gitlab/api/v4/user',
      'GET /gitlab/api/v4/projects/42/merge_requests/7/discussions',
      'POST /gitlab/api/v4/projects/42/merge_requests/7/notes',
    ]);
  });

  it('are counted, each try of them', async () => {
    const host = scriptedHost([json(502, {}), json(200, { id: 1 }), json(201, NOTE)]);
    const { client } = clientOf(host.fetch);
    await client.api.Users.showCurrentUser();
    await postNote(client);
    expect(client.requests()).toEqual({ reads: 2, writes: 1 });
  });

  it('keep JSON as JSON and line feeds as line feeds', async () => {
    const host = scriptedHost([json(201, NOTE)]);
    await clientOf(host.fetch).client.api.MergeRequestNotes.create(42, 7, 'a\r\nb\nc');
    expect(host.asked[0]?.body).toEqual({ body: 'a\r\nb\nc' });
    expect(host.asked[0]?.headers.get('content-type')).toBe('application/json');
  });
});

describe('a read that fails', () => {
  it.each([500, 502, 503, 504])('with %i is sent again three times, each wait longer', async (status) => {
    const host = scriptedHost([json(status, {})], true);
    const { client, waits } = clientOf(host.fetch);
    const fault = await faultOf(client.api.Users.showCurrentUser());
    expect(fault).toMatchObject({ kind: 'lost', status });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(host.asked).toHaveLength(4);
  });

  it('by a broken connection is sent again', async () => {
    const reset = new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    const host = scriptedHost([reset, json(200, { id: 3 })]);
    const { client } = clientOf(host.fetch);
    expect(await client.api.Users.showCurrentUser()).toEqual({ id: 3 });
  });

  it('by a refusal of our own, such as of a forbidden address, is not', async () => {
    const host = scriptedHost(
      [new AssayError('configuration', 'No such address.', { hint: 'Set another.' })],
      true,
    );
    const fault = await faultOf(clientOf(host.fetch).client.api.Users.showCurrentUser());
    expect(fault).toMatchObject({ kind: 'lost', said: 'No such address.', hint: 'Set another.' });
    expect(host.asked).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 422])('with %i is final', async (status) => {
    const host = scriptedHost([json(status, { message: 'no' })], true);
    const fault = await faultOf(clientOf(host.fetch).client.api.Users.showCurrentUser());
    expect(fault).toMatchObject({ kind: 'refused', status, said: 'no' });
    expect(host.asked).toHaveLength(1);
  });

  it('because the run was interrupted ends the run as it is', async () => {
    for (const stop of [new AssayError('interrupted', 'Stopped.'), new DOMException('stop', 'AbortError')]) {
      const host = scriptedHost([stop], true);
      await expect(clientOf(host.fetch).client.api.Users.showCurrentUser()).rejects.toBe(stop);
      expect(host.asked).toHaveLength(1);
    }
  });

  it('by a time limit is sent again', async () => {
    const host = scriptedHost([new DOMException('too slow', 'TimeoutError'), json(200, { id: 3 })]);
    expect(await clientOf(host.fetch).client.api.Users.showCurrentUser()).toEqual({ id: 3 });
  });
});

describe('a write whose answer is lost', () => {
  it.each([500, 502, 503, 504])('with %i is never sent again by the client', async (status) => {
    const host = scriptedHost([json(status, {})], true);
    const { client, waits } = clientOf(host.fetch);
    expect(await faultOf(postNote(client))).toMatchObject({ kind: 'lost', status });
    expect(host.asked).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('by a reset or a cut body is not either', async () => {
    const cut = new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) }), {
      headers: { 'content-type': 'application/json' },
    });
    for (const answer of [new TypeError('fetch failed'), () => cut, new Response('{"id": ', json(201, {}))]) {
      const host = scriptedHost([answer]);
      expect((await faultOf(postNote(clientOf(host.fetch).client))).kind).toBe('lost');
      expect(host.asked).toHaveLength(1);
    }
  });
});

describe('a rate limit', () => {
  const rackAttack = (retryAfter: string) =>
    new Response('Retry later\n', {
      status: 429,
      headers: { 'content-type': 'text/plain', 'retry-after': retryAfter },
    });
  const application = () =>
    json(429, { message: { error: 'This endpoint has been requested too many times. Try again later.' } });

  it('that names a time is waited for, also by a write, which was not carried out', async () => {
    const host = scriptedHost([rackAttack('17'), json(201, NOTE)]);
    const { client, waits } = clientOf(host.fetch);
    expect(await postNote(client)).toEqual(NOTE);
    expect(waits).toEqual([17_000]);
  });

  it('may name a date, or the end of its window', async () => {
    const window = new Response('Retry later', { status: 429, headers: { 'ratelimit-reset': '1767225630' } });
    const host = scriptedHost([rackAttack('Thu, 01 Jan 2026 00:00:20 GMT'), window, json(201, NOTE)]);
    const { client, waits } = clientOf(host.fetch);
    await postNote(client);
    expect(waits).toEqual([20_000, 30_000]);
  });

  it('that names none is waited for by the minute, longer each time', async () => {
    const host = scriptedHost([application(), application(), json(201, NOTE)]);
    const { client, waits } = clientOf(host.fetch);
    await postNote(client);
    expect(waits).toEqual([60_000, 120_000]);
  });

  it('is given up on after five minutes of all waits of the run together', async () => {
    const host = scriptedHost([rackAttack('100')], true);
    const { client, waits } = clientOf(host.fetch);
    expect(await faultOf(postNote(client))).toMatchObject({ kind: 'held_off', status: 429 });
    expect(await faultOf(client.api.Users.showCurrentUser())).toMatchObject({ kind: 'held_off' });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(300_000);
  });

  it('of gitbeaker’s own, 300 notes a minute, holds nothing back', async () => {
    const host = scriptedHost([json(201, NOTE)], true);
    const { client, waits } = clientOf(host.fetch);
    for (let index = 0; index < 700; index += 1) await postNote(client);
    expect(client.requests().writes).toBe(700);
    expect(waits).toEqual([]);
  });
});

describe('a list in pages', () => {
  it('goes on as the headers say, past short and empty pages', async () => {
    const next = (page: number) => ({
      link: `<https://evil.example/steal?per_page=100&page=${page}>; rel="next"`,
    });
    const host = scriptedHost([
      json(200, [1], next(2)),
      json(200, [], next(3)),
      json(200, [2, 3], { 'x-next-page': '4' }),
      json(200, [4], { 'x-next-page': '' }),
    ]);
    expect(await listPages(clientOf(host.fetch).client, 'projects/42/things')).toEqual([1, 2, 3, 4]);
    expect(host.asked.map(({ url }) => `${url.host}${url.pathname} ${url.searchParams.get('page')}`)).toEqual(
      [
        'gitlab.example.com/api/v4/projects/42/things null',
        'gitlab.example.com/api/v4/projects/42/things 2',
        'gitlab.example.com/api/v4/projects/42/things 3',
        'gitlab.example.com/api/v4/projects/42/things 4',
      ],
    );
  });

  it('ends in a fault when it never ends', async () => {
    const host = scriptedHost([json(200, [], { 'x-next-page': '2' })], true);
    expect((await faultOf(listPages(clientOf(host.fetch).client, 'x'))).kind).toBe('lost');
  });
});

describe('a token', () => {
  const open = (token: string, jobToken: string | null = null) =>
    createGitLabClient({
      token,
      jobToken,
      apiUrl: 'https://gitlab.example.com/api/v4',
      fetch: scriptedHost([]).fetch,
      sleep: async () => undefined,
      now: () => 0,
      log: { debug() {}, info() {}, warn() {}, error() {}, progress: () => ({ update() {}, finish() {} }) },
    });

  it.each([
    ['the job token by its prefix', 'glcbt-64_abc', null],
    ['the job token by its value', 'abcdef', 'abcdef'],
    ['empty', '', null],
    ['two lines long', `${TOKEN}\n`, null],
  ])('that is %s is refused before anything is asked, and never quoted', (_, token, jobToken) => {
    const opened = open(token, jobToken);
    expect(opened).toMatchObject({ problem: { code: 'permission' } });
    expect(JSON.stringify(opened)).toContain('ASSAY_GITLAB_TOKEN: $NAME_OF_THE_VARIABLE');
    if (token !== '') expect(JSON.stringify(opened)).not.toContain(token.trim());
  });

  it('that the host repeats in an error is taken out', async () => {
    const host = scriptedHost([json(401, { message: `bad token ${TOKEN}` })]);
    const fault = await faultOf(clientOf(host.fetch).client.api.Users.showCurrentUser());
    expect(JSON.stringify([fault.said, fault.message, fault.hint])).not.toContain(TOKEN);
  });
});

it.each([
  'https://gitlab.example.com',
  'ftp://x/api/v4',
  'https://a:b@gitlab.example.com/api/v4',
  'nonsense',
])('an address that is none of a GitLab API is a fault of the configuration: %s', (apiUrl) => {
  expect(() => clientOf(scriptedHost([]).fetch, { apiUrl })).toThrow(AssayError);
});
