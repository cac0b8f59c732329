// What is particular to a provider: where it is, how its client is made, and what its own options are called.
import type { EmbeddingModel, generateText, LanguageModel } from 'ai';
import type { Structure } from '../server-habits.ts';

/** Never a name: `ai` sends names to a gateway of its own. */
export type ModelObject = Exclude<LanguageModel, string>;
export type EmbeddingObject = Exclude<EmbeddingModel, string>;
export type ProviderOptions = NonNullable<Parameters<typeof generateText>[0]['providerOptions']>;

type Fetch = typeof globalThis.fetch;

export interface ProviderDoor {
  readonly base: URL;
  /** A client for one question, which sends through `fetch`. */
  readonly chat: (fetch: Fetch) => ModelObject;
  /** Null: the provider has no embeddings. */
  readonly embedding: ((fetch: Fetch) => EmbeddingObject) | null;
  /** For an answer that is to be JSON. `strict`: whether the schema is one that OpenAI holds answers to exactly. */
  readonly jsonOptions: (structure: Structure, strict: boolean) => ProviderOptions;
  /** Whether JSON without its schema as a feature is asked for as a tool's input: then the schema is the tool's. */
  readonly jsonByTool: boolean;
  /** On the constant part, for providers that keep it in a cache only when they are told. */
  readonly systemOptions: ProviderOptions;
}

export const NO_OPTIONS: ProviderOptions = {};
