// The words for talking to a language model: who it is, what it cost, and every way in which it can fail to help.

export const MODEL_PROVIDERS = [
  'openai-compatible',
  'openai',
  'anthropic',
  'google',
  'azure',
  'bedrock',
] as const;
export type ModelProvider = (typeof MODEL_PROVIDERS)[number];

/** Written `provider/name`, for example `anthropic/claude-sonnet-5` or `openai-compatible/Qwen/Qwen3-Coder-30B`. */
export interface ModelName {
  readonly provider: ModelProvider;
  readonly name: string;
}

/** What a model is asked for. `probe` is the tiny call of `assay doctor`. */
export const MODEL_TASKS = ['verdict', 'explanation', 'patch', 'question', 'probe'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** Tokens of one request or of a sum of them. `cached` is the part of `input` that the provider had in its prefix cache. */
export interface TokenUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** US dollars for a million tokens. `cached`: input that the provider had in its prefix cache. */
export interface ModelPrice {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** Whose word a price is: the team's policy, the table that ships with Assay and its day, or that one's own server sends no bill. */
export interface PriceOrigin {
  readonly from: 'policy' | 'table' | 'own_server';
  /** `YYYY-MM-DD` for the table. */
  readonly asOf: string | null;
}

/**
 * Why a model was of no help. Each falls back to the built-in judge and stands in the result.
 * - `refusal`, `content_filter`: the model, or a filter before it, would not answer
 * - `truncated`: the answer ran into its token limit
 * - `invalid_output`: not the JSON that was asked for, after one repair try
 * - `rate_limited`: still refused after waiting as long as the provider asked, or longer than we wait
 * - `timeout`, `redirect`, `oversize`: no answer in time, an answer from elsewhere, an answer larger than is read
 * - `budget`: the tokens or the money of this run are spent; the request was not sent
 * - `provider_down`: server errors or no connection; after several in a row nothing more is sent (circuit breaker)
 * - `unauthorised`, `unknown_model`, `bad_request`: the key, the name or the request is refused: no other request will fare better
 * - `too_long`: the prompt does not fit the model's context
 * - `interrupted`: the run was stopped
 */
export const MODEL_FAILURES = [
  'refusal',
  'content_filter',
  'truncated',
  'invalid_output',
  'rate_limited',
  'timeout',
  'redirect',
  'oversize',
  'budget',
  'provider_down',
  'unauthorised',
  'unknown_model',
  'bad_request',
  'too_long',
  'interrupted',
] as const;
export type ModelFailureKind = (typeof MODEL_FAILURES)[number];

export interface ModelFailure {
  readonly kind: ModelFailureKind;
  /** One sentence of ours; pieces of what the provider said stand between backticks, short and redacted. */
  readonly text: string;
}

/** One request and what became of it: a line of the bill. */
export interface ModelExchange {
  readonly task: ModelTask | 'embedding';
  /** Findings that the request was about. */
  readonly findings: number;
  readonly usage: TokenUsage;
  readonly latencyMs: number;
  /** Requests that went over the wire for it, repeats included; 0 when the answer came from our own cache or was never sent. */
  readonly attempts: number;
  readonly failure: ModelFailureKind | null;
  readonly fromCache: boolean;
}
