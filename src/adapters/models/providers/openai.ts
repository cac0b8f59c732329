// OpenAI itself, through chat completions: unlike its Responses API they keep nothing of a request unless they are told to.
import { createOpenAI } from '@ai-sdk/openai';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import { NO_OPTIONS, type ProviderDoor } from './provider-door.ts';

export function openaiDoor({ name, baseUrl, apiKey }: ModelAddress): ProviderDoor {
  const base = parseBaseAddress(baseUrl ?? 'https://api.openai.com/v1', '/v1');
  // What is left out, the client takes from the environment: a key that was meant for another address.
  const client = (fetch: typeof globalThis.fetch) =>
    createOpenAI({ baseURL: withoutSlash(base), apiKey: apiKey ?? '', fetch });
  return {
    base,
    chat: (fetch) => client(fetch).chat(name.name),
    embedding: (fetch) => client(fetch).embedding(name.name),
    jsonOptions: (_, strict) => ({ openai: { strictJsonSchema: strict } }),
    jsonByTool: false,
    systemOptions: NO_OPTIONS,
  };
}
