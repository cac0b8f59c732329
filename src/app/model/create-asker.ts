// Asks a model questions: from the cache, else within the budget over the wire, with one try to mend an unusable answer.
import pLimit from 'p-limit';
import { AssayError } from '#domain/errors.ts';
import type { ModelExchange, ModelFailure, ModelTask, TokenUsage } from '#domain/model.ts';
import type { AnswerCache } from '#ports/answer-cache.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '#ports/language-model.ts';
import { type AnswerKeyParts, answerKey } from './answer-key.ts';
import type { Bill } from './bill.ts';
import type { Budget, Place } from './budget.ts';
import { repairRequest } from './repair-request.ts';
import { createStopRule } from './stop-rule.ts';
import { readFailure, readStored, writeFailure, writeStored } from './stored-answer.ts';

/** What of a rendered prompt is needed to ask it. */
export interface AskedPrompt {
  readonly id: string;
  readonly hash: string;
  readonly system: string;
  readonly prompt: string;
  /** Opaque id → finding id. */
  readonly bindings: ReadonlyMap<string, string>;
  /** Tokens of system and prompt together, about. */
  readonly tokens: number;
}

export type ParsedAnswer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'invalid'; readonly why: string };

export interface Question<T> {
  readonly task: ModelTask;
  /** Findings that it is about. Which they are stands in the prompt's bindings. */
  readonly findings: number;
  readonly prompt: AskedPrompt;
  readonly schema: ModelRequest['schema'];
  readonly maxOutputTokens: number;
  /** `why` is a sentence of ours, which the model is shown. */
  parse(text: string): ParsedAnswer<T>;
  /** The value as it may be kept: JSON without a line of source; null for one that is asked for again. */
  pack(value: T): unknown;
  /** Null for what does not fit: it is asked again then. */
  unpack(stored: unknown): T | null;
}

export type Asked<T> =
  | {
      readonly kind: 'value';
      readonly value: T;
      readonly exchange: ModelExchange;
      /** What the provider said answered; '' when it did not say. */
      readonly model: string;
    }
  | { readonly kind: 'failed'; readonly failure: ModelFailure; readonly exchange: ModelExchange };

export interface Asker {
  /**
   * The order of the calls is the order of the budget: ask the most severe first, and follow-up questions when all answers of a round are
   * there. Never rejects for what a provider does.
   */
  ask<T>(question: Question<T>): Promise<Asked<T>>;
}

export interface AskerParts {
  readonly model: LanguageModel;
  /** Null: nothing is kept. */
  readonly cache: AnswerCache | null;
  readonly budget: Budget;
  readonly bill: Bill;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly keyParts: AnswerKeyParts;
}

interface Outcome<T> {
  readonly asked: { readonly value: T; readonly model: string } | { readonly failure: ModelFailure };
  readonly usage: TokenUsage;
  readonly latencyMs: number;
  readonly attempts: number;
  readonly fromCache: boolean;
  /** False where a second try would have been made, had the budget had room for it. */
  readonly final?: boolean;
}

const NO_USAGE: TokenUsage = { input: 0, cached: 0, output: 0 };
const UNSENT = { usage: NO_USAGE, latencyMs: 0, attempts: 0, fromCache: false };
const LOOK_UPS = 16;

export function createAsker(parts: AskerParts): Asker {
  const { cache, budget, bill } = parts;
  const wire = pLimit(parts.concurrency);
  const lookUp = pLimit(LOOK_UPS);
  const stop = createStopRule();

  async function answer<T>(question: Question<T>, place: Place): Promise<Outcome<T>> {
    // What is turned away at once must cost next to nothing: there may be a hundred thousand of it (security row 40).
    const early = place.inLine ? null : await place.admission;
    if (early?.kind === 'refused') return { ...UNSENT, asked: { failure: early.failure } };
    const request = requestOf(question);
    const key = cache === null ? '' : answerKey(parts.keyParts, parts.model.id, question.prompt, request);
    const stored: unknown = cache === null ? null : await lookUp(() => cache.get(key));
    const kept = readStored(stored, question);
    const useless = readFailure(stored);
    // Kept answers count as if they were paid for: with them and without, the same questions are asked.
    const admission = await place.admission;
    if (kept !== null) {
      place.settle(chargeOf({ usage: kept.usage, attempts: 1 }, question));
      return { ...UNSENT, asked: kept, usage: kept.usage, fromCache: true };
    }
    // One that was to be mended, and had no room for it in the budget then, is asked again where there is room now.
    if (useless !== null && (useless.final || admission.kind === 'refused' || !admission.repair)) {
      place.settle(chargeOf({ usage: useless.usage, attempts: 1 }, question));
      return { ...UNSENT, asked: { failure: useless.failure }, usage: useless.usage, fromCache: true };
    }
    if (admission.kind === 'refused') return { ...UNSENT, asked: { failure: admission.failure } };
    let outcome: Outcome<T> = { ...UNSENT, asked: { failure: INTERRUPTED } };
    try {
      outcome = await wire(() => send(question, request, admission.repair));
    } finally {
      place.settle(chargeOf(outcome, question));
    }
    if ('failure' in outcome.asked) {
      return { ...outcome, asked: { failure: await keepFailure(key, outcome, outcome.asked.failure) } };
    }
    const { model } = outcome.asked;
    return { ...outcome, asked: { model, value: await keep(key, question, outcome.asked, outcome.usage) } };
  }

  /** The value as a later run will have it from the cache, so that both write the same bytes. */
  async function keep<T>(
    key: string,
    question: Question<T>,
    { value, model }: { value: T; model: string },
    usage: TokenUsage,
  ): Promise<T> {
    const packed = question.pack(value);
    if (packed === null) return value;
    const stored = writeStored({ value: packed, model, usage });
    await cache?.put(key, stored);
    return readStored(JSON.parse(JSON.stringify(stored)), question)?.value ?? value;
  }

  /** The failure as a later run will have it from the cache. */
  async function keepFailure<T>(
    key: string,
    { usage, final }: Outcome<T>,
    failure: ModelFailure,
  ): Promise<ModelFailure> {
    const stored = writeFailure(failure, final !== false, usage);
    if (stored === null) return failure;
    await cache?.put(key, stored);
    return stored.failure;
  }

  async function send<T>(question: Question<T>, request: ModelRequest, mayRepair: boolean) {
    const first = await tryOnce(question, request);
    if (first.repairWith === null) return first.outcome;
    if (!mayRepair) return { ...first.outcome, final: false };
    const second = await tryOnce(question, repairRequest(request, first.repairWith));
    return { ...second.outcome, ...sumOf(first.outcome, second.outcome) };
  }

  async function tryOnce<T>(question: Question<T>, request: ModelRequest) {
    const stopped = stop.failure();
    if (stopped !== null) {
      const outcome: Outcome<T> = { ...UNSENT, asked: { failure: stopped } };
      return { outcome, repairWith: null };
    }
    const reply = await askModel(parts.model, request);
    stop.heed(reply);
    return judge(question, reply);
  }

  return {
    async ask<T>(question: Question<T>): Promise<Asked<T>> {
      const place = budget.join(needOf(question));
      const { asked, final: _final, ...outcome } = await answer(question, place);
      const failure = 'failure' in asked ? asked.failure.kind : null;
      const { task, findings } = question;
      const exchange: ModelExchange = { task, findings, failure, ...outcome };
      bill.record(exchange);
      if ('failure' in asked) return { kind: 'failed', failure: asked.failure, exchange };
      return { kind: 'value', ...asked, exchange };
    },
  };
}

