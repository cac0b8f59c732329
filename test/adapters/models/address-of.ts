// The address of a fake, with the key that it knows.
import type { ModelProvider } from '#domain/model.ts';
import type { ModelAddress } from '#ports/language-model.ts';

export const KEY = 'key-of-the-fake';

const NAMES: Readonly<Record<ModelProvider, string>> = {
  'openai-compatible': 'fake-model',
  openai: 'fake-model',
  anthropic: 'claude-fake',
  google: 'gemini-fake',
  azure: 'fake-model',
  bedrock: 'amazon.fake-v1:0',
};

export function addressOf(
  provider: ModelProvider,
  baseUrl: string | null,
  more: Partial<ModelAddress> = {},
): ModelAddress {
  return { name: { provider, name: NAMES[provider] }, baseUrl, apiKey: KEY, extra: {}, ...more };
}
