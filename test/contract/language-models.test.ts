import { MODEL_FAILURES, type ModelFailureKind } from '#domain/model.ts';
import { createScriptedModel, type ScriptedAnswer } from '../doubles/scripted-model.ts';
import { startAnthropicServer } from '../emulators/models/anthropic-server.ts';
import { AZURE_VERSION, startAzureServer } from '../emulators/models/azure-server.ts';
import { startBedrockServer } from '../emulators/models/bedrock-server.ts';
import { startGoogleServer } from '../emulators/models/google-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { languageModelContract, type ModelUnderTest } from './language-model.contract.ts';
import { FAILING, type FakeProvider, openBefore } from './model-under-test.ts';

const KEY = 'key-of-the-fake';
const FAKES: readonly (FakeProvider & { readonly without: readonly ModelFailureKind[] })[] = [
  { provider: 'openai-compatible', name: 'fake-model', apiKey: KEY, start: startOpenAiServer, without: [] },
  { provider: 'openai', name: 'fake-model', apiKey: KEY, start: startOpenAiServer, without: [] },
  {
    provider: 'azure',
    name: 'fake-model',
    apiKey: KEY,
    extra: { apiVersion: AZURE_VERSION },
    start: startAzureServer,
    without: [],
  },
  // Its filter and its model refuse with one and the same word.
  {
    provider: 'anthropic',
    name: 'claude-fake',
    apiKey: KEY,
    start: startAnthropicServer,
    without: ['content_filter'],
  },
  // These two know filters alone.
  { provider: 'google', name: 'gemini-fake', apiKey: KEY, start: startGoogleServer, without: ['refusal'] },
  {
    provider: 'bedrock',
    name: 'amazon.fake-v1:0',
    apiKey: null,
    extra: { region: 'eu-central-1', accessKeyId: 'AKIDFAKE', secretAccessKey: 'secret-of-the-fake' },
    start: startBedrockServer,
    without: ['refusal'],
  },
];

const onTheWire = MODEL_FAILURES.filter((kind) => FAILING[kind] !== undefined);
for (const { without, ...fake } of FAKES) {
  languageModelContract(
    `the model behind ${fake.provider}`,
    openBefore(fake),
    onTheWire.filter((kind) => !without.includes(kind)),
  );
}

async function openScripted(): Promise<ModelUnderTest> {
  const controller = new AbortController();
  const next: ScriptedAnswer[] = [];
  const model = createScriptedModel(() => next.shift() ?? 'Hello.', { signal: controller.signal });
  return {
    model,
    says: (text) => void next.push(text),
    fail: (kind) => void next.push({ fails: kind }),
    abort: (reason) => controller.abort(reason),
    dispose: async () => undefined,
  };
}

languageModelContract('the scripted model', openScripted, MODEL_FAILURES);
