// What readers are told of the model's part: how many findings it was asked about, what came of it, and what it cost.
import { describe, expect, it } from 'vitest';
import { MODEL_FAILURES } from '#domain/model.ts';
import type { ModelUse, ResultDocument } from '#domain/result-document.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { renderSummaryComment } from '#publish/render-summary-comment.ts';
import { renderTable } from '#publish/render-table.ts';
import { liveParts } from '../doubles/markdown-reader.ts';
import { inLanguage } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const USE: ModelUse = {
  ...{ asked: 12, answered: 11, notAsked: 0, failures: {} },
  tokens: { input: 45_231, cached: 12_000, output: 5120 },
  money: 0.1234,
};

function withModel(use: Partial<ModelUse> = {}, model = 'openai/gpt-5.4-mini'): ResultDocument {
  const document = richDocument();
  return { ...document, run: { ...document.run, model, modelUse: { ...USE, ...use } } };
}

const summary = (document: ResultDocument) => renderSummary(document, { limit: 60_000 });
const comment = (document: ResultDocument) =>
  renderSummaryComment(document, {
    ...{ host: 'github', limit: 60_000, blobUrl: null, placements: new Map(), fixed: 0, patches: 0 },
  }).text;

describe('the line on the model', () => {
  it('stands in the job summary, in the comment and below the table', () => {
    const line =
      'Model `openai/gpt-5.4-mini`: asked about 12 findings, 11 answered; 45,231 tokens in (12,000 cached), 5,120 out; about $0.12.';
    expect(summary(withModel())).toContain(`\n${line}\n`);
    expect(comment(withModel())).toContain(`\n${line}\n`);
    const table = renderTable(withModel(), { width: 200, color: false });
    expect(table).toContain(line.replaceAll('`', ''));
  });

  it('says how many findings the budget left out, in the shortest summary too', () => {
    const document = withModel({ notAsked: 7 });
    expect(summary(document)).toContain('11 answered; 7 not asked (budget); 45,231 tokens');
    expect(renderSummary(document, { limit: 2500 })).toContain('7 not asked (budget)');
  });

  it('says why there was no answer', () => {
    const failures = { truncated: 1, rate_limited: 3, budget: 7 };
    expect(summary(withModel({ failures, notAsked: 7 }))).toContain(
      '; no answer: 1 × cut off, 3 × rate limited; ',
    );
  });

  it('says how many findings it was not asked to mend, and why others have no patch', () => {
    const patches = { asked: 5, notAsked: 12, failures: { invalid_output: 1 } };
    const said = summary(withModel({ patches, failures: { invalid_output: 1, truncated: 2 } }));
    expect(said).toContain(
      '; no answer: 2 × cut off; 12 not asked for a patch; no patch: 1 × unusable; 45,231 tokens',
    );
  });

  it.each([
    [{ from: 'policy', asOf: null } as const, "about $0.12 (the policy's price)."],
    [{ from: 'table', asOf: '2026-11-22' } as const, 'about $0.12 (prices of 2026-11-22).'],
  ])('says whose price it is: %j', (price, text) => {
    expect(summary(withModel({ price }))).toContain(text);
  });

  it('has a bill of its own for finding passages by meaning', () => {
    const embeddings = { model: 'openai/embedder', texts: 120, tokens: 40_500, money: null };
    expect(summary(withModel({ embeddings }))).toContain(
      'about $0.12; passages by `openai/embedder`: 120 texts, about 40,500 tokens, price not known.',
    );
  });

  it.each([
    [null, 'price not known'],
    [0, 'no cost'],
    [0.0001, 'less than $0.01'],
    [12.3, 'about $12.30'],
  ])('for %s dollars says: %s', (money, text) => {
    expect(summary(withModel({ money }))).toContain(`out; ${text}.`);
  });

  it('is Chinese in a Chinese result', () => {
    const document = inLanguage(withModel({ notAsked: 2, failures: { timeout: 1 } }), 'zh-CN');
    expect(summary(document)).toContain(
      '模型 `openai/gpt-5.4-mini`：询问了 12 个发现项，11 个得到回答；2 个未询问（预算已用完）；未得到回答：超时 1 个；输入 45,231 个 token（其中缓存 12,000 个），输出 5,120 个；约 0.12 美元。',
    );
  });

  it('has words for every failure, in both languages', () => {
    const failures = Object.fromEntries(MODEL_FAILURES.map((kind) => [kind, 1]));
    for (const language of ['en', 'zh-CN'] as const)
      expect(summary(inLanguage(withModel({ failures }), language))).not.toContain('undefined');
  });

  it('is missing when no model was asked', () => {
    expect(summary(richDocument())).not.toContain('asked about');
    expect(comment(richDocument())).toContain('model cost 0');
  });

  it('keeps a hostile name of a model dead', () => {
    const name = 'openai/`![x](https://evil.example/x.png)<img src=x> @all';
    const ours = liveParts(comment(withModel()));
    for (const text of [summary(withModel({}, name)), comment(withModel({}, name))])
      expect(liveParts(text)).toEqual(ours);
  });
});
