// Where the chosen model is and with which key: from the operator's environment alone (security rows 9, 28).
import type { ModelName, ModelProvider } from '#domain/model.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ModelAddress } from '#ports/language-model.ts';
import type { Variables } from '../environment.ts';

interface ProviderVariables {
  /** In the order they are looked at, after `ASSAY_MODEL_API_KEY`. */
  readonly keys: readonly string[];
  /** After `ASSAY_MODEL_BASE_URL`. */
  readonly addresses: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
  /** What must be known before anything can be asked. */
  readonly needs: 'address' | 'key' | 'key and address' | 'key or credentials';
}

/** The variables that each vendor's own tools read. */
const PROVIDERS: Readonly<Record<ModelProvider, ProviderVariables>> = {
  'openai-compatible': { keys: [], addresses: [], extra: {}, needs: 'address' },
  openai: { keys: ['OPENAI_API_KEY'], addresses: ['OPENAI_BASE_URL'], extra: {}, needs: 'key' },
  anthropic: { keys: ['ANTHROPIC_API_KEY'], addresses: ['ANTHROPIC_BASE_URL'], extra: {}, needs: 'key' },
  google: {
    keys: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
    addresses: [],
    extra: {},
    needs: 'key',
  },
  azure: {
    keys: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
    addresses: ['AZURE_OPENAI_ENDPOINT'],
    extra: { apiVersion: ['AZURE_OPENAI_API_VERSION', 'OPENAI_API_VERSION'] },
    needs: 'key and address',
  },
  bedrock: {
    keys: ['AWS_BEARER_TOKEN_BEDROCK'],
    addresses: [],
    extra: {
      region: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
      accessKeyId: ['AWS_ACCESS_KEY_ID'],
      secretAccessKey: ['AWS_SECRET_ACCESS_KEY'],
      sessionToken: ['AWS_SESSION_TOKEN'],
    },
    needs: 'key or credentials',
  },
};

/** The variables in which a key is looked for, as a piece of a sentence. */
export function keyVariables(provider: ModelProvider): string {
  return namedVariables(['ASSAY_MODEL_API_KEY', ...PROVIDERS[provider].keys]);
}

function namedVariables(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' / ');
}

/** Variables that are looked at first, by the names that a person sets them by. */
export interface OwnVariables {
  readonly key: string;
  readonly address: string;
}

const OF_THE_MODEL: OwnVariables = { key: 'ASSAY_MODEL_API_KEY', address: 'ASSAY_MODEL_BASE_URL' };

/** The address, or a sentence on what is missing and where to put it: `own` names the variables in it, and `variables` holds their values as `ASSAY_MODEL_…`. */
export function modelAddress(
  name: ModelName,
  variables: Variables,
  own: OwnVariables = OF_THE_MODEL,
): ModelAddress | { readonly missing: Phrase } {
  const provider = PROVIDERS[name.provider];
  const first = (names: readonly string[]) =>
    names.map((key) => variables[key]?.trim() ?? '').find((value) => value !== '') ?? null;
  const apiKey = first(['ASSAY_MODEL_API_KEY', ...provider.keys]);
  const baseUrl = first(['ASSAY_MODEL_BASE_URL', ...provider.addresses]);
  const extra: Record<string, string> = {};
  for (const [key, names] of Object.entries(provider.extra)) {
    const value = first(names);
    if (value !== null) extra[key] = value;
  }
  const [one, other] = missingOf(provider, { apiKey, baseUrl, extra }, own);
  if (one === undefined) return { name, baseUrl, apiKey, extra };
  const missing = other === undefined ? one : phrase`${one} and ${other}`;
  return { missing: phrase`${`\`${name.provider}\``} needs ${missing}` };
}

function missingOf(
  provider: ProviderVariables,
  { apiKey, baseUrl, extra }: Omit<ModelAddress, 'name'>,
  own: OwnVariables,
): readonly Phrase[] {
  const key = phrase`a key in ${namedVariables([own.key, ...provider.keys])}`;
  const address = phrase`an address in ${namedVariables([own.address, ...provider.addresses])}`;
  switch (provider.needs) {
    case 'address':
      return baseUrl === null ? [address] : [];
    case 'key':
      return apiKey === null ? [key] : [];
    case 'key and address':
      return [...(apiKey === null ? [key] : []), ...(baseUrl === null ? [address] : [])];
    case 'key or credentials': {
      const signs = extra.accessKeyId !== undefined && extra.secretAccessKey !== undefined;
      const region = phrase`a region in ${namedVariables(['AWS_REGION'])}`;
      const credentials = phrase`${key}, or ${namedVariables(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])}`;
      return [
        ...(apiKey === null && !signs ? [credentials] : []),
        ...(extra.region === undefined && baseUrl === null ? [region] : []),
      ];
    }
  }
}
