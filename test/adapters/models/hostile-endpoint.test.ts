import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { openEmbeddingModel } from '#adapters/models/open-embedding-model.ts';
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import { MODEL_PROVIDERS } from '#domain/model.ts';
import { PROSE, STRUCTURED } from '../../contract/language-model.contract.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import type { ModelServer } from '../../emulators/models/model-server.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf, KEY } from './address-of.ts';

let server: ModelServer;
let elsewhere: ModelServer;
beforeEach(async () => {
  server = await startOpenAiServer();
  elsewhere = await startOpenAiServer();
});
afterEach(async () => {
  await Promise.all([server.close(), elsewhere.close()]);
  vi.unstubAllEnvs();
});

const bounded = () => createBoundedFetch({ signal: new AbortController().signal });

describe.each([
  ['the bounded fetch', bounded],
  ['a plain fetch', () => fetch],
])('a redirect, before %s,', (_, fetchOf) => {
  test.each([301, 302, 303, 307, 308])(
    '%i is not followed: neither key nor prompt is sent again',
    async (status) => {
      server.otherwise({ fault: 'redirect', status, location: `${elsewhere.url}/chat/completions` });
      const model = await openLanguageModel(
        addressOf('openai-compatible', server.url),
        createTestWire({ fetch: fetchOf() }),
      );
      expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'redirect' }, attempts: 1 });
      expect(await model.stream(PROSE, () => undefined)).toMatchObject({ failure: { kind: 'redirect' } });
      expect(server.log).toHaveLength(2);
      expect(elsewhere.log).toEqual([]);
    },
  );
});

describe('an answer without an end', () => {
  test('is left after a mebibyte, and fills no memory', async () => {
    server.otherwise({ fault: 'endless' });
    const wire = createTestWire({ fetch: bounded() });
    const before = process.memoryUsage().rss;
    for (let asked = 0; asked < 10; asked += 1) {
      const model = await openLanguageModel(addressOf('openai-compatible', server.url), wire);
      expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'oversize' }, attempts: 1 });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  test('is left as well when it is an error, a stream, or vectors', async () => {
    const address = addressOf('openai-compatible', server.url);
    const model = await openLanguageModel(address, createTestWire());
    server.otherwise({ fault: 'endless' });
    expect(await model.stream(PROSE, () => undefined)).toMatchObject({ failure: { kind: 'oversize' } });
    const flood = createTestWire({
      fetch: async () =>
        new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1 << 16)) }), {
          status: 500,
        }),
    });
    const failing = await openLanguageModel(address, flood);
    expect(await failing.ask(PROSE)).toMatchObject({ failure: { kind: 'oversize' } });
    const vectors = await openEmbeddingModel(address, flood);
    expect(await vectors.embed(['one'])).toMatchObject({ failure: { kind: 'oversize' } });
  });
});

test('an endpoint that never comes to an end holds a run up three times, not once for each finding', async () => {
  server.otherwise({ fault: 'slow' });
  const model = await openLanguageModel(
    addressOf('openai-compatible', server.url),
    createTestWire({ timeoutMs: 50 }),
  );
  for (let asked = 0; asked < 20; asked += 1) {
    expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'timeout' } });
  }
  expect(server.log).toHaveLength(3);
});

describe('an answer that comes a byte at a time', () => {
  test.each([
    ['the bounded fetch', bounded],
    [
      'a fetch that does not listen',
      () => ((input: URL, init?: RequestInit) => fetch(input, { ...init, signal: null })) as typeof fetch,
    ],
  ])('ends with the time limit, before %s', async (_, fetchOf) => {
    server.otherwise({ fault: 'slow' });
    const wire = createTestWire({ fetch: fetchOf(), timeoutMs: 100 });
    const model = await openLanguageModel(addressOf('openai-compatible', server.url), wire);
    const reply = await model.ask(PROSE);
    expect(reply).toMatchObject({ failure: { kind: 'timeout' }, attempts: 1 });
    // It may be charged for all the same.
    expect(reply.usage.input).toBeGreaterThan(0);
    expect(await model.stream(PROSE, () => undefined)).toMatchObject({ failure: { kind: 'timeout' } });
  });
});

