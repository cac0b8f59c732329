// The fakes are as strict as the vendors, and say again what they said.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import { addressOf, KEY } from '../../adapters/models/address-of.ts';
import { PROSE, STRUCTURED } from '../../contract/language-model.contract.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';
import { createTestWire } from '../../doubles/model-wire.ts';
import { startAnthropicServer } from './anthropic-server.ts';
import { startBedrockServer } from './bedrock-server.ts';
import { startGoogleServer } from './google-server.ts';
import type { ModelServer } from './model-server.ts';
import { startOpenAiServer } from './openai-server.ts';

const servers: ModelServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function started(start: () => Promise<ModelServer>): Promise<ModelServer> {
  const server = await start();
  servers.push(server);
  return server;
}

test.each([
  ['openai-compatible', startOpenAiServer],
  ['anthropic', startAnthropicServer],
] as const)('what %s said is recorded without the key, and said again', async (provider, start) => {
  const folder = createTemporaryFolder();
  const file = path.join(folder, 'recorded.jsonl');
  const live = await started(start);
  live.recordTo(file);
  live.script({ text: 'Yes, by `escape`.' }, { text: '{"works":true}' }, { text: 'Piece by piece.' });
  const talk = async (server: ModelServer) => {
    const model = await openLanguageModel(addressOf(provider, server.url), createTestWire());
    return [await model.ask(PROSE), await model.ask(STRUCTURED), await model.stream(PROSE, () => undefined)];
  };
  const said = await talk(live);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
  expect(readFileSync(file, 'utf8')).not.toContain(KEY);

  const again = await started(start);
  again.replayFrom(file);
  expect(await talk(again)).toEqual(said);
  expect(again.violations).toEqual([]);
  const model = await openLanguageModel(addressOf(provider, again.url), createTestWire());
  expect(await model.ask({ ...PROSE, prompt: 'Something new.' })).toMatchObject({ kind: 'failed' });
  expect(again.violations).toHaveLength(3);
  rmSync(folder, { recursive: true });
});

test.each([
  [
    'OpenAI',
    startOpenAiServer,
    '/chat/completions',
    { model: 'fake-model', messages: [{ role: 'user', content: 'Hi' }], tools: [] },
  ],
  ['OpenAI', startOpenAiServer, '/completions', {}],
  [
    'Anthropic',
    startAnthropicServer,
    '/messages',
    { model: 'claude-fake', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] },
  ],
  ['Google', startGoogleServer, '/models/gemini-fake:generateContent', { contents: [], tools: [] }],
  [
    'Bedrock',
    startBedrockServer,
    '/model/amazon.fake-v1%3A0/converse',
    { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
  ],
] as const)('a request that %s would not know is reported', async (_, start, where, body) => {
  const server = await started(start);
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${KEY}`,
    'x-api-key': KEY,
    'x-goog-api-key': KEY,
  };
  const answer = await fetch(`${server.url}${where}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(400);
  expect(server.violations.length).toBeGreaterThan(0);
});
