// What asking would cost, before anything is sent.
import type { ModelPrice, ModelTask } from '#domain/model.ts';
import { costOf } from './prices.ts';

/** A prompt that would be sent. */
export interface PlannedPrompt {
  readonly task: ModelTask;
  readonly findings: number;
  /** Tokens of system and prompt, about. */
  readonly tokens: number;
  readonly maxOutputTokens: number;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Estimate {
  readonly requests: number;
  readonly findings: number;
  readonly byTask: Readonly<Partial<Record<ModelTask, number>>>;
  readonly tokens: { readonly input: Range; readonly output: Range };
  /** US dollars; null when no price is known. */
  readonly money: Range | null;
}

/** Tokens are counted without the model's own tokeniser: so far from it they may be. */
const SPREAD = 0.25;
/** The share of its limit that a short answer takes. */
const SHORT_ANSWER = 0.1;

/** The most that patches may come to. */
export interface PatchEstimate {
  readonly findings: number;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** US dollars; null when no price is known. */
  readonly money: number | null;
}

/** Proposals of one finding at most, and what the reason of the first one's refusal adds to the second prompt. */
const PROPOSALS = 2;
const REASON_TOKENS = 300;

/** When every proposal is refused and every answer is as long as it may be. */
export function estimatePatches(prompts: readonly PlannedPrompt[], price: ModelPrice | null): PatchEstimate {
  const input = prompts.reduce((sum, { tokens }) => sum + tokens * PROPOSALS + REASON_TOKENS, 0);
  const output = prompts.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens * PROPOSALS, 0);
  const tokens = { input: Math.round(input * (1 + SPREAD)), output };
  return {
    ...{ findings: prompts.length, requests: prompts.length * PROPOSALS, tokens },
    money: price === null ? null : costOf({ ...tokens, cached: 0 }, price),
  };
}

/**
 * Without the cache, and without more rounds or second tries. `findings` are those of verdicts and explanations, of which each finding
 * has one at most; or of all prompts where there is neither.
 */
export function estimateCost(prompts: readonly PlannedPrompt[], price: ModelPrice | null): Estimate {
  const sum = (of: (prompt: PlannedPrompt) => number) =>
    prompts.reduce((total, prompt) => total + of(prompt), 0);
  const sent = sum(({ tokens }) => tokens);
  const most = sum(({ maxOutputTokens }) => maxOutputTokens);
  const input = { low: Math.round(sent * (1 - SPREAD)), high: Math.round(sent * (1 + SPREAD)) };
  const output = { low: Math.round(most * SHORT_ANSWER), high: most };
  const costAt = (end: keyof Range, known: ModelPrice) =>
    costOf({ input: input[end], cached: 0, output: output[end] }, known);
  const judged = sum(({ task, findings }) => (task === 'verdict' || task === 'explanation' ? findings : 0));
  return {
    requests: prompts.length,
    findings: judged > 0 ? judged : sum(({ findings }) => findings),
    byTask: Object.fromEntries(
      [...Map.groupBy(prompts, ({ task }) => task)].map(([task, all]) => [task, all.length]),
    ),
    tokens: { input, output },
    money: price === null ? null : { low: costAt('low', price), high: costAt('high', price) },
  };
}
