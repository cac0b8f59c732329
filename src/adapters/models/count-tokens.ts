// What a request cost in tokens, as the provider says, or as near as its characters tell.
import type { TokenUsage } from '../../domain/model.ts';

const CHARACTERS_A_TOKEN = 4;

interface Told {
  readonly input: number | undefined;
  readonly cached: number | undefined;
  readonly output: number | undefined;
}

/** Numbers that are none, negative, or 0 where something was said are estimated by characters / 4; what is cached is part of the input. */
export function countTokens(told: Told, sent: string, received: string): TokenUsage {
  const input = count(told.input) || estimate(sent);
  const output = count(told.output) || estimate(received);
  return { input, cached: Math.min(count(told.cached), input), output };
}

/** For requests of which only our side is known. */
export function estimateTokens(sent: string, received: string): TokenUsage {
  return { input: estimate(sent), cached: 0, output: estimate(received) };
}

function count(value: number | undefined): number {
  return value !== undefined && Number.isSafeInteger(Math.round(value)) ? Math.max(0, Math.round(value)) : 0;
}

function estimate(text: string): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN);
}
