// Every server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, LM Studio, GitHub Models, DeepSeek and more.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { AssayError } from '../../../domain/errors.ts';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import { NO_OPTIONS, type ProviderDoor } from './provider-door.ts';

export function openaiCompatibleDoor({ name, baseUrl, apiKey }: ModelAddress): ProviderDoor {
  if (baseUrl === null) {
    throw new AssayError('configuration', 'The provider openai-compatible has no address of its own.', {
      hint: 'Set ASSAY_MODEL_BASE_URL, for example http://127.0.0.1:11434/v1',
    });
  }
  const base = parseBaseAddress(baseUrl, '/v1');
  const client = (fetch: typeof globalThis.fetch) =>
    createOpenAICompatible({
      name: 'compatible',
      baseURL: withoutSlash(base),
      fetch,
      includeUsage: true,
      supportsStructuredOutputs: true,
      ...(apiKey === null ? {} : { apiKey }),
    });
  return {
    base,
    chat: (fetch) => client(fetch).chatModel(name.name),
    embedding: (fetch) => client(fetch).embeddingModel(name.name),
    jsonOptions: (_, strict) => ({ compatible: { strictJsonSchema: strict } }),
    jsonByTool: false,
    systemOptions: NO_OPTIONS,
  };
}
