import { afterEach, describe, expect, test } from 'vitest';
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import type { ModelRequest } from '#ports/language-model.ts';
import { PROSE, STRUCTURED } from '../../contract/language-model.contract.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import {
  type AnthropicServerSettings,
  startAnthropicServer,
} from '../../emulators/models/anthropic-server.ts';
import { startBedrockServer } from '../../emulators/models/bedrock-server.ts';
import { startGoogleServer } from '../../emulators/models/google-server.ts';
import type { ModelServer } from '../../emulators/models/model-server.ts';
import type { OpenAiServerSettings } from '../../emulators/models/openai-format.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { addressOf } from './address-of.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  const started = servers.splice(0);
  await Promise.all(started.map((server) => server.close()));
  expect(started.flatMap(({ violations }) => violations)).toEqual([]);
});

async function compatible(settings: OpenAiServerSettings = {}) {
  const server = await startOpenAiServer(settings);
  servers.push(server);
  server.otherwise({ text: '{"works":true}' });
  return {
    server,
    model: await openLanguageModel(addressOf('openai-compatible', server.url), createTestWire()),
  };
}

async function anthropic(settings: AnthropicServerSettings = {}, name = 'claude-fake') {
  const server = await startAnthropicServer({ model: name, ...settings });
  servers.push(server);
  server.otherwise({ text: '{"works":true}' });
  const address = addressOf('anthropic', server.url, { name: { provider: 'anthropic', name } });
  return { server, model: await openLanguageModel(address, createTestWire()) };
}

const bodies = (server: ModelServer) => server.questions().map(({ body }) => body as Record<string, unknown>);

describe('a question to an OpenAI-like server', () => {
  test('has the constant part first, no freedom, and the schema held exactly', async () => {
    const { server, model } = await compatible();
    await model.ask(STRUCTURED);
    expect(bodies(server)).toEqual([
      {
        model: 'fake-model',
        messages: [
          { role: 'system', content: STRUCTURED.system },
          { role: 'user', content: STRUCTURED.prompt },
        ],
        max_tokens: 64,
        temperature: 0,
        seed: 7,
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'answer', strict: true, schema: STRUCTURED.schema?.json },
        },
      },
    ]);
  });

  test('does not ask for exactness where the schema leaves something open', async () => {
    const { server, model } = await compatible();
    const open: ModelRequest = {
      ...STRUCTURED,
      schema: { name: 'answer', json: { type: 'object', properties: { why: { type: 'string' } } } },
    };
    expect(await model.ask(open)).toMatchObject({ kind: 'text', attempts: 1 });
    expect(bodies(server)[0]).toMatchObject({ response_format: { json_schema: { strict: false } } });
  });

  test('without a schema asks for none', async () => {
    const { server, model } = await compatible();
    await model.ask(PROSE);
    expect(bodies(server)[0]).not.toHaveProperty('response_format');
  });
});

describe('a server that does not take something', () => {
  test('is asked without the schema as its feature, has it in words, and is not asked with it again', async () => {
    const { server, model } = await compatible({
      refuses: { json_schema: "response_format type 'json_schema' is not supported" },
    });
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', attempts: 2 });
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', attempts: 1 });
    const [, second, third] = bodies(server);
    expect(second).toMatchObject({ response_format: { type: 'json_object' } });
    expect(JSON.stringify(second?.messages)).toContain('additionalProperties');
    expect(third).toEqual(second);
  });

  test('is asked in words alone when it knows no JSON mode', async () => {
    const { server, model } = await compatible({
      refuses: {
        json_schema: 'Unknown parameter: response_format',
        json_object: 'Unknown parameter: response_format',
      },
    });
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', attempts: 3 });
    expect(bodies(server)[2]).not.toHaveProperty('response_format');
    expect(await model.ask(STRUCTURED)).toMatchObject({ attempts: 1 });
  });

  test.each([
    ['temperature', "Unsupported value: 'temperature' does not support 0 with this model."],
    ['seed', 'Extra inputs are not permitted: seed'],
  ] as const)('is asked without %s from then on', async (field, message) => {
    const { server, model } = await compatible({ refuses: { [field]: message } });
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', attempts: 2 });
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', attempts: 1 });
    expect(bodies(server)[2]).not.toHaveProperty(field);
  });

  test('is told the limit by its newer name', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const { server, model } = await compatible({ refuses: { max_tokens: message } });
    expect(await model.ask(PROSE)).toMatchObject({ kind: 'text', attempts: 2 });
    expect(bodies(server)[1]).toMatchObject({ max_completion_tokens: 64 });
  });

  test('of which two questions find out at once gives up no more than one step', async () => {
    const { server, model } = await compatible({ refuses: { json_schema: 'json_schema is not supported' } });
    await Promise.all([model.ask(STRUCTURED), model.ask(STRUCTURED)]);
    await model.ask(STRUCTURED);
    expect(bodies(server).at(-1)).toMatchObject({ response_format: { type: 'json_object' } });
  });

  test('and refuses whatever is left out has refused the request', async () => {
    const { server, model } = await compatible();
    server.otherwise({
      fault: 'status',
      status: 400,
      body: { error: { message: 'seed, temperature, json_schema: no' } },
    });
    expect(await model.ask(STRUCTURED)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'bad_request' },
      attempts: 5,
    });
  });
});

