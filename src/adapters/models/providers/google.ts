// Google's Gemini API (generateContent), with a key.
import { createGoogle } from '@ai-sdk/google';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import { NO_OPTIONS, type ProviderDoor } from './provider-door.ts';

export function googleDoor({ name, baseUrl, apiKey }: ModelAddress): ProviderDoor {
  const base = parseBaseAddress(baseUrl ?? 'https://generativelanguage.googleapis.com/v1beta', '/v1beta');
  const client = (fetch: typeof globalThis.fetch) =>
    createGoogle({ baseURL: withoutSlash(base), apiKey: apiKey ?? '', fetch });
  return {
    base,
    chat: (fetch) => client(fetch).chat(name.name),
    embedding: (fetch) => client(fetch).embedding(name.name),
    jsonOptions: () => NO_OPTIONS,
    jsonByTool: false,
    systemOptions: NO_OPTIONS,
  };
}
