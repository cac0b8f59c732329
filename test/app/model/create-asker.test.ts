// Asking a model: what is sent, what is kept, what failures are, and when nothing more is sent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import type { ModelFailureKind } from '#domain/model.ts';
import type { AnswerCache } from '#ports/answer-cache.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { createBill } from '../../../src/app/model/bill.ts';
import { createBudget } from '../../../src/app/model/budget.ts';
import { type Asked, createAsker, type Question } from '../../../src/app/model/create-asker.ts';
import { replyingModel } from '../../doubles/replying-model.ts';

const PRICE = { input: 1, cached: 0.1, output: 10 };
const NO_LIMIT = { tokens: 1e9, money: null as number | null, findings: 1e6 };
const KEY_PARTS = { toolVersion: '1.0.0', policyHash: 'p', trustZone: 'trusted' as const };

function memoryCache(): AnswerCache & { readonly stored: Map<string, unknown> } {
  const stored = new Map<string, unknown>();
  return {
    stored,
    get: async (key) => JSON.parse(JSON.stringify(stored.get(key) ?? null)),
    put: async (key, value) => {
      stored.set(key, value);
    },
  };
}

function askerWith(
  model: LanguageModel,
  parts: { cache?: AnswerCache | null; limits?: typeof NO_LIMIT; concurrency?: number; keys?: object } = {},
) {
  const concurrency = parts.concurrency ?? 4;
  const bill = createBill(PRICE);
  const budget = createBudget(parts.limits ?? NO_LIMIT, PRICE, concurrency);
  const keyParts = { ...KEY_PARTS, ...parts.keys };
  const asker = createAsker({ model, cache: parts.cache ?? null, budget, bill, concurrency, keyParts });
  return { asker, bill, budget };
}

/** Asks about finding `id`; good answers are words in small letters. */
function question(id: string, overrides: Partial<Question<string>> = {}): Question<string> {
  return {
    task: 'verdict',
    findings: 1,
    prompt: {
      ...{
        id: 'verdict@1',
        hash: '0123456789abcdef',
        system: 'Judge.',
        prompt: `Finding ${id}`,
        tokens: 100,
      },
      bindings: new Map([[`opaque-${id}`, id]]),
    },
    schema: { name: 'answers', json: { type: 'string' } },
    maxOutputTokens: 50,
    parse: (text) =>
      /^[a-z]+$/.test(text) ? { kind: 'value', value: text } : { kind: 'invalid', why: 'It is no word.' },
    pack: (value) => [...value].map((letter) => letter.charCodeAt(0)),
    unpack: (stored) => (Array.isArray(stored) ? String.fromCharCode(...stored) : null),
    ...overrides,
  };
}

const kindOf = (asked: Asked<unknown>) => (asked.kind === 'value' ? 'value' : asked.failure.kind);

describe('an answer', () => {
  it('is parsed, and says who gave it and what it took', async () => {
    const { asker, bill } = askerWith(replyingModel(() => ({ text: 'real' })));
    const asked = await asker.ask(question('a'));
    expect(asked).toMatchObject({ kind: 'value', value: 'real', model: 'replying-2026' });
    expect(asked.exchange).toEqual({
      ...{ task: 'verdict', findings: 1, usage: { input: 100, cached: 0, output: 10 } },
      ...{ latencyMs: 5, attempts: 1, failure: null, fromCache: false },
    });
    expect(bill.inRun()).toMatchObject({ questions: { sent: 1 }, requests: 1, money: 0.0002 });
  });

  it('that cannot be read is asked for once more, with the reason at the end of the same prompt', async () => {
    const model = replyingModel((_, nth) => ({ text: nth === 0 ? 'N0' : 'real' }));
    const { asker } = askerWith(model);
    const asked = await asker.ask(question('a'));
    expect(asked).toMatchObject({ kind: 'value', value: 'real' });
    expect(asked.exchange).toMatchObject({ attempts: 2, usage: { input: 200, output: 20 } });
    const [first, second] = model.requests;
    expect(second?.system).toBe(first?.system);
    expect(second?.prompt.startsWith(`${first?.prompt}\n`)).toBe(true);
    expect(second?.prompt).toContain('It is no word.');
  });

  it('that cannot be read twice is a failure', async () => {
    const model = replyingModel(() => ({ text: 'N0' }));
    const asked = await askerWith(model).asker.ask(question('a'));
    expect(asked).toMatchObject({
      kind: 'failed',
      failure: { kind: 'invalid_output', text: 'It is no word.' },
    });
    expect(model.requests).toHaveLength(2);
  });

  it('that the provider would not accept, and we can read, is an answer', async () => {
    const failure = { kind: 'invalid_output' as const, text: 'no' };
    const model = replyingModel(() => ({ failure, text: 'real' }));
    expect(await askerWith(model).asker.ask(question('a'))).toMatchObject({ value: 'real' });
    expect(model.requests).toHaveLength(1);
  });

  it('is not asked for again after a refusal', async () => {
    const model = replyingModel(() => ({ failure: { kind: 'refusal', text: 'I will not.' }, text: 'N0' }));
    expect(kindOf(await askerWith(model).asker.ask(question('a')))).toBe('refusal');
    expect(model.requests).toHaveLength(1);
  });

  it('is not mended where the budget has room for one try only', async () => {
    const model = replyingModel(() => ({ text: 'N0' }));
    const { asker } = askerWith(model, { limits: { ...NO_LIMIT, tokens: 200 } });
    expect(kindOf(await asker.ask(question('a')))).toBe('invalid_output');
    expect(model.requests).toHaveLength(1);
  });
});

