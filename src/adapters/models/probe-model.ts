// One tiny question for `assay doctor`: whether the model answers, whether it holds to a schema, how fast, and how much it can read.
import type { ModelFailure, TokenUsage } from '../../domain/model.ts';
import type { ModelAddress } from '../../ports/language-model.ts';
import { firstManners } from './ask-patiently.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { ModelWire } from './model-wire.ts';
import { openWithManners } from './open-language-model.ts';
import { readContextSize } from './read-context-size.ts';
import type { Structure } from './server-habits.ts';

export type ModelProbe =
  | {
      readonly kind: 'answered';
      /** How JSON was asked for in the end: by schema, as an object of any shape, or in words; null: the answer was not what was asked for. */
      readonly structure: Structure | null;
      readonly latencyMs: number;
      /** What the provider says answered; '' when it does not say. */
      readonly model: string;
      /** Tokens; null when the server does not say. */
      readonly contextTokens: number | null;
      readonly usage: TokenUsage;
    }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

const SCHEMA = {
  type: 'object',
  properties: { works: { type: 'boolean' } },
  required: ['works'],
  additionalProperties: false,
} as const;

/** Reasoning models think before they answer, and thoughts are counted. */
const MOST_TOKENS = 512;

/** Throws as `openLanguageModel` does. */
export async function probeModel(address: ModelAddress, wire: ModelWire): Promise<ModelProbe> {
  const manners = firstManners(createCircuitBreaker(wire.now));
  const model = await openWithManners(address, wire, manners);
  const reply = await model.ask({
    task: 'probe',
    system: 'You are asked whether you can answer in JSON.',
    prompt: 'Answer with {"works": true}.',
    schema: { name: 'probe', json: SCHEMA },
    maxOutputTokens: MOST_TOKENS,
  });
  if (reply.kind === 'failed') return { kind: 'failed', failure: reply.failure };
  const { latencyMs, usage } = reply;
  return {
    kind: 'answered',
    structure: isAsAsked(reply.text) ? manners.habits.structure : null,
    latencyMs,
    model: reply.model,
    contextTokens: await readContextSize(address, wire),
    usage,
  };
}

function isAsAsked(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
    return 'works' in value && typeof value.works === 'boolean';
  } catch {
    return false;
  }
}
