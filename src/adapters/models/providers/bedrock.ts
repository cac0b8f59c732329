// Amazon Bedrock's Converse API, with a Bedrock key or with requests signed by AWS credentials.
import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { AssayError } from '../../../domain/errors.ts';
import type { ModelAddress } from '../../../ports/language-model.ts';
import { parseBaseAddress, withoutSlash } from '../base-address.ts';
import type { ProviderDoor } from './provider-door.ts';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/;

export function bedrockDoor({ name, baseUrl, apiKey, extra }: ModelAddress): ProviderDoor {
  const region = extra.region ?? regionOf(baseUrl);
  if (!REGION.test(region)) {
    throw new AssayError('configuration', 'The region for bedrock is no AWS region.', {
      hint: 'Set AWS_REGION, for example eu-central-1',
    });
  }
  const base = parseBaseAddress(baseUrl ?? hostOf(region), '');
  const { accessKeyId = '', secretAccessKey = '', sessionToken } = extra;
  const client = (fetch: typeof globalThis.fetch) =>
    createAmazonBedrock({
      baseURL: withoutSlash(base),
      region,
      // Empty, not left out: the client would look into the environment.
      apiKey: apiKey ?? '',
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      fetch,
    });
  return {
    base,
    chat: (fetch) => client(fetch).languageModel(name.name),
    embedding: (fetch) => client(fetch).embedding(name.name),
    jsonOptions: (structure) => ({
      amazonBedrock: { structuredOutputMode: structure === 'schema' ? 'auto' : 'jsonTool' },
    }),
    jsonByTool: true,
    systemOptions: {},
  };
}

function hostOf(region: string): string {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://bedrock-runtime.${region}.${domain}`;
}

/** Of a VPC endpoint or the like; a gateway's name does not tell, and the signature needs one. */
function regionOf(baseUrl: string | null): string {
  return /\.([a-z]{2}(?:-[a-z]+)+-\d{1,2})\./.exec(baseUrl ?? '')?.[1] ?? 'us-east-1';
}