describe('concurrency', () => {
  it('is kept to', async () => {
    const model = replyingModel(() => ({ text: 'real' }), { turns: () => 20 });
    const { asker } = askerWith(model, { concurrency: 3 });
    await Promise.all(Array.from({ length: 20 }, (_, index) => asker.ask(question(String(index)))));
    expect(model.mostAtOnce()).toBe(3);
  });
});

describe('the cache', () => {
  it('answers a second run, which sends nothing and bills the answers the same', async () => {
    const cache = memoryCache();
    const first = askerWith(
      replyingModel(() => ({ text: 'abc' })),
      { cache },
    );
    await first.asker.ask(question('a'));
    const model = replyingModel(() => ({ text: 'never' }));
    const second = askerWith(model, { cache });
    const asked = await second.asker.ask(question('a'));
    expect(asked).toMatchObject({ kind: 'value', value: 'abc', model: 'replying-2026' });
    expect(asked.exchange).toMatchObject({ fromCache: true, attempts: 0, latencyMs: 0 });
    expect(model.requests).toHaveLength(0);
    expect(second.bill.ofAnswers()).toEqual(first.bill.ofAnswers());
    expect(second.bill.inRun()).toMatchObject({
      questions: { sent: 0, fromCache: 1 },
      requests: 0,
      money: 0,
    });
  });

  it('holds the packed value and nothing that the model wrote', async () => {
    const cache = memoryCache();
    await askerWith(
      replyingModel(() => ({ text: 'ab' })),
      { cache },
    ).asker.ask(question('a'));
    expect([...cache.stored.values()]).toEqual([
      { value: [97, 98], model: 'replying-2026', usage: { input: 100, cached: 0, output: 10 } },
    ]);
  });

  it.each([
    ['with a cache', memoryCache()],
    ['without one', null],
  ])('is what the first run goes by too, %s: both write the same', async (_, cache) => {
    const model = replyingModel(() => ({ text: 'real' }));
    const lossy = { pack: (value: string) => value.length, unpack: () => 'as kept' };
    const { asker } = askerWith(model, { cache });
    expect(await asker.ask({ ...question('a'), ...lossy })).toMatchObject({ value: 'as kept' });
    expect(await asker.ask({ ...question('a'), ...lossy })).toMatchObject({ value: 'as kept' });
  });

  it('keeps no answer that is asked for again', async () => {
    const cache = memoryCache();
    const { asker } = askerWith(
      replyingModel(() => ({ text: 'real' })),
      { cache },
    );
    const asked = await asker.ask({ ...question('a'), pack: () => null });
    expect(asked).toMatchObject({ value: 'real' });
    expect(cache.stored.size).toBe(0);
  });

  const failing = (kind: ModelFailureKind) =>
    replyingModel(() =>
      kind === 'invalid_output' ? { text: 'N0' } : { failure: { kind, text: 'It said `db.query(sql)`.' } },
    );

  it.each(['refusal', 'content_filter', 'truncated', 'invalid_output', 'oversize'] as const)(
    'keeps that an answer was of no use (%s): a second run pays nothing for it and says the same',
    async (kind) => {
      const cache = memoryCache();
      const first = askerWith(failing(kind), { cache });
      const said = await first.asker.ask(question('a'));
      expect(kindOf(said)).toBe(kind);
      const model = replyingModel(() => ({ text: 'real' }));
      const second = askerWith(model, { cache });
      const again = await second.asker.ask(question('a'));
      expect(model.requests).toHaveLength(0);
      expect(again).toMatchObject({ failure: said.kind === 'failed' ? said.failure : null });
      expect(second.bill.ofAnswers()).toEqual(first.bill.ofAnswers());
      // Words of the provider may be words of the code.
      expect(JSON.stringify([...cache.stored])).not.toContain('db.query');
    },
  );

  it.each(['rate_limited', 'timeout', 'provider_down', 'bad_request', 'interrupted'] as const)(
    'keeps nothing of what may pass by itself (%s)',
    async (kind) => {
      const cache = memoryCache();
      await askerWith(failing(kind), { cache }).asker.ask(question('a'));
      expect(cache.stored.size).toBe(0);
    },
  );

  it('asks again where there was no room for a second try, and there is now', async () => {
    const cache = memoryCache();
    const small = { cache, limits: { ...NO_LIMIT, tokens: 200 } };
    await askerWith(failing('invalid_output'), small).asker.ask(question('a'));
    const model = replyingModel(() => ({ text: 'real' }));
    expect(kindOf(await askerWith(model, small).asker.ask(question('a')))).toBe('invalid_output');
    expect(model.requests).toHaveLength(0);
    expect(await askerWith(model, { cache }).asker.ask(question('a'))).toMatchObject({ value: 'real' });
  });

  it.each([
    ['one byte of the context', { prompt: { ...question('a').prompt, prompt: 'Finding b' } }, {}],
    ['the constant part', { prompt: { ...question('a').prompt, system: 'Judge!' } }, {}],
    ['the prompt’s hash', { prompt: { ...question('a').prompt, hash: 'fedcba9876543210' } }, {}],
    ['the form of the answer', { schema: null }, {}],
    ['the policy', {}, { policyHash: 'q' }],
    ['the tool', {}, { toolVersion: '1.0.1' }],
    ['the trust zone', {}, { trustZone: 'untrusted' }],
  ])('misses when %s is another (security rows 34, 35)', async (_, overrides, keys) => {
    const cache = memoryCache();
    await askerWith(
      replyingModel(() => ({ text: 'abc' })),
      { cache },
    ).asker.ask(question('a'));
    const model = replyingModel(() => ({ text: 'again' }));
    const asked = await askerWith(model, { cache, keys }).asker.ask(question('a', overrides));
    expect(asked).toMatchObject({ value: 'again' });
    expect(model.requests).toHaveLength(1);
  });

  it('misses for another model', async () => {
    const cache = memoryCache();
    await askerWith(
      replyingModel(() => ({ text: 'abc' })),
      { cache },
    ).asker.ask(question('a'));
    const other = replyingModel(() => ({ text: 'again' }), { id: 'openai/other' });
    expect(await askerWith(other, { cache }).asker.ask(question('a'))).toMatchObject({ value: 'again' });
  });

  it.each([
    ['words'],
    [null],
    [{ value: 'no number', model: '', usage: { input: 1, cached: 0, output: 1 } }],
    [{ value: 3, model: '', usage: { input: -1, cached: 0, output: 1 } }],
  ])('that holds %j asks again', async (held) => {
    const cache: AnswerCache = { get: async () => held, put: async () => {} };
    const asked = await askerWith(
      replyingModel(() => ({ text: 'again' })),
      { cache },
    ).asker.ask(question('a'));
    expect(asked).toMatchObject({ value: 'again' });
  });

  it('changes nothing of what a small budget lets through', async () => {
    const cache = memoryCache();
    const limits = { ...NO_LIMIT, tokens: 1500 };
    const run = async (model: LanguageModel) => {
      const { asker } = askerWith(model, { cache, limits, concurrency: 2 });
      const ids = Array.from({ length: 30 }, (_, index) => String(index));
      return (await Promise.all(ids.map((id) => asker.ask(question(id))))).map(kindOf);
    };
    const first = await run(replyingModel(() => ({ text: 'real' })));
    const model = replyingModel(() => ({ text: 'real' }));
    expect(await run(model)).toEqual(first);
    expect(model.requests).toHaveLength(0);
    expect(new Set(first)).toEqual(new Set(['value', 'budget']));
  });
});

