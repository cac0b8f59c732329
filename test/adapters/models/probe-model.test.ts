import { afterEach, describe, expect, test } from 'vitest';
import { probeModel } from '#adapters/models/probe-model.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import { startAnthropicServer } from '../../emulators/models/anthropic-server.ts';
import type { ModelServer } from '../../emulators/models/model-server.ts';
import type { OpenAiServerSettings } from '../../emulators/models/openai-format.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf } from './address-of.ts';

let server: ModelServer;
afterEach(() => server.close());

async function probe(settings: OpenAiServerSettings = {}, text = '{"works":true}') {
  server = await startOpenAiServer(settings);
  server.otherwise({ text });
  return probeModel(addressOf('openai-compatible', server.url), createTestWire());
}

describe('one tiny question tells', () => {
  test.each([
    ['by schema', {}, 'schema'],
    ['as an object of any shape', { json_schema: 'json_schema is not supported' }, 'object'],
    [
      'in words',
      { json_schema: 'response_format is not supported', json_object: 'response_format is not supported' },
      'words',
    ],
  ] as const)('that the model answers in JSON, asked %s', async (_, refuses, structure) => {
    expect(await probe({ refuses })).toMatchObject({ kind: 'answered', structure, model: 'fake-model' });
  });

  test.each([
    'Yes, it works!',
    '```json\n{"works":true}\n```',
    '{"works":"yes"}',
    '{"works":true,"and":1}',
    '[]',
    'null',
  ])('that it does not hold to what was asked: %s', async (text) => {
    expect(await probe({}, text)).toMatchObject({ kind: 'answered', structure: null });
  });

  test('what is wrong with the key', async () => {
    expect(await probe({ key: 'another-key' })).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unauthorised' },
    });
  });

  test('of a provider that does not say how much it reads, that it is not known', async () => {
    server = await startAnthropicServer();
    server.otherwise({ text: '{"works":true}' });
    const told = await probeModel(addressOf('anthropic', server.url), createTestWire());
    expect(told).toMatchObject({ kind: 'answered', structure: 'schema', contextTokens: null });
    expect(server.log).toHaveLength(1);
  });
});

describe('how much a server’s model reads', () => {
  test.each([
    ['vLLM', { modelFields: { max_model_len: 32_768 } }, 32_768],
    ['llama.cpp', { modelFields: { meta: { n_ctx_train: 8192 } } }, 8192],
    [
      'LM Studio',
      {
        pages: {
          '/api/v0/models': {
            data: [{ id: 'fake-model', max_context_length: 131_072, loaded_context_length: 4096 }],
          },
        },
      },
      4096,
    ],
    ['Ollama', { pages: { '/api/show': { model_info: { 'qwen3.context_length': 40_960 } } } }, 40_960],
    [
      'Ollama, where the operator has set less',
      {
        pages: {
          '/api/show': {
            parameters: 'top_k 20\nnum_ctx                        8192\n',
            model_info: { 'qwen3.context_length': 40_960 },
          },
        },
      },
      8192,
    ],
    ['a server that does not say', {}, null],
    ['a server that says nonsense', { modelFields: { max_model_len: -1, context_length: '8192' } }, null],
  ] as const)('is read from %s', async (_, settings, contextTokens) => {
    expect(await probe(settings)).toMatchObject({ contextTokens });
    expect(server.violations).toEqual([]);
  });
});
