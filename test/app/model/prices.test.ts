// What tokens cost: which model has which price, and what is said where there is none.
import { describe, expect, it } from 'vitest';
import type { ModelProvider } from '#domain/model.ts';
import { PackageAssets } from '../../../src/adapters/local/package-assets.ts';
import { toModelPolicy } from '../../../src/app/config/to-model-policy.ts';
import { costOf, priceOf, readPrices, unpricedNotice } from '../../../src/app/model/prices.ts';

const table = readPrices(await new PackageAssets().data('rules/model-prices.yaml'));
const at = (provider: ModelProvider, name: string, baseUrl: string | null = null) =>
  priceOf({ name: { provider, name }, baseUrl }, table)?.price ?? null;
const POLICY = toModelPolicy();

describe('the table that ships with Assay', () => {
  it('is dated, and never takes more for input from the cache', () => {
    expect(table.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    for (const { input, cached, output } of table.entries) {
      expect(cached).toBeLessThanOrEqual(input);
      expect(input).toBeLessThanOrEqual(output);
    }
  });

  it('is refused when it is malformed', () => {
    expect(() => readPrices({ as_of: 'yesterday', prices: [] })).toThrow('model-prices.yaml');
  });
});

describe('a price', () => {
  it('is of the model and of its dated snapshots', () => {
    expect(at('openai', 'gpt-5.4-mini')).toEqual({ input: 0.75, cached: 0.075, output: 4.5 });
    expect(at('openai', 'gpt-5.4-mini-2026-03-17')).toEqual(at('openai', 'gpt-5.4-mini'));
    expect(at('anthropic', 'claude-haiku-4-5-20251001')).toEqual({ input: 1, cached: 0.1, output: 5 });
  });

  it('is not of another model whose name begins the same', () => {
    expect(at('openai', 'gpt-5.4-pro')).toBeNull();
    expect(at('openai', 'gpt-5x4')).toBeNull();
    expect(at('azure', 'gpt-5.4')).toBeNull();
  });

  it('of one vendor is no price of others that speak the same interface', () => {
    expect(at('openai-compatible', 'deepseek-flash', 'https://api.deepseek.com/v1')).not.toBeNull();
    expect(at('openai-compatible', 'deepseek-flash', 'https://llm.example.com/v1')).toBeNull();
  });

  it.each([
    'http://127.0.0.1:11434/v1',
    'http://localhost:8080/v1',
    'http://[::1]:8080/v1',
    'http://[fd12::1]/v1',
    'http://10.1.2.3/v1',
    'http://172.20.0.2:8000/v1',
    'http://192.168.1.7/v1',
    'http://ollama:11434/v1',
    'https://llm.corp.internal/v1',
  ])('is nothing for a server at %s', (address) => {
    expect(at('openai-compatible', 'qwen3:8b', address)).toEqual({ input: 0, cached: 0, output: 0 });
  });

  it.each(['https://172.32.0.1/v1', 'https://11.0.0.1/v1', 'https://internal.example.com/v1', 'nonsense'])(
    'is not known for a server at %s',
    (address) => {
      expect(at('openai-compatible', 'qwen3:8b', address)).toBeNull();
    },
  );

  it('of a vendor’s model stays when a gateway in the house is asked for it', () => {
    expect(at('openai', 'gpt-5.4', 'http://gateway/v1')).toEqual(at('openai', 'gpt-5.4'));
  });
});

describe('a model on Bedrock', () => {
  it('costs on a global endpoint what its maker takes, and a tenth more anywhere else', () => {
    const sonnet = { input: 3, cached: 0.3, output: 15 };
    const regional = { input: 3.3, cached: 0.33, output: 16.5 };
    expect(at('bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0')).toEqual(sonnet);
    expect(at('bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0')).toEqual(regional);
    expect(at('bedrock', 'anthropic.claude-sonnet-4-6')).toEqual(regional);
    expect(at('bedrock', 'global.anthropic.claude-opus-4-6-v1')).toEqual(at('anthropic', 'claude-opus-4-6'));
  });

  it('has no price where its maker lists none, and where it is of another maker', () => {
    expect(at('bedrock', 'anthropic.claude-3-haiku-20240307-v1:0')).toBeNull();
    expect(at('bedrock', 'amazon.nova-pro-v1:0')).toBeNull();
    expect(at('bedrock', 'arn:aws:bedrock:us-east-1:1:provisioned-model/x')).toBeNull();
  });
});

describe("the team's own price", () => {
  const name = { provider: 'azure', name: 'our-deployment' } as const;
  const price = { input: 2, cached: 0.5, output: 8 };
  const policy = { ...POLICY, name, price };

  it('is that of the model that the policy names, and the bill says whose word it is', () => {
    expect(priceOf({ name, baseUrl: null }, table, policy)).toEqual({
      price,
      origin: { from: 'policy', asOf: null },
    });
    const other = { provider: 'openai', name: 'gpt-5.4' } as const;
    expect(priceOf({ name: other, baseUrl: null }, table, policy)?.origin).toEqual({
      from: 'table',
      asOf: table.asOf,
    });
  });

  it('takes the whole price for what was cached, unless it says otherwise', () => {
    const said = toModelPolicy({ ...name, price: { input: 2, output: 8 } });
    expect(said.price).toEqual({ input: 2, cached: 2, output: 8 });
  });
});

describe('costs', () => {
  it('count cached input at its own price', () => {
    const usage = { input: 1_000_000, cached: 400_000, output: 100_000 };
    expect(costOf(usage, { input: 1, cached: 0.1, output: 10 })).toBeCloseTo(0.6 + 0.04 + 1);
  });

  it('are never negative, whatever a provider says is cached', () => {
    expect(
      costOf({ input: 10, cached: 1000, output: 0 }, { input: 1, cached: 0.1, output: 1 }),
    ).toBeGreaterThan(0);
  });
});

describe('a limit in dollars', () => {
  it('needs a known price, and the notice says so', () => {
    const withMoney = (money: number | null, language: 'en' | 'zh-CN' = 'en') => ({
      language,
      model: { ...POLICY, budget: { tokens: 1, money, findings: 1 } },
    });
    const said = unpricedNotice(withMoney(5), null, 'azure/mine')?.text;
    expect(said).toMatch(/none is known for `azure\/mine`\. Say it in `model\.price`/);
    expect(unpricedNotice(withMoney(5, 'zh-CN'), null, 'azure/mine')?.text).toMatch(
      /`azure\/mine` 的价格未知/,
    );
    expect(unpricedNotice(withMoney(null), null, 'azure/mine')).toBeNull();
    expect(unpricedNotice(withMoney(5), { input: 0, cached: 0, output: 0 }, 'azure/mine')).toBeNull();
  });
});