const INTERRUPTED: ModelFailure = { kind: 'interrupted', text: 'The run was stopped.' };

/** What a run is stopped with is an answer like others; whatever else is thrown is a defect of ours. */
async function askModel(model: LanguageModel, request: ModelRequest): Promise<ModelReply> {
  try {
    return await model.ask(request);
  } catch (error) {
    const isStop =
      (error instanceof AssayError && error.code === 'interrupted') ||
      (error instanceof Error && error.name === 'AbortError');
    if (!isStop) throw error;
    const { usage, latencyMs } = UNSENT;
    return { kind: 'failed', failure: INTERRUPTED, text: null, usage, latencyMs, attempts: 1 };
  }
}

function judge<T>(question: Question<T>, reply: ModelReply) {
  const { usage, latencyMs, attempts } = reply;
  const sent = { usage, latencyMs, attempts, fromCache: false };
  const failed = (failure: ModelFailure): Outcome<T> => ({ ...sent, asked: { failure } });
  if (reply.kind === 'failed') {
    const unusable = reply.failure.kind === 'invalid_output' && reply.text !== null;
    // A provider that cannot hold its answer to the schema may still have given one that can be read.
    const parsed = unusable ? question.parse(reply.text ?? '') : null;
    if (parsed?.kind === 'value')
      return { outcome: { ...sent, asked: { value: parsed.value, model: '' } }, repairWith: null };
    return { outcome: failed(reply.failure), repairWith: parsed === null ? null : parsed.why };
  }
  const parsed = question.parse(reply.text);
  if (parsed.kind === 'value')
    return { outcome: { ...sent, asked: { value: parsed.value, model: reply.model } }, repairWith: null };
  return { outcome: failed({ kind: 'invalid_output', text: parsed.why }), repairWith: parsed.why };
}

function requestOf<T>({ task, prompt, schema, maxOutputTokens }: Question<T>): ModelRequest {
  return { task, system: prompt.system, prompt: prompt.prompt, schema, maxOutputTokens };
}

function needOf<T>({ prompt, maxOutputTokens, findings }: Question<T>) {
  const ids = new Set(prompt.bindings.values());
  // Nothing is bound in prompts about no finding in particular.
  const named = ids.size > 0 ? [...ids] : Array.from({ length: findings }, (_, at) => `${prompt.hash}-${at}`);
  return { findings: named, input: prompt.tokens, output: maxOutputTokens };
}

/** Servers that report no usage are taken to have used what was estimated. */
function chargeOf<T>(
  { usage, attempts }: Pick<Outcome<T>, 'usage' | 'attempts'>,
  question: Question<T>,
): TokenUsage {
  if (attempts === 0 || usage.input + usage.output > 0) return usage;
  return { input: question.prompt.tokens, cached: 0, output: question.maxOutputTokens };
}

type Sent = Pick<Outcome<unknown>, 'usage' | 'latencyMs' | 'attempts'>;

function sumOf(first: Sent, second: Sent): Sent {
  return {
    usage: {
      input: first.usage.input + second.usage.input,
      cached: first.usage.cached + second.usage.cached,
      output: first.usage.output + second.usage.output,
    },
    latencyMs: first.latencyMs + second.latencyMs,
    attempts: first.attempts + second.attempts,
  };
}
