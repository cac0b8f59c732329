import { afterEach, describe, expect, test } from 'vitest';
import { openEmbeddingModel } from '#adapters/models/open-embedding-model.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import { AZURE_VERSION, startAzureServer } from '../../emulators/models/azure-server.ts';
import { startBedrockServer } from '../../emulators/models/bedrock-server.ts';
import { startGoogleServer } from '../../emulators/models/google-server.ts';
import type { ModelServer } from '../../emulators/models/model-server.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf } from './address-of.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  const started = servers.splice(0);
  await Promise.all(started.map((server) => server.close()));
  expect(started.flatMap(({ violations }) => violations)).toEqual([]);
});

async function started(start: () => Promise<ModelServer>): Promise<ModelServer> {
  const server = await start();
  servers.push(server);
  return server;
}

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);

describe('texts become vectors', () => {
  test.each([
    ['openai-compatible', startOpenAiServer, {}],
    ['openai', startOpenAiServer, {}],
    ['azure', startAzureServer, { apiVersion: AZURE_VERSION }],
    ['google', startGoogleServer, {}],
    [
      'bedrock',
      startBedrockServer,
      { region: 'eu-central-1', accessKeyId: 'AKIDFAKE', secretAccessKey: 'secret-of-the-fake' },
    ],
  ] as const)('with %s: one for each, in order, of unit length', async (provider, start, extra) => {
    const server = await started(start);
    const keys = provider === 'bedrock' ? { apiKey: null } : {};
    const model = await openEmbeddingModel(
      addressOf(provider, server.url, { extra, ...keys }),
      createTestWire(),
    );
    const embedded = await model.embed(['short', 'a longer text', 'short']);
    if (embedded.kind === 'failed') throw new Error(embedded.failure.text);
    const { vectors, usage } = embedded;
    expect(vectors).toHaveLength(3);
    expect(vectors[0]).toEqual(vectors[2]);
    expect(vectors[0]).not.toEqual(vectors[1]);
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(lengthOf(vector)).toBeCloseTo(1, 5);
    }
    expect(usage.input).toBeGreaterThan(0);
  });

  test('96 at a time', async () => {
    const server = await started(startOpenAiServer);
    const model = await openEmbeddingModel(addressOf('openai-compatible', server.url), createTestWire());
    const embedded = await model.embed(Array.from({ length: 200 }, (_, at) => `text ${at}`));
    expect(embedded.kind === 'vectors' && embedded.vectors.length).toBe(200);
    expect(server.log.map(({ body }) => (body as { input: string[] }).input.length)).toEqual([96, 96, 8]);
  });

  test('none for no texts, without a request', async () => {
    const server = await started(startOpenAiServer);
    const model = await openEmbeddingModel(addressOf('openai-compatible', server.url), createTestWire());
    expect(await model.embed([])).toMatchObject({ kind: 'vectors', vectors: [] });
    expect(server.log).toEqual([]);
  });
});

describe('an endpoint that answers with something else', () => {
  const answers = (...bodies: readonly unknown[]) => {
    const left = [...bodies];
    return createTestWire({ fetch: async () => Response.json(left.shift() ?? bodies.at(-1)) });
  };
  const data = (...vectors: readonly unknown[]) => ({
    data: vectors.map((embedding) => ({ embedding })),
    usage: { prompt_tokens: 1 },
  });

  test.each([
    ['too few', data([1, 2])],
    ['vectors of different lengths', data([1, 2], [1, 2, 3])],
    ['zeros', data([0, 0], [1, 2])],
    ['words', data(['a'], ['b'])],
    ['numbers that are none', data([null, 1], [1, 2])],
    ['no vectors', {}],
  ])('with %s is of no help', async (_, body) => {
    const model = await openEmbeddingModel(
      addressOf('openai-compatible', 'http://127.0.0.1:9/v1'),
      answers(body),
    );
    expect(await model.embed(['one', 'two'])).toMatchObject({
      kind: 'failed',
      failure: { kind: 'invalid_output' },
    });
  });

  test('with another dimension in a later batch is of no help', async () => {
    const wire = answers(data(...Array.from({ length: 96 }, () => [1, 2])), data([1, 2, 3]));
    const model = await openEmbeddingModel(addressOf('openai-compatible', 'http://127.0.0.1:9/v1'), wire);
    const texts = Array.from({ length: 97 }, (_, at) => `text ${at}`);
    expect(await model.embed(texts)).toMatchObject({ failure: { kind: 'invalid_output' } });
  });
});

test('a provider that is down is asked again, and its failure is a value', async () => {
  let asked = 0;
  const wire = createTestWire({
    fetch: async () => {
      asked += 1;
      return new Response('{}', { status: 503 });
    },
  });
  const model = await openEmbeddingModel(addressOf('openai', 'http://127.0.0.1:9/v1'), wire);
  expect(await model.embed(['one'])).toMatchObject({ kind: 'failed', failure: { kind: 'provider_down' } });
  expect(asked).toBe(3);
});

test('a stopped run ends with what it was stopped with', async () => {
  const wire = createTestWire({ fetch: async () => new Response('{}') });
  const model = await openEmbeddingModel(addressOf('openai', 'http://127.0.0.1:9/v1'), wire);
  const reason = new Error('stopped');
  wire.abort(reason);
  await expect(model.embed(['one'])).rejects.toBe(reason);
});

test('Anthropic has no embeddings, and that is said', async () => {
  const opened = openEmbeddingModel(addressOf('anthropic', null), createTestWire());
  await expect(opened).rejects.toMatchObject({
    code: 'configuration',
    message: 'The provider anthropic has no embeddings.',
  });
});