describe('a provider that no question gets through to', () => {
  it.each(['unauthorised', 'unknown_model'] as const)('is asked nothing more after %s', async (kind) => {
    const model = replyingModel(() => ({ failure: { kind, text: 'No.' } }));
    const { asker, bill } = askerWith(model, { concurrency: 1 });
    const asked = await Promise.all(['a', 'b', 'c'].map((id) => asker.ask(question(id))));
    expect(asked.map(kindOf)).toEqual([kind, kind, kind]);
    expect(model.requests).toHaveLength(1);
    expect(bill.inRun()).toMatchObject({ requests: 1, questions: { failures: { [kind]: 3 } } });
  });

  it('is asked nothing more when its circuit breaker is open', async () => {
    const failure = { kind: 'provider_down' as const, text: 'Not sent.' };
    const model = replyingModel(() => ({ failure, attempts: 0 }));
    const { asker } = askerWith(model, { concurrency: 1 });
    await Promise.all(['a', 'b', 'c'].map((id) => asker.ask(question(id))));
    expect(model.requests).toHaveLength(1);
  });

  it('is asked nothing more after five server errors in a row, and asked on where answers come between', async () => {
    const failure = { kind: 'provider_down' as const, text: 'Down.' };
    const down = replyingModel(() => ({ failure }));
    const shaky = replyingModel((_, nth) => (nth % 4 === 3 ? { text: 'real' } : { failure }));
    for (const model of [down, shaky]) {
      const { asker } = askerWith(model, { concurrency: 1 });
      for (let index = 0; index < 20; index += 1) await asker.ask(question(String(index)));
    }
    expect(down.requests).toHaveLength(5);
    expect(shaky.requests).toHaveLength(20);
  });

  it('is asked nothing more when the run is stopped', async () => {
    const model = replyingModel(() => {
      throw new AssayError('interrupted', 'Stopped.');
    });
    const { asker } = askerWith(model, { concurrency: 1 });
    const asked = await Promise.all(['a', 'b'].map((id) => asker.ask(question(id))));
    expect(asked.map(kindOf)).toEqual(['interrupted', 'interrupted']);
    expect(model.requests).toHaveLength(1);
  });

  it('does not hide a defect of ours', async () => {
    const { asker } = askerWith(
      replyingModel(() => {
        throw new TypeError('a defect');
      }),
    );
    await expect(asker.ask(question('a'))).rejects.toThrow('a defect');
  });
});

