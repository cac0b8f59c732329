// Vectors cost, too: they are within the budget and in the bill, and what is known is not asked for again.
import { expect, test } from 'vitest';
import type { EmbeddingModel } from '#ports/embedding-model.ts';
import type { KnowledgeStore } from '#ports/knowledge-store.ts';
import { createBill } from '../../../src/app/model/bill.ts';
import { createBudget } from '../../../src/app/model/budget.ts';
import { meterEmbeddings } from '../../../src/app/model/meter-embeddings.ts';

const PRICE = { input: 0.1, cached: 0.1, output: 0 };
const TEXTS = ['how do we escape SQL', 'how do we hash passwords'];

function memoryStore(): KnowledgeStore {
  const kept = new Map<string, Float32Array>();
  return {
    problems: [],
    read: (_, keys) => new Map([...kept].filter(([key]) => keys.includes(key))),
    write: (_, vectors) => {
      for (const [key, vector] of vectors) kept.set(key, vector);
    },
    close: () => {},
  };
}

function metered(tokens: number, store: KnowledgeStore | null = null) {
  const sent: string[] = [];
  const model: EmbeddingModel = {
    id: 'openai/embedder',
    embed: async (texts) => {
      sent.push(...texts);
      const usage = { input: 7 * texts.length, cached: 0, output: 0 };
      return { kind: 'vectors', vectors: texts.map((text) => Float32Array.of(text.length)), usage };
    },
  };
  const bill = createBill(null, PRICE);
  const budget = createBudget({ tokens, money: 1, findings: 0 }, null, 4);
  const meter = meterEmbeddings({ id: model.id, spending: { model, bill, budget }, price: PRICE, store });
  return { meter, bill, sent };
}

test('the bill has what the provider counted, the result what was estimated', async () => {
  const { meter, bill } = metered(1_000);
  expect(await meter.embed(TEXTS)).toMatchObject({ kind: 'vectors', vectors: [{ 0: 20 }, { 0: 24 }] });
  expect(bill.inRun().byTask.embedding).toMatchObject({
    requests: 1,
    tokens: { input: 14 },
    money: 0.000001,
  });
  expect(meter.use()).toEqual({ model: 'openai/embedder', texts: 2, tokens: 13, money: 0.000001 });
});

test('what is kept is not asked for again, and the result is the same', async () => {
  const store = memoryStore();
  const first = metered(1_000, store);
  const vectors = await first.meter.embed(TEXTS);
  const second = metered(1_000, store);
  expect(await second.meter.embed(TEXTS)).toEqual(vectors);
  expect(second.sent).toEqual([]);
  expect(second.bill.inRun()).toMatchObject({ requests: 0, tokens: { input: 0 } });
  expect(second.meter.use()).toEqual(first.meter.use());
});

test('beyond the budget nothing is sent, whatever is kept', async () => {
  const store = memoryStore();
  await metered(1_000, store).meter.embed(TEXTS);
  const { meter, sent } = metered(5, store);
  expect(await meter.embed(TEXTS)).toMatchObject({ kind: 'failed', failure: { kind: 'budget' } });
  expect(sent).toEqual([]);
  expect(meter.use()).toBeNull();
});

test('an estimate counts, and sends nothing', async () => {
  const meter = meterEmbeddings({ id: 'openai/embedder', spending: null, price: null, store: null });
  expect(await meter.embed(TEXTS)).toMatchObject({ kind: 'failed' });
  expect(meter.use()).toMatchObject({ texts: 2, tokens: 13, money: null });
});
