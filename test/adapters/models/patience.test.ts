import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { PROSE } from '../../contract/language-model.contract.ts';
import { createTestWire, START, type TestWire } from '../../doubles/model-wire.ts';
import type { ModelServer, ModelStep } from '../../emulators/models/model-server.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf } from './address-of.ts';

let server: ModelServer;
let wire: TestWire;
let model: LanguageModel;
beforeEach(async () => {
  server = await startOpenAiServer();
  wire = createTestWire();
  model = await openLanguageModel(addressOf('openai-compatible', server.url), wire);
});
afterEach(() => server.close());

const limited = (headers: Readonly<Record<string, string>>, body: unknown = {}): ModelStep => ({
  fault: 'status',
  status: 429,
  headers,
  body,
});
const DOWN: ModelStep = { fault: 'status', status: 503 };

describe('a provider that is asked too often', () => {
  test.each([
    ['in seconds', { 'retry-after': '12' }, 12_000],
    ['as a date', { 'retry-after': new Date(START + 30_000).toUTCString() }, 30_000],
    ['in milliseconds, which are exact', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ['as a date that has passed', { 'retry-after': new Date(START - 30_000).toUTCString() }, 0],
    ['not at all', {}, 1000],
    ['in a way nobody can read', { 'retry-after': 'soon' }, 1000],
  ])('is left alone as long as it says, %s', async (_, headers, waited) => {
    server.script(limited(headers));
    const reply = await model.ask(PROSE);
    expect(reply).toMatchObject({ kind: 'text', attempts: 2 });
    expect(wire.waits).toEqual([waited]);
    expect(reply.latencyMs).toBe(0);
  });

  test('says in Google’s way how long', async () => {
    server.script(limited({}, { error: { message: 'Quota', details: [{ retryDelay: '7s' }] } }));
    await model.ask(PROSE);
    expect(wire.waits).toEqual([7000]);
  });

  test('is tried three times', async () => {
    server.otherwise(limited({ 'retry-after': '60' }));
    expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'rate_limited' }, attempts: 3 });
    expect(wire.waits).toEqual([60_000, 60_000]);
  });

  test('is not waited for longer than a minute', async () => {
    server.otherwise(limited({ 'retry-after': '61' }));
    expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'rate_limited' }, attempts: 1 });
    expect(wire.waits).toEqual([]);
  });

  test('is not waited for when the account is empty', async () => {
    server.otherwise(
      limited({}, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }),
    );
    expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'rate_limited' }, attempts: 1 });
  });
});

describe('a provider that is down', () => {
  test.each([
    ['a server error', DOWN],
    ['a reset connection', { fault: 'reset' }],
    ['an answer that is lost', { fault: 'lost' }],
    ['an answer that is cut', { fault: 'cut' }],
  ] as const)('is asked again after %s', async (_, step) => {
    server.script(step, step);
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', attempts: 3 });
    expect(wire.waits).toEqual([1000, 4000]);
  });

  test('refuses connections, and that is said by its code', async () => {
    await server.close();
    expect(await model.ask(PROSE)).toMatchObject({
      failure: { kind: 'provider_down', text: 'The connection to the provider failed: `ECONNREFUSED`.' },
      attempts: 3,
    });
  });

  test('is asked nothing more after three questions in a row, until it has rested', async () => {
    server.otherwise(DOWN);
    for (let asked = 0; asked < 3; asked += 1) await model.ask(PROSE);
    expect(server.log).toHaveLength(9);
    const refused = await model.ask(PROSE);
    expect(refused).toMatchObject({
      failure: { kind: 'provider_down' },
      attempts: 0,
      usage: { input: 0, output: 0 },
    });
    expect(refused.kind === 'failed' && refused.failure.text).toContain(
      'Not sent, after 3 failures in a row.',
    );
    expect(server.log).toHaveLength(9);
    wire.advance(30_000);
    server.otherwise({ text: 'Back.' });
    const both = await Promise.all([model.ask(PROSE), model.ask(PROSE)]);
    expect(both.map(({ attempts }) => attempts)).toEqual([1, 0]);
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text' });
  });

  test('rests again when it is still down', async () => {
    server.otherwise(DOWN);
    for (let asked = 0; asked < 3; asked += 1) await model.ask(PROSE);
    wire.advance(30_000);
    await model.ask(PROSE);
    expect(await model.ask(PROSE)).toMatchObject({ attempts: 0 });
  });

  test('is asked on when answers come between', async () => {
    for (let asked = 0; asked < 4; asked += 1) {
      server.script(DOWN, DOWN, DOWN);
      expect(await model.ask(PROSE)).toMatchObject({ attempts: 3 });
      expect(await model.ask(PROSE)).toMatchObject({ kind: 'text' });
    }
  });
});

test('a wrong key is not tried for a thousand findings', async () => {
  server.otherwise({ fault: 'status', status: 401 });
  for (let asked = 0; asked < 10; asked += 1) {
    expect(await model.ask(PROSE)).toMatchObject({ failure: { kind: 'unauthorised' } });
  }
  expect(server.log).toHaveLength(3);
});

test('a run that is stopped while the model thinks ends at once, with what it was stopped with', async () => {
  server.otherwise({ fault: 'slow' });
  const reason = new Error('SIGTERM');
  const asked = model.ask(PROSE);
  setTimeout(() => wire.abort(reason), 30);
  await expect(asked).rejects.toBe(reason);
});

test('a run that is stopped while it waits ends at once, too', async () => {
  const reason = new Error('SIGTERM');
  const sleepless = {
    ...wire,
    sleep: () => {
      wire.abort(reason);
      return Promise.reject(new Error('aborted'));
    },
  };
  const waiting = await openLanguageModel(addressOf('openai-compatible', server.url), sleepless);
  server.otherwise(DOWN);
  await expect(waiting.ask(PROSE)).rejects.toBe(reason);
});