describe('the budget', () => {
  it('lets through the same questions whatever the latency of the answers', async () => {
    const run = async (turns: (nth: number) => number, tokens: number, sizes: readonly number[]) => {
      const model = replyingModel(
        ({ prompt }) => ({
          text: 'real',
          usage: { input: 50 + (prompt.length % 7) * 40, cached: 0, output: 5 },
        }),
        { turns },
      );
      const { asker } = askerWith(model, { limits: { ...NO_LIMIT, tokens }, concurrency: 3 });
      const asked = sizes.map((size, index) => {
        const { prompt } = question(`${index} ${'x'.repeat(size)}`);
        return asker.ask(question(String(index), { prompt: { ...prompt, tokens: 60 + size } }));
      });
      return (await Promise.all(asked)).map(kindOf).join(' ');
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 0, max: 6000 }),
        fc.array(fc.nat(60), { minLength: 1, maxLength: 10 }),
        async (sizes, tokens, latencies) => {
          const byChance = await run((nth) => latencies[nth % latencies.length] ?? 0, tokens, sizes);
          expect(byChance).toBe(await run(() => 0, tokens, sizes));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes what was estimated to be used where a server reports nothing', async () => {
    const model = replyingModel(() => ({ text: 'real', usage: { input: 0, cached: 0, output: 0 } }));
    const { asker } = askerWith(model, { limits: { ...NO_LIMIT, tokens: 450 }, concurrency: 1 });
    const asked = [];
    for (const id of ['a', 'b', 'c', 'd']) asked.push(kindOf(await asker.ask(question(id))));
    expect(asked).toEqual(['value', 'value', 'value', 'budget']);
  });

  it('costs no time and no requests for a hundred thousand findings (security row 40)', async () => {
    const model = replyingModel(() => ({ text: 'real' }));
    const { asker, bill, budget } = askerWith(model, {
      cache: memoryCache(),
      limits: { ...NO_LIMIT, findings: 300 },
    });
    const started = performance.now();
    const before = process.memoryUsage().heapUsed;
    const shared = question('none');
    let failed = 0;
    for (let index = 0; index < 100_000; index += 1) {
      const bindings = new Map([['opaque', String(index)]]);
      const asked = await asker.ask({
        ...shared,
        prompt: { ...shared.prompt, prompt: String(index), bindings },
      });
      if (asked.kind === 'failed') failed += 1;
    }
    expect(model.requests).toHaveLength(300);
    expect(failed).toBe(99_700);
    expect([budget.asked(), budget.notAsked()]).toEqual([300, 99_700]);
    expect(bill.inRun()).toMatchObject({ requests: 300, questions: { notAsked: 99_700 } });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
  });
});