describe('what a provider says about a failure', () => {
  const CANARY = 'AKIAZZZZZZZZZZZZCNRY';
  const bodies: readonly unknown[] = [
    { error: { message: `Incorrect API key provided: ${KEY}. ::error::x\nAuthorization: Bearer ${KEY}` } },
    { error: `${KEY} ${CANARY}`, stack: `Error at ${KEY}` },
    `<html>${'x'.repeat(140)}${KEY}${KEY}</html>`,
    { detail: [{ msg: `\`${KEY}\` \u202Eevil\u0007`, loc: ['body', KEY] }] },
    [KEY],
    { error: { message: `[click](http://evil.example) @everyone ${KEY}` } },
  ];

  test.each(bodies.flatMap((body) => [400, 401, 404, 429, 500].map((status) => ({ status, body }))))(
    'is quoted short, on one line, without any key ($status)',
    async ({ status, body }) => {
      server.otherwise({ fault: 'status', status, headers: { 'x-echo': KEY, 'retry-after': '100' }, body });
      const wire = createTestWire({ secrets: [CANARY] });
      const model = await openLanguageModel(addressOf('openai-compatible', server.url), wire);
      const reply = await model.ask(STRUCTURED);
      const said = `${JSON.stringify(reply)} ${wire.told.join('\n')}`;
      expect(said).not.toContain(KEY);
      expect(said).not.toContain(KEY.slice(0, 10));
      expect(said).not.toContain(CANARY);
      const text = reply.kind === 'failed' ? reply.failure.text : '';
      expect(text).toMatch(/^[A-Z][^\n\r\u0007\u202E]{10,400}\.$/);
      // What is theirs stands in a code span.
      expect(text.replace(/(`+).*\1/, '')).not.toMatch(/evil|everyone|error::|html/);
    },
  );
});

describe('an endpoint that lies', () => {
  test.each([
    ['a success that is an error', { error: { message: 'Upstream overloaded', code: 502 } }, 'provider_down'],
    [
      'a success that is a limit',
      { error: { message: 'slow down', type: 'rate_limit_error' } },
      'rate_limited',
    ],
    ['no choices', { choices: [] }, 'invalid_output'],
    ['choices that are none', { choices: 7 }, 'invalid_output'],
    [
      'an empty answer',
      { choices: [{ message: { role: 'assistant', content: '' }, finish_reason: 'stop' }] },
      'invalid_output',
    ],
    ['nothing', '', 'invalid_output'],
    ['prose', 'Hello', 'invalid_output'],
    ['null', 'null', 'invalid_output'],
    ['a prototype', '{"__proto__":{"choices":1},"constructor":{}}', 'invalid_output'],
    ['deep nesting', '['.repeat(200_000), 'invalid_output'],
  ])('with %s is of no help', async (_, body, kind) => {
    server.otherwise({ fault: 'status', status: 200, body });
    const model = await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire());
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'failed', failure: { kind } });
  });

  test.each([
    [{ prompt_tokens: Number.POSITIVE_INFINITY, completion_tokens: -5 }],
    [{ prompt_tokens: null, completion_tokens: null }],
    [{ prompt_tokens: 10, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 99 } }],
    [{}],
    [undefined],
  ])('about its usage (%j) brings no nonsense into the bill', async (usage) => {
    const choices = [
      { index: 0, message: { role: 'assistant', content: 'Yes, it is.' }, finish_reason: 'stop' },
    ];
    const body = JSON.stringify({ id: 'x', created: 1, choices, usage }).replace(
      'null,"completion_tokens":-5',
      '1e309,"completion_tokens":-5',
    );
    server.otherwise({ fault: 'status', status: 200, body });
    const model = await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire());
    const reply = await model.ask(PROSE);
    const { input, cached, output } = reply.usage;
    for (const count of [input, cached, output]) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
    expect(input).toBeGreaterThan(0);
    if (reply.kind === 'text') expect(output).toBeGreaterThan(0);
    expect(cached).toBeLessThanOrEqual(input);
  });

  test('with an empty error beside its answer has answered', async () => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' }];
    server.otherwise({ fault: 'status', status: 200, body: { choices, error: {} } });
    const model = await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire());
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', text: 'Yes.' });
  });

  test('about its name is quoted as it says, and says nothing where it is silent', async () => {
    const model = await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire());
    server.script({ text: 'Yes.', model: 'a-cheaper-one' }, { text: 'Yes.', model: null });
    expect(await model.ask(PROSE)).toMatchObject({ model: 'a-cheaper-one' });
    expect(await model.ask(PROSE)).toMatchObject({ model: '' });
    server.script({ text: 'Yes.', model: 'a-cheaper-one' });
    expect(await model.stream(PROSE, () => undefined)).toMatchObject({ model: 'a-cheaper-one' });
  });
});

describe('a base address', () => {
  test.each([
    ['no address', 'is no URL'],
    ['file:///etc/passwd', 'is neither https nor http'],
    ['https://user:s3cret-word@host/v1', 'holds a user name or a password'],
    ['https://host/v1?key=s3cret-word', 'has a query'],
    ['https://host/v1?', 'has a query'],
    ['https://host/v1#s3cret-word', 'has a fragment'],
  ])('%s is refused in words, and not repeated', async (baseUrl, why) => {
    for (const provider of MODEL_PROVIDERS) {
      const opened = openLanguageModel(addressOf(provider, baseUrl), createTestWire());
      await expect(opened).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining(why),
      });
      await expect(opened).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret-word') });
    }
  });

  test.each([
    'http://169.254.169.254/v1',
    'http://2852039166/v1',
    'http://metadata.google.internal/v1',
    'http://[::ffff:a9fe:a9fe]/v1',
  ])('that is a metadata service’s (%s) is never asked', async (baseUrl) => {
    const fetchOf = createBoundedFetch({ signal: new AbortController().signal, allowHttp: true });
    const model = await openLanguageModel(
      addressOf('openai-compatible', baseUrl),
      createTestWire({ fetch: fetchOf }),
    );
    const reply = await model.ask(PROSE);
    expect(reply).toMatchObject({ failure: { kind: 'bad_request' }, attempts: 1 });
    expect(reply.kind === 'failed' && reply.failure.text).toMatch(
      /^Nothing was sent. The address `[^`]+` .*\.$/,
    );
  });

  test('over http is asked only on this machine', async () => {
    const model = await openLanguageModel(
      addressOf('openai-compatible', 'http://192.0.2.7/v1'),
      createTestWire({ fetch: bounded() }),
    );
    const reply = await model.ask(PROSE);
    expect(reply.kind === 'failed' && reply.failure.text).toContain('http, not https');
  });

  test('gets every request: none goes to another origin', async () => {
    const asked: string[] = [];
    const wire = createTestWire({
      fetch: async (input) => {
        asked.push(String(input));
        return new Response('{}', { status: 500 });
      },
    });
    const extra = { region: 'eu-central-1', accessKeyId: 'AKIDFAKE', secretAccessKey: 'secret-of-the-fake' };
    for (const provider of MODEL_PROVIDERS) {
      // A path that would be another host to whoever glues texts together.
      const model = await openLanguageModel(
        addressOf(provider, 'https://models.example:8443/@evil.example', { extra }),
        wire,
      );
      await model.ask(STRUCTURED);
    }
    expect(asked).toHaveLength(3 * MODEL_PROVIDERS.length);
    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(
      new Set(['https://models.example:8443']),
    );
  });
});

test('keys and addresses of the environment are never used behind the operator’s back', async () => {
  const variables = [
    'OPENAI_API_KEY',
    'ANTHROPIC_API_KEY',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'AZURE_API_KEY',
    'AWS_BEARER_TOKEN_BEDROCK',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AI_GATEWAY_API_KEY',
  ];
  for (const name of variables) vi.stubEnv(name, 'canary-of-the-environment');
  for (const name of [
    'OPENAI_BASE_URL',
    'ANTHROPIC_BASE_URL',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  ])
    vi.stubEnv(name, elsewhere.url);
  vi.stubEnv('AWS_REGION', 'us-west-2');
  const sent: string[] = [];
  const wire = createTestWire({
    fetch: async (input, init) => {
      sent.push(`${input} ${JSON.stringify([...new Headers(init?.headers)])} ${init?.body}`);
      return new Response('{}', { status: 400 });
    },
  });
  for (const provider of MODEL_PROVIDERS) {
    const model = await openLanguageModel(addressOf(provider, server.url, { apiKey: null }), wire);
    await model.ask(PROSE);
  }
  expect(sent.length).toBeGreaterThanOrEqual(MODEL_PROVIDERS.length - 1);
  expect(sent.filter((text) => text.includes('canary') || text.includes('us-west-2'))).toEqual([]);
  expect(elsewhere.log).toEqual([]);
});

test('nothing is printed: neither warnings of the library nor errors of a stream', async () => {
  const printed = vi.fn();
  process.on('warning', printed);
  const spies = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(printed),
  );
  const extra = { region: 'eu-central-1', accessKeyId: 'AKIDFAKE', secretAccessKey: 'secret-of-the-fake' };
  for (const provider of ['anthropic', 'bedrock', 'openai-compatible'] as const) {
    const wire = createTestWire({
      fetch: async () =>
        new Response('data: {"error":{"message":"no"}}\n\n', {
          headers: { 'content-type': 'text/event-stream' },
        }),
    });
    const model = await openLanguageModel(addressOf(provider, server.url, { extra }), wire);
    await model.ask(STRUCTURED);
    expect(await model.stream(PROSE, () => undefined)).toMatchObject({ kind: 'failed' });
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', printed);
  for (const spy of spies) spy.mockRestore();
  expect(printed.mock.calls).toEqual([]);
});