describe('a question to Anthropic', () => {
  test('marks the constant part for the cache, which the next question is served from', async () => {
    const { server, model } = await anthropic();
    const long = { ...PROSE, system: 'A frame. '.repeat(400) };
    const first = await model.ask(long);
    const second = await model.ask({ ...long, prompt: 'Another finding.' });
    expect(first.usage).toMatchObject({ cached: 0 });
    expect(second.usage).toMatchObject({ cached: 900, input: 910 });
    expect(bodies(server)[0]).toMatchObject({
      system: [{ type: 'text', text: long.system, cache_control: { type: 'ephemeral' } }],
    });
  });

  test('asks for the schema as an output format where the model knows it', async () => {
    const { server, model } = await anthropic({}, 'claude-sonnet-4-5');
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', text: '{"works":true}' });
    expect(bodies(server)[0]).toMatchObject({ output_config: { format: { type: 'json_schema' } } });
  });

  test('falls back to a tool’s input, and then to words', async () => {
    const { server, model } = await anthropic(
      {
        refuses: {
          output_config: 'output_config: Extra inputs are not permitted',
          tool_choice: 'tool_choice: not supported',
        },
      },
      'claude-sonnet-4-5',
    );
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', attempts: 3 });
    expect(bodies(server)[1]).toMatchObject({ tools: [{ name: 'json' }] });
    expect(bodies(server)[2]).not.toHaveProperty('tools');
  });
});

describe('the other providers', () => {
  test('Google gets the schema, or JSON without one', async () => {
    const server = await startGoogleServer({
      refusesSchema: 'Invalid JSON payload: response_schema is not supported',
    });
    servers.push(server);
    server.otherwise({ text: '{"works":true}' });
    const model = await openLanguageModel(addressOf('google', server.url), createTestWire());
    expect(await model.ask(STRUCTURED)).toMatchObject({ kind: 'text', attempts: 2, model: 'gemini-fake' });
    expect(bodies(server)[1]).toMatchObject({
      generationConfig: { responseMimeType: 'application/json', temperature: 0 },
    });
  });

  test('a request to Bedrock is signed for its region, and a key goes instead of a signature', async () => {
    const server = await startBedrockServer({ accessKeyId: 'A' });
    servers.push(server);
    const extra = { region: 'eu-central-1', accessKeyId: 'AKID', secretAccessKey: 'secret-of-the-fake' };
    const signed = await openLanguageModel(
      addressOf('bedrock', server.url, { apiKey: null, extra }),
      createTestWire(),
    );
    const keyed = await openLanguageModel(
      addressOf('bedrock', server.url, { apiKey: 'A-bedrock-key', extra }),
      createTestWire(),
    );
    await signed.ask(PROSE);
    await keyed.ask(PROSE);
    const [first, second] = server.questions().map(({ headers }) => headers.authorization);
    expect(first).toContain('/eu-central-1/bedrock/aws4_request');
    expect(second).toBe('Bearer A-bedrock-key');
  });
});
