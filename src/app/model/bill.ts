// What was asked of the model and what it cost: this run's spending for run-stats.json, and the worth of the answers for the result.
import type { ModelExchange, ModelFailureKind, ModelTask, TokenUsage } from '#domain/model.ts';
import { costOf, type ModelPrice } from './prices.ts';

/** What went over the wire in this run. Times and money differ from run to run. */
export interface RunBill {
  /** Questions that were sent, and the requests that they took, repeats included. */
  readonly requests: number;
  readonly attempts: number;
  /** Questions answered from the cache, and those that were not sent because of the budget. */
  readonly fromCache: number;
  readonly notAsked: number;
  readonly tokens: TokenUsage;
  /** US dollars; null when no price is known. */
  readonly money: number | null;
  readonly latencyMs: { readonly total: number; readonly p50: number; readonly p95: number };
  readonly byTask: Readonly<Partial<Record<ModelTask, TaskBill>>>;
  readonly failures: Readonly<Partial<Record<ModelFailureKind, number>>>;
}

export interface TaskBill {
  readonly requests: number;
  readonly fromCache: number;
  readonly tokens: TokenUsage;
  readonly money: number | null;
}

export interface Bill {
  record(exchange: ModelExchange): void;
  inRun(): RunBill;
  /**
   * What the answers cost when they were first given, from the cache or not, the useless ones too: the same in every run with the same
   * answers.
   */
  ofAnswers(): { readonly tokens: TokenUsage; readonly money: number | null };
}

const NO_TOKENS: TokenUsage = { input: 0, cached: 0, output: 0 };
const MICRO = 1_000_000;

export function createBill(price: ModelPrice | null): Bill {
  const exchanges: ModelExchange[] = [];
  const moneyOf = (tokens: TokenUsage) => (price === null ? null : inMicro(costOf(tokens, price)));
  const wired = () => exchanges.filter(({ attempts }) => attempts > 0);
  return {
    record: (exchange) => {
      exchanges.push(exchange);
    },
    inRun() {
      const sent = wired();
      const tokens = sumTokens(sent);
      const byTask = [...Map.groupBy(exchanges, ({ task }) => task)].map(
        ([task, all]) => [task, taskBill(all, moneyOf)] as const,
      );
      return {
        requests: sent.length,
        attempts: sent.reduce((sum, { attempts }) => sum + attempts, 0),
        fromCache: exchanges.filter(({ fromCache }) => fromCache).length,
        notAsked: exchanges.filter(({ failure }) => failure === 'budget').length,
        tokens,
        money: moneyOf(tokens),
        latencyMs: latencies(sent),
        byTask: Object.fromEntries(byTask),
        failures: countFailures(exchanges),
      };
    },
    ofAnswers() {
      const tokens = sumTokens(exchanges);
      return { tokens, money: moneyOf(tokens) };
    },
  };
}

function taskBill(
  exchanges: readonly ModelExchange[],
  moneyOf: (tokens: TokenUsage) => number | null,
): TaskBill {
  const sent = exchanges.filter(({ attempts }) => attempts > 0);
  const tokens = sumTokens(sent);
  const fromCache = exchanges.filter((exchange) => exchange.fromCache).length;
  return { requests: sent.length, fromCache, tokens, money: moneyOf(tokens) };
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

function countFailures(exchanges: readonly ModelExchange[]): Partial<Record<ModelFailureKind, number>> {
  const counts: Partial<Record<ModelFailureKind, number>> = {};
  for (const { failure } of exchanges) {
    if (failure !== null) counts[failure] = (counts[failure] ?? 0) + 1;
  }
  return counts;
}

/** Percentiles by nearest rank, whole milliseconds; 0 when nothing was sent. */
function latencies(exchanges: readonly ModelExchange[]): RunBill['latencyMs'] {
  const sorted = exchanges.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const rank = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  const total = Math.round(sorted.reduce((sum, latency) => sum + latency, 0));
  return { total, p50: rank(0.5), p95: rank(0.95) };
}

/** Millionths of a dollar say all that is of interest, and end the tails of binary fractions. */
function inMicro(dollars: number): number {
  return Math.round(dollars * MICRO) / MICRO;
}
