import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import { modelAddress } from '../../../src/app/model/model-address.ts';
import { parseModelName } from '../../../src/app/model/parse-model-name.ts';

function missingIn(text: string, variables: Record<string, string>): string | null {
  const found = modelAddress(parseModelName(text), variables);
  return 'missing' in found ? say(found.missing, null) : null;
}

describe('where a model is', () => {
  test.each([
    ['openai/gpt-5', { OPENAI_API_KEY: 'k' }, { baseUrl: null, apiKey: 'k', extra: {} }],
    [
      'openai/gpt-5',
      { OPENAI_API_KEY: 'k', ASSAY_MODEL_API_KEY: 'ours' },
      { baseUrl: null, apiKey: 'ours', extra: {} },
    ],
    [
      'openai-compatible/qwen3:8b',
      { ASSAY_MODEL_BASE_URL: ' http://127.0.0.1:11434/v1 ' },
      { baseUrl: 'http://127.0.0.1:11434/v1', apiKey: null, extra: {} },
    ],
    ['google/gemini', { GEMINI_API_KEY: 'g' }, { baseUrl: null, apiKey: 'g', extra: {} }],
    [
      'azure/my-deployment',
      {
        AZURE_OPENAI_API_KEY: 'a',
        AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com',
        OPENAI_API_VERSION: '2026-01-01',
      },
      { baseUrl: 'https://x.openai.azure.com', apiKey: 'a', extra: { apiVersion: '2026-01-01' } },
    ],
    [
      'bedrock/anthropic.claude',
      { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' },
      {
        baseUrl: null,
        apiKey: null,
        extra: { region: 'eu-central-1', accessKeyId: 'id', secretAccessKey: 'secret' },
      },
    ],
  ])('%s', (text, variables, expected) => {
    const name = parseModelName(text);
    expect(modelAddress(name, variables)).toEqual({ name, ...expected });
  });

  test.each([
    ['openai-compatible/x', {}, '`openai-compatible` needs an address in `ASSAY_MODEL_BASE_URL`'],
    [
      'anthropic/x',
      { ANTHROPIC_API_KEY: ' ' },
      '`anthropic` needs a key in `ASSAY_MODEL_API_KEY` / `ANTHROPIC_API_KEY`',
    ],
    [
      'azure/x',
      {},
      '`azure` needs a key in `ASSAY_MODEL_API_KEY` / `AZURE_API_KEY` / `AZURE_OPENAI_API_KEY` and an address in `ASSAY_MODEL_BASE_URL` / `AZURE_OPENAI_ENDPOINT`',
    ],
    [
      'bedrock/x',
      { AWS_ACCESS_KEY_ID: 'id' },
      '`bedrock` needs a key in `ASSAY_MODEL_API_KEY` / `AWS_BEARER_TOKEN_BEDROCK`, or `AWS_ACCESS_KEY_ID` / `AWS_SECRET_ACCESS_KEY` and a region in `AWS_REGION`',
    ],
  ])('%s says what is missing', (text, variables, missing) => {
    expect(missingIn(text, variables)).toBe(missing);
  });
});

describe('a model’s name', () => {
  test('may hold slashes, colons and versions itself', () => {
    expect(parseModelName('openai-compatible/Qwen/Qwen3-Coder-30B:latest')).toEqual({
      provider: 'openai-compatible',
      name: 'Qwen/Qwen3-Coder-30B:latest',
    });
  });

  test.each([
    'gpt-5',
    '/x',
    'opnai/x',
    'openai/',
    'openai/a b',
    'openai/\u202ex',
    `openai/${'x'.repeat(201)}`,
  ])('%j is refused with what is expected', (text) => {
    expect(() => parseModelName(text)).toThrow(/The model is given as/);
  });
});
