// Rows 26, 28, 29, 30: a host that lies, never ends or points elsewhere gets no token, no memory without end, and no word in the log that a runner obeys.
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { type LoopbackServer, startLoopbackServer } from '../adapters/http/loopback-server.ts';
import { type PublishedRun, publishChange, readOut, sarifOf } from '../e2e/reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from '../e2e/reviewing-host.ts';
import type { Fault } from '../emulators/faults.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function aHost(name: ReviewingHost['name']): Promise<ReviewingHost> {
  const repository = createReviewRepository(
    (git) => void git.write('src/a.js', 'const a = 1;\n'),
    (git) => void git.write('src/a.js', 'const a = 1;\na.run(process.argv[2]);\n'),
  );
  const host = await startReviewingHost(name, repository);
  open.push(host);
  return host;
}

async function elsewhere(): Promise<LoopbackServer> {
  const server = await startLoopbackServer((_, response) => void response.end('[]'));
  open.push(server);
  return server;
}

const run = (host: ReviewingHost): Promise<PublishedRun> =>
  publishChange({
    repository: host.repository,
    report: sarifOf([{ path: 'src/a.js', line: 2 }]),
    variables: host.variables(),
  });

const play = (host: ReviewingHost, ...faults: readonly Fault[]) =>
  (host.github?.faults ?? host.gitlab?.faults)?.add(...faults);

const LIST = { github: /\/issues\/7\/comments$/, gitlab: /\/discussions$/ } as const;
const COMMANDS =
  '::set-env name=A::b\n::error::x\n##vso[task.setvariable variable=a]b\n##[command]\r::stop-commands::x\n\u001b]8;;https://evil.example\u0007x\u001b[2J section_start:1:a\r\u001b[0K @all ![x](https://evil.example/i.png)';

function expectQuiet({ log, ...one }: PublishedRun): void {
  for (const line of log.split(/\r\n|\r|\n/)) expect(line).not.toMatch(/^\s*(?:::|##)/);
  expect(log).not.toMatch(/\u001b|\u0007|\r/);
  expect(readOut({ log, ...one }, 'summary.md')).not.toContain('evil.example');
}

describe.each(HOSTS)('%s', (name) => {
  const list = (answer: Pick<Extract<Fault, { status: number }>, 'status' | 'body' | 'headers'>): Fault => ({
    kind: 'status',
    method: 'GET',
    path: LIST[name],
    nth: 'always',
    ...answer,
  });

  it('may point to another host for the next page: nobody goes there', async () => {
    const host = await aHost(name);
    const other = await elsewhere();
    play(host, {
      ...list({ status: 200, body: [], headers: { link: `<${other.origin}/api/v4/x?page=2>; rel="next"` } }),
      nth: 1,
    });
    const { record } = await run(host);
    expect(record?.mode).toBe('posted');
    expect(other.seen).toEqual([]);
  });

  it('may have pages without end: the run ends, and says so instead of posting a second time', async () => {
    const host = await aHost(name);
    const headers = { link: '<https://x.example/?page=2>; rel="next"', 'x-next-page': '2' };
    play(host, list({ status: 200, body: [], headers }));
    const { record } = await run(host);
    expect(record).toMatchObject({ mode: 'failed', problems: [{ code: 'unreachable' }] });
    expect(host.writes().filter((one) => /comments|reviews|discussions|notes/.test(one))).toEqual([]);
  }, 60_000);

  it.each([301, 302, 307, 308])('may redirect with %i: the token does not follow', async (status) => {
    const host = await aHost(name);
    const other = await elsewhere();
    play(host, list({ status, headers: { location: `${other.origin}/x` } }));
    const { record } = await run(host);
    expect(other.seen).toEqual([]);
    expect(record?.mode).toBe('failed');
    expect(JSON.stringify(record?.problems)).toContain('redirect');
  });

  it.each([
    ['no list', { a: 1 }],
    ['null', null],
    ['a page of HTML', '<html><script>x</script></html>'],
    ['numbers as texts', [{ id: '1', notes: 'x', body: 5, user: '9' }]],
    ['keys of all objects', '[{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}}]'],
    ['entries that are none', [null, 1, 'x', []]],
    ['very deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a body cut short', '[{"id": 1, "notes": ['],
  ])('may answer with %s: a clear problem, and nothing posted', async (_what, body) => {
    const host = await aHost(name);
    play(host, list({ status: 200, body, headers: { 'content-type': 'application/json' } }));
    const one = await run(host);
    expect(one.record?.mode).toBe('failed');
    expect(one.record?.problems[0]?.text).not.toMatch(
      /undefined|TypeError|call stack|not iterable|Cannot read/,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expectQuiet(one);
  });

  it.each([400, 401, 403, 404, 422, 429, 451])('may say with %i what a runner would obey', async (status) => {
    const host = await aHost(name);
    const body = {
      message: COMMANDS,
      error: COMMANDS,
      errors: [COMMANDS, { message: COMMANDS }],
      documentation_url: COMMANDS,
    };
    const headers = {
      'retry-after': '99999',
      'x-accepted-github-permissions': COMMANDS.replace(/[^ -~]/g, ' '),
    };
    play(host, { kind: 'status', method: 'POST', nth: 'always', status, body, headers });
    expectQuiet(await run(host));
    play(host, list({ status, body, headers }));
    expectQuiet(await run(host));
  });

  it('may say it in words that stack up without end', async () => {
    const host = await aHost(name);
    const deep = `{"message":"x","errors":[${'['.repeat(30_000)}${']'.repeat(30_000)}]}`;
    play(host, list({ status: 422, body: deep, headers: { 'content-type': 'application/json' } }));
    const { record } = await run(host);
    expect(record?.mode).toBe('failed');
    expect(record?.problems[0]?.text).not.toMatch(/call stack/);
  });
});

it('a GraphQL error is not told as a command', async () => {
  const host = await aHost('github');
  play(host, {
    ...{ kind: 'status', status: 200, method: 'POST', path: /graphql$/, nth: 'always' },
    body: { data: null, errors: [{ type: COMMANDS, message: COMMANDS }] },
  });
  expectQuiet(await run(host));
});

describe('an answer that unpacks to more than is read', () => {
  it('is cut where the limit is', async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20));
    const server = await startLoopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb);
    });
    open.push(server);
    const bounded = createBoundedFetch({ signal: new AbortController().signal, maxBodyBytes: 1 << 20 });
    const response = await bounded(`${server.origin}/`);
    await expect(response.text()).rejects.toThrow(/larger than/);
  });

  it('counts together with the others of a run', async () => {
    const server = await startLoopbackServer((_, response) => void response.end('x'.repeat(1000)));
    open.push(server);
    const bounded = createBoundedFetch({ signal: new AbortController().signal, maxTotalBytes: 3500 });
    for (let page = 0; page < 3; page += 1) await (await bounded(server.origin)).text();
    await expect(bounded(server.origin).then((response) => response.text())).rejects.toThrow(/together/);
  });

  it('is waited for no longer than all answers of a run may take', async () => {
    const server = await startLoopbackServer((_, response) => void setTimeout(() => response.end('x'), 20));
    open.push(server);
    const bounded = createBoundedFetch({ signal: new AbortController().signal, maxTotalMs: 1 });
    await (await bounded(server.origin)).text();
    await expect(bounded(server.origin)).rejects.toThrow(/together take longer/);
    expect(server.seen).toHaveLength(1);
  });
});
