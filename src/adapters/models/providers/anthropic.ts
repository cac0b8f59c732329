// Anthropic's messages API: the constant part is marked for its cache, and JSON is asked for as an output format, else as a tool's input.
import { createAnthropic } from '@ai-sdk/anthropic';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import type { ProviderDoor } from './provider-door.ts';

export function anthropicDoor({ name, baseUrl, apiKey }: ModelAddress): ProviderDoor {
  const base = parseBaseAddress(baseUrl ?? 'https://api.anthropic.com/v1', '/v1');
  return {
    base,
    chat: (fetch) =>
      createAnthropic({ baseURL: withoutSlash(base), apiKey: apiKey ?? '', fetch }).messages(name.name),
    embedding: null,
    jsonOptions: (structure) => ({
      anthropic: { structuredOutputMode: structure === 'schema' ? 'auto' : 'jsonTool' },
    }),
    jsonByTool: true,
    systemOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
  };
}
