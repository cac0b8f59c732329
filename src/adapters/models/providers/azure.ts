// Azure OpenAI: OpenAI's wire on a resource's own host, with the deployment as the model's name.
import { createAzure } from '@ai-sdk/azure';
import { AssayError } from '../../../domain/errors.ts';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import { NO_OPTIONS, type ProviderDoor } from './provider-door.ts';

const VERSION = /^[\w-]{1,40}$/;
/** Versions before v1 are dates, and have the deployment in the path (learn.microsoft.com/azure/ai-services/openai/api-version-lifecycle). */
const DATED = /^\d{4}-/;

export function azureDoor({ name, baseUrl, apiKey, extra }: ModelAddress): ProviderDoor {
  if (baseUrl === null) {
    throw new AssayError('configuration', 'The provider azure has no address of its own.', {
      hint: 'Set AZURE_OPENAI_ENDPOINT or ASSAY_MODEL_BASE_URL, for example https://NAME.openai.azure.com',
    });
  }
  const { apiVersion } = extra;
  if (apiVersion !== undefined && !VERSION.test(apiVersion)) {
    throw new AssayError('configuration', 'The API version for azure is no version.', {
      hint: 'Set AZURE_OPENAI_API_VERSION to v1, or to a date such as 2024-10-21',
    });
  }
  const base = parseBaseAddress(baseUrl, '/openai');
  const client = (fetch: typeof globalThis.fetch) =>
    createAzure({
      baseURL: withoutSlash(base),
      apiKey: apiKey ?? '',
      fetch,
      ...(apiVersion === undefined ? {} : { apiVersion, useDeploymentBasedUrls: DATED.test(apiVersion) }),
    });
  return {
    base,
    chat: (fetch) => client(fetch).chat(name.name),
    embedding: (fetch) => client(fetch).embedding(name.name),
    jsonOptions: (_, strict) => ({ openai: { strictJsonSchema: strict } }),
    jsonByTool: false,
    systemOptions: NO_OPTIONS,
  };
}
