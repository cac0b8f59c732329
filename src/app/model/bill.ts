// What was asked of the model and what it cost: this run's spending for run-stats.json, and the worth of the answers for the result.
import type { ModelExchange, ModelFailureKind, ModelPrice, TokenUsage } from '#domain/model.ts';
import { costOf } from './prices.ts';

/**
 * What this run took. Times and money differ from run to run. A question is a prompt, about one finding or some of them; it takes no
 * request (its answer was kept), one, or several (repeats, and one try to mend an answer).
 */
export interface RunBill {
  readonly questions: QuestionCounts;
  /** Over the wire, repeats included. */
  readonly requests: number;
  readonly tokens: TokenUsage;
  /** US dollars; null when no price is known of something that was asked. */
  readonly money: number | null;
  readonly latencyMs: Percentiles & { readonly total: number; readonly each: readonly number[] };
  readonly byTask: Readonly<Partial<Record<ModelExchange['task'], TaskBill>>>;
}

interface QuestionCounts {
  readonly sent: number;
  readonly fromCache: number;
  /** Not sent because of the budget. */
  readonly notAsked: number;
  readonly failures: Readonly<Partial<Record<ModelFailureKind, number>>>;
}

export interface TaskBill {
  readonly questions: QuestionCounts;
  readonly requests: number;
  readonly tokens: TokenUsage;
  readonly money: number | null;
}

export interface Bill {
  record(exchange: ModelExchange): void;
  inRun(): RunBill;
  /**
   * What the answers cost when they were first given, from the cache or not, the useless ones too: the same in every run with the same
   * answers. Without embeddings, whose vectors are kept elsewhere.
   */
  ofAnswers(): { readonly tokens: TokenUsage; readonly money: number | null };
}

const NO_TOKENS: TokenUsage = { input: 0, cached: 0, output: 0 };
const MICRO = 1_000_000;

/** Prices of the model and of the embedding model; null where none is known. */
export function createBill(price: ModelPrice | null, embeddingPrice: ModelPrice | null = null): Bill {
  const exchanges: ModelExchange[] = [];
  const moneyOf = (some: readonly ModelExchange[]) => {
    const costs = [...Map.groupBy(some, isEmbedding)].map(([embedded, all]) =>
      costIn(all, embedded ? embeddingPrice : price),
    );
    // Where nothing was asked it is the model's price that says whether one is known.
    if (costs.length === 0) return costIn([], price);
    return costs.includes(null) ? null : inMicro(costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0));
  };
  return {
    record: (exchange) => {
      exchanges.push(exchange);
    },
    inRun() {
      const byTask = [...Map.groupBy(exchanges, ({ task }) => task)].map(
        ([task, all]) => [task, sumUp(all, moneyOf)] as const,
      );
      const answers = exchanges.filter((one) => !isEmbedding(one));
      return {
        ...sumUp(exchanges, moneyOf),
        questions: countQuestions(answers),
        latencyMs: latencies(answers.filter(wasSent)),
        byTask: Object.fromEntries(byTask),
      };
    },
    ofAnswers() {
      const answers = exchanges.filter((one) => !isEmbedding(one));
      return { tokens: sumTokens(answers), money: costIn(answers, price) };
    },
  };
}

/** US dollars in whole millionths. */
function costIn(exchanges: readonly ModelExchange[], price: ModelPrice | null): number | null {
  return price === null ? null : inMicro(costOf(sumTokens(exchanges), price));
}

function isEmbedding({ task }: ModelExchange): boolean {
  return task === 'embedding';
}

function wasSent({ attempts }: ModelExchange): boolean {
  return attempts > 0;
}

function sumUp(
  exchanges: readonly ModelExchange[],
  moneyOf: (some: readonly ModelExchange[]) => number | null,
): TaskBill {
  const sent = exchanges.filter(wasSent);
  return {
    questions: countQuestions(exchanges),
    requests: sent.reduce((sum, { attempts }) => sum + attempts, 0),
    tokens: sumTokens(sent),
    money: moneyOf(sent),
  };
}

function countQuestions(exchanges: readonly ModelExchange[]): QuestionCounts {
  return {
    sent: exchanges.filter(wasSent).length,
    fromCache: exchanges.filter(({ fromCache }) => fromCache).length,
    notAsked: exchanges.filter(({ failure }) => failure === 'budget').length,
    failures: countFailures(exchanges),
  };
}

function sumTokens(exchanges: readonly ModelExchange[]): TokenUsage {
  return exchanges.reduce(
    (sum, { usage }) => ({
      input: sum.input + usage.input,
      cached: sum.cached + usage.cached,
      output: sum.output + usage.output,
    }),
    NO_TOKENS,
  );
}

export function countFailures(
  some: Iterable<{ readonly failure: ModelFailureKind | null }>,
): Partial<Record<ModelFailureKind, number>> {
  const counts: Partial<Record<ModelFailureKind, number>> = {};
  for (const { failure } of some) {
    if (failure !== null) counts[failure] = (counts[failure] ?? 0) + 1;
  }
  return counts;
}

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** `each`: of every question that was sent, ascending; whole milliseconds. */
function latencies(exchanges: readonly ModelExchange[]): RunBill['latencyMs'] {
  const each = exchanges.map(({ latencyMs }) => Math.round(latencyMs)).sort((one, other) => one - other);
  return { total: each.reduce((sum, latency) => sum + latency, 0), ...percentilesOf(each), each };
}

/** By nearest rank; 0 where there is nothing. `latencies` in milliseconds, in any order. */
export function percentilesOf(latencies: readonly number[]): Percentiles {
  const sorted = [...latencies].sort((one, other) => one - other);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p95: rank(0.95) };
}

/** Millionths of a dollar say all that is of interest, and end the tails of binary fractions. */
function inMicro(dollars: number): number {
  return Math.round(dollars * MICRO) / MICRO;
}
