// run-stats.json: what a run took, of a model as well.
import { describe, expect, it } from 'vitest';
import { createBill } from '../../src/app/model/bill.ts';
import { render } from '../../src/app/render-outputs.ts';
import { richDocument } from '../doubles/rich-document.ts';

const started = { at: 0, elapsed: 0 };
const world = { clock: { now: () => 0, elapsed: () => 1234 } };

describe('run-stats.json', () => {
  it('says that no model was asked', () => {
    const stats = JSON.parse(render(richDocument(), world, { started, head: null })['run-stats.json']());
    expect(stats).toMatchObject({ schemaVersion: 1, elapsedMs: 1234, model: null });
  });

  it('holds the bill of the run', () => {
    const document = richDocument();
    const bill = createBill({ input: 1, cached: 0.1, output: 10 });
    const usage = { input: 1000, cached: 0, output: 100 };
    bill.record({
      task: 'verdict',
      findings: 2,
      usage,
      latencyMs: 700,
      attempts: 2,
      failure: null,
      fromCache: false,
    });
    const times = { started, head: null, bill: bill.inRun() };
    const asked = { ...document, run: { ...document.run, model: 'openai/gpt-5.4' } };
    expect(JSON.parse(render(asked, world, times)['run-stats.json']()).model).toMatchObject({
      ...{
        name: 'openai/gpt-5.4',
        requests: 2,
        money: 0.002,
        questions: { sent: 1, fromCache: 0, notAsked: 0, failures: {} },
      },
      tokens: usage,
      latencyMs: { total: 700, p50: 700, p95: 700 },
    });
  });
});
