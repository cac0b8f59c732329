import { describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import { json, NOW, stubClient, TOKEN } from './stub-client.ts';

const fine = () => json(200, { ok: true });
const limited =
  (headers: Record<string, string>, status = 403) =>
  () =>
    json(status, { message: 'API rate limit exceeded' }, headers);
const reset = () => {
  throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
};
const QUERY = 'query Q { viewer { login } }';
const MUTATION = 'mutation M { x }';

describe('a read', () => {
  it.each([500, 502, 503, 504])('is sent again after status %i, with growing pauses', async (status) => {
    const { client, pauses } = stubClient([() => json(status, {}), () => json(status, {}), fine]);
    expect((await client.read('GET /x', {})).data).toEqual({ ok: true });
    expect(pauses).toEqual([1000, 2000]);
    expect(client.requests()).toEqual({ reads: 3, writes: 0 });
  });

  it('is sent again after a reset connection and after a timeout, three times and no more', async () => {
    const timeout = () => {
      throw new DOMException('The operation timed out', 'TimeoutError');
    };
    const { client, pauses } = stubClient([reset, timeout, reset, timeout, fine]);
    await expect(client.read('GET /x', {})).rejects.toThrow();
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  it.each([400, 401, 404, 410, 422, 501])('is not sent again after status %i', async (status) => {
    const { client, sent } = stubClient([() => json(status, { message: 'no' }), fine]);
    await expect(client.read('GET /x', {})).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  it('is also a query, and a mutation is none', async () => {
    const query = stubClient([() => json(502, {}), () => json(200, { data: 1 })]);
    expect(await query.client.query(QUERY, {})).toEqual({ data: 1, errors: [] });
    expect(query.client.requests()).toEqual({ reads: 2, writes: 0 });
    const mutation = stubClient([() => json(502, {}), () => json(200, { data: 1 })]);
    await expect(mutation.client.mutate(MUTATION, {})).rejects.toThrow();
    expect(mutation.client.requests()).toEqual({ reads: 0, writes: 1 });
  });

  it('is not sent again when the run was interrupted, and that is no failure of the host', async () => {
    const interrupted = () => {
      throw new DOMException('This operation was aborted', 'AbortError');
    };
    const { client, sent } = stubClient([interrupted, fine]);
    const error: unknown = await client.read('GET /x', {}).catch((thrown: unknown) => thrown);
    expect(client.failureOf(error)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it('is not sent again when the address is refused, and the sentence reaches the reader', async () => {
    const refused = () => {
      throw new AssayError('configuration', 'The address is http, not https.', { hint: 'Use https.' });
    };
    const { client, sent } = stubClient([refused, fine]);
    const error: unknown = await client.read('GET /x', {}).catch((thrown: unknown) => thrown);
    expect(client.failureOf(error)?.ours).toEqual({
      message: 'The address is http, not https.',
      hint: 'Use https.',
    });
    expect(sent).toHaveLength(1);
  });
});

describe('a write', () => {
  it.each([500, 502, 503, 504])('is never sent again after status %i: it may be stored', async (status) => {
    const { client, sent } = stubClient([() => json(status, {}), fine]);
    await expect(client.write('POST /x', {})).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  it('is never sent again after a reset connection', async () => {
    const { client, sent } = stubClient([reset, fine]);
    await expect(client.write('PATCH /x', {})).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('a limit', () => {
  it('is waited for as long as it says', async () => {
    const { client, pauses } = stubClient([
      limited({ 'retry-after': '7' }),
      limited({ 'retry-after': '3' }, 429),
      fine,
    ]);
    await client.write('POST /x', {});
    expect(pauses).toEqual([7000, 3000]);
    expect(client.requests().writes).toBe(3);
  });

  it('is waited for until the hour is over when nothing remains', async () => {
    const at = String(NOW / 1000 + 30);
    const { client, pauses } = stubClient([
      limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at }),
      fine,
    ]);
    await client.read('GET /x', {});
    expect(pauses).toEqual([31_000]);
  });

  it('that says no time is waited for a minute, and then longer', async () => {
    const { client, pauses } = stubClient([limited({}), limited({}), fine]);
    await client.read('GET /x', {});
    expect(pauses).toEqual([60_000, 120_000]);
  });

  it('that is longer than the patience of a run is not waited for, and the patience is that of all requests together', async () => {
    const first = stubClient([limited({ 'retry-after': '301' }), fine]);
    await expect(first.client.read('GET /x', {})).rejects.toThrow();
    expect(first.pauses).toEqual([]);
    const second = stubClient([
      limited({ 'retry-after': '200' }),
      fine,
      limited({ 'retry-after': '200' }),
      fine,
    ]);
    await second.client.read('GET /x', {});
    await expect(second.client.write('POST /x', {})).rejects.toThrow();
    expect(second.pauses).toEqual([200_000]);
  });

  it('may come as status 422 with "abuse", or inside a GraphQL answer', async () => {
    const abuse = () =>
      json(422, { message: 'Validation Failed', errors: [{ resource: 'X', code: 'abuse', field: 'base' }] });
    const spam = stubClient([abuse, fine]);
    await spam.client.write('POST /x', {});
    expect(spam.pauses).toEqual([60_000]);
    const query = stubClient([
      () => json(200, { errors: [{ type: 'RATE_LIMITED', message: 'x' }] }, { 'retry-after': '2' }),
      () => json(200, { data: 1 }),
    ]);
    expect(await query.client.query(QUERY, {})).toMatchObject({ data: 1 });
    expect(query.pauses).toEqual([2000]);
  });

  it('is none when a permission is missing', async () => {
    const { client, sent } = stubClient([
      () =>
        json(403, { message: 'Resource not accessible by integration' }, { 'x-ratelimit-remaining': '4000' }),
      fine,
    ]);
    await expect(client.write('POST /x', {})).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });
});

describe('what is sent', () => {
  it('names itself, the token, and the version of the interface', async () => {
    const { client, sent } = stubClient([fine]);
    await client.read('GET /repos/{owner}/x', { owner: 'a/../b' });
    expect(sent[0]?.url).toBe('https://api.github.test/repos/a%2F..%2Fb/x');
    expect(sent[0]?.headers.get('x-github-api-version')).toBe('2022-11-28');
    expect(sent[0]?.headers.get('authorization')).toBe(`token ${TOKEN}`);
    expect(sent[0]?.headers.get('user-agent')).toContain('assay');
  });

  it.each([
    ['https://api.github.test', null, 'https://api.github.test/graphql'],
    ['https://ghes.test/api/v3/', null, 'https://ghes.test/api/graphql'],
    ['https://ghes.test/api/v3', 'https://ghes.test/other', 'https://ghes.test/other'],
  ])('goes for %s and %s to %s', async (apiUrl, graphqlUrl, expected) => {
    const { client, sent } = stubClient([() => json(200, { data: null })], { apiUrl, graphqlUrl });
    await client.query(QUERY, { a: 1 });
    expect(sent[0]?.url).toBe(expected);
    expect(sent[0]?.body).toEqual({ query: QUERY, variables: { a: 1 } });
  });

  it('follows no address out of an answer: pages are counted', async () => {
    const link = { link: '<https://evil.test/repositories/1/x?page=2>; rel="next"' };
    const { client, sent } = stubClient([
      () => json(200, [1], link),
      () => json(200, [2], link),
      () => json(200, [3]),
    ]);
    const pages: unknown[] = [];
    for await (const page of client.pages('GET /x', {})) pages.push(page);
    expect(pages).toEqual([[1], [2], [3]]);
    expect(sent.map(({ url }) => url)).toEqual(
      [1, 2, 3].map((page) => `https://api.github.test/x?per_page=100&page=${page}`),
    );
  });

  it('does not follow a list that never ends, and does not take its beginning for the whole', async () => {
    const { client, sent } = stubClient([() => json(200, [], { link: '<x>; rel="next"' })]);
    await expect(async () => {
      for await (const page of client.pages('GET /x', {})) expect(page).toEqual([]);
    }).rejects.toThrow('more than 200 pages');
    expect(sent).toHaveLength(200);
  });
});
