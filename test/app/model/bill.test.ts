// The bill: what a run spent, by what, and what its answers are worth; and what it would spend.
import { describe, expect, it } from 'vitest';
import type { ModelExchange } from '#domain/model.ts';
import { createBill } from '../../../src/app/model/bill.ts';
import { estimateCost } from '../../../src/app/model/estimate.ts';

const PRICE = { input: 1, cached: 0.1, output: 10 };

function exchange(overrides: Partial<ModelExchange> = {}): ModelExchange {
  const usage = { input: 1000, cached: 500, output: 100 };
  return {
    ...{ task: 'verdict', findings: 1, usage, latencyMs: 100, attempts: 1, failure: null, fromCache: false },
    ...overrides,
  };
}

const NOT_SENT = { attempts: 0, latencyMs: 0, usage: { input: 0, cached: 0, output: 0 } };

describe('the bill of a run', () => {
  it('counts what went over the wire, failures that cost tokens as well', () => {
    const bill = createBill(PRICE);
    bill.record(exchange());
    bill.record(exchange({ attempts: 3, failure: 'truncated', latencyMs: 400 }));
    bill.record(exchange({ task: 'patch', attempts: 0, latencyMs: 0, fromCache: true }));
    bill.record(exchange({ ...NOT_SENT, failure: 'budget' }));
    const cost = (500 * 1 + 500 * 0.1 + 100 * 10) / 1e6;
    expect(bill.inRun()).toEqual({
      questions: { sent: 2, fromCache: 1, notAsked: 1, failures: { truncated: 1, budget: 1 } },
      requests: 4,
      tokens: { input: 2000, cached: 1000, output: 200 },
      money: 2 * cost,
      latencyMs: { total: 500, p50: 100, p95: 400, each: [100, 400] },
      byTask: {
        verdict: {
          questions: { sent: 2, fromCache: 0, notAsked: 1, failures: { truncated: 1, budget: 1 } },
          requests: 4,
          tokens: { input: 2000, cached: 1000, output: 200 },
          money: 2 * cost,
        },
        patch: {
          questions: { sent: 0, fromCache: 1, notAsked: 0, failures: {} },
          ...{ requests: 0, tokens: { input: 0, cached: 0, output: 0 }, money: 0 },
        },
      },
    });
    expect(bill.ofAnswers()).toEqual({ tokens: { input: 3000, cached: 1500, output: 300 }, money: 3 * cost });
  });

  it('of the answers does not depend on their order', () => {
    const usages = [0.1, 0.2, 0.3, 0.7].map((share, index) => ({
      input: share * 1e6 + index,
      cached: 0,
      output: index,
    }));
    const billOf = (order: readonly (typeof usages)[number][]) => {
      const bill = createBill(PRICE);
      for (const usage of order) bill.record(exchange({ usage }));
      return bill.ofAnswers();
    };
    expect(billOf(usages)).toEqual(billOf(usages.toReversed()));
  });

  it('has embeddings at their own price, and apart from the answers', () => {
    const embedded = exchange({ task: 'embedding', usage: { input: 1e6, cached: 0, output: 0 } });
    const [known, unknown] = [createBill(PRICE, { input: 0.02, cached: 0.02, output: 0 }), createBill(PRICE)];
    for (const bill of [known, unknown]) bill.record(embedded);
    expect(known.inRun()).toMatchObject({ questions: { sent: 0 }, requests: 1, money: 0.02 });
    expect(known.inRun().byTask.embedding).toMatchObject({ tokens: { input: 1e6 }, money: 0.02 });
    expect(known.ofAnswers()).toEqual({ tokens: { input: 0, cached: 0, output: 0 }, money: 0 });
    expect(unknown.inRun().money).toBeNull();
  });

  it('knows no money without a price, and is empty when nothing was asked', () => {
    const bill = createBill(null);
    expect(bill.inRun()).toMatchObject({ requests: 0, money: null, latencyMs: { total: 0, p50: 0, p95: 0 } });
    expect(bill.ofAnswers().money).toBeNull();
  });
});

describe('an estimate', () => {
  const prompts = [
    { task: 'verdict' as const, findings: 3, tokens: 4000, maxOutputTokens: 1000 },
    { task: 'verdict' as const, findings: 1, tokens: 4000, maxOutputTokens: 1000 },
    { task: 'patch' as const, findings: 1, tokens: 2000, maxOutputTokens: 2000 },
  ];

  it('gives ranges of tokens and of money', () => {
    expect(estimateCost(prompts, PRICE)).toEqual({
      ...{ requests: 3, findings: 4, byTask: { verdict: 2, patch: 1 } },
      tokens: { input: { low: 7500, high: 12_500 }, output: { low: 400, high: 4000 } },
      money: { low: 0.0115, high: 0.0525 },
    });
  });

  it('gives no money without a price', () => {
    expect(estimateCost(prompts, null).money).toBeNull();
    expect(estimateCost([], PRICE)).toMatchObject({ requests: 0, findings: 0, money: { low: 0, high: 0 } });
  });
});
