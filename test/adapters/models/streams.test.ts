import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import { PROSE } from '../../contract/language-model.contract.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import { startAnthropicServer } from '../../emulators/models/anthropic-server.ts';
import type { ModelServer } from '../../emulators/models/model-server.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf } from './address-of.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startOpenAiServer();
});
afterEach(() => server.close());

const LONG = 'One word after another, and no end of them in sight. '.repeat(40);
const sse = (text: string) => ({
  fault: 'status' as const,
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: text,
});
const delta = (content: string) =>
  `data: {"id":"1","created":1,"model":"fake-model","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`;

async function streamed(provider: 'openai-compatible' | 'anthropic' = 'openai-compatible') {
  const pieces: string[] = [];
  const model = await openLanguageModel(addressOf(provider, server.url), createTestWire());
  const reply = await model.stream(PROSE, (piece) => pieces.push(piece));
  return { reply, pieces };
}

test('an answer that is cut after some words is not begun again before the reader’s eyes', async () => {
  server.script({ text: LONG });
  const wire = createTestWire({
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const reader = answer.body?.getReader();
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        pull: async (to) => {
          const piece = sent === 0 ? await reader?.read() : undefined;
          sent += 1;
          if (piece?.value === undefined)
            return to.error(
              new TypeError('terminated', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) }),
            );
          to.enqueue(piece.value.slice(0, 2000));
        },
      });
      return new Response(body, { headers: answer.headers });
    },
  });
  const model = await openLanguageModel(addressOf('openai-compatible', server.url), wire);
  const pieces: string[] = [];
  const reply = await model.stream(PROSE, (piece) => pieces.push(piece));
  expect(reply).toMatchObject({ failure: { kind: 'provider_down' }, attempts: 1 });
  expect(pieces.length).toBeGreaterThan(1);
});

test('an answer that just stops has broken off', async () => {
  server.otherwise(sse(delta('Yes, ')));
  const { reply, pieces } = await streamed();
  expect(reply).toMatchObject({
    failure: { kind: 'provider_down', text: 'The answer broke off.' },
    attempts: 1,
  });
  expect(pieces).toEqual(['Yes, ']);
});

test('a provider that is down before the first word is asked again', async () => {
  server.script({ fault: 'status', status: 529 }, { fault: 'reset' }, { text: 'Back again.' });
  const { reply, pieces } = await streamed();
  expect(reply).toMatchObject({ kind: 'text', text: 'Back again.', attempts: 3 });
  expect(pieces.join('')).toBe('Back again.');
});

test('an error in the middle of the answer is the error', async () => {
  server.otherwise(
    sse(`${delta('Yes, ')}data: {"error":{"message":"slow down","type":"rate_limit_error","code":429}}\n\n`),
  );
  expect((await streamed()).reply).toMatchObject({ failure: { kind: 'rate_limited' }, attempts: 1 });
});

test('what Anthropic says in the middle is understood, too', async () => {
  await server.close();
  server = await startAnthropicServer();
  server.otherwise(
    sse(
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
    ),
  );
  expect((await streamed('anthropic')).reply).toMatchObject({
    failure: { kind: 'provider_down' },
    attempts: 3,
  });
});

test('an answer without a usage is estimated', async () => {
  server.script({ text: 'Eight characters and some more.', usage: null });
  const { reply } = await streamed();
  expect(reply.usage).toEqual({ input: 12, cached: 0, output: 8 });
});

test('events of no known form, or none at all, are no answer', async () => {
  for (const body of [
    'data: {"nothing":1}\n\n',
    'data: not json\n\n',
    '',
    ': ping\n\n',
    'data: [DONE]\n\n',
  ]) {
    server.script(sse(body), sse(body), sse(body));
    expect((await streamed()).reply.kind).toBe('failed');
  }
});

test('a reader that breaks is not taken for a provider that does', async () => {
  const model = await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire());
  const defect = new Error('a defect of ours');
  const asked = model.stream(PROSE, () => {
    throw defect;
  });
  await expect(asked).rejects.toBe(defect);
});
