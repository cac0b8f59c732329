// Answers kept from run to run: a second run is free, and what a fork's run does cannot become the main run's answer (security row 34).
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnswerCache } from '../../../src/adapters/local/answer-cache.ts';
import { answerKey } from '../../../src/app/model/answer-key.ts';
import { createBill } from '../../../src/app/model/bill.ts';
import { createBudget } from '../../../src/app/model/budget.ts';
import { createAsker, type Question } from '../../../src/app/model/create-asker.ts';
import { replyingModel } from '../../doubles/replying-model.ts';

const SECRET = { ASSAY_MARKER_KEY: 'a long secret of the operator' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const QUESTION: Question<{ label: string }> = {
  ...{ task: 'verdict', findings: 1, schema: null, maxOutputTokens: 50 },
  prompt: {
    ...{ id: 'verdict@1', hash: '0123456789abcdef', system: 'Judge.', prompt: 'db.query(sql)', tokens: 20 },
    bindings: new Map([['q1', 'finding-1']]),
  },
  parse: (text) => ({ kind: 'value', value: { label: text } }),
  pack: (value) => value,
  unpack: (stored) => stored as { label: string },
};

/** A run of a fork's change has no secrets. */
async function run(says: string, zone: 'trusted' | 'untrusted', variables: Record<string, string>) {
  const model = replyingModel(() => ({ text: says }));
  const bill = createBill(null);
  const asker = createAsker({
    ...{ model, bill, concurrency: 4 },
    cache: openAnswerCache({ ASSAY_CACHE_DIR: folder, ...variables }, { readOnly: zone === 'untrusted' }),
    budget: createBudget({ tokens: 1e6, money: null, findings: 10 }, null, 4),
    keyParts: { toolVersion: '1', policyHash: 'p', trustZone: zone },
  });
  const asked = await asker.ask(QUESTION);
  return { label: asked.kind === 'value' ? asked.value.label : null, sent: model.requests.length, bill };
}

/** What code in the fork's hands would write: the main run's own address and form, without the signature that it cannot make. */
function forge(label: string): void {
  const { prompt, task, schema, maxOutputTokens } = QUESTION;
  const request = { task, system: prompt.system, prompt: prompt.prompt, schema, maxOutputTokens };
  const key = answerKey(
    { toolVersion: '1', policyHash: 'p', trustZone: 'trusted' },
    'openai/replying',
    prompt,
    request,
  );
  const body = JSON.stringify({ value: { label }, model: 'm', usage: { input: 1, cached: 0, output: 1 } });
  mkdirSync(path.join(folder, key.slice(0, 2)), { recursive: true });
  const entry = { version: 1, key, body, mac: '0'.repeat(64) };
  writeFileSync(path.join(folder, key.slice(0, 2), `${key}.json`), JSON.stringify(entry));
}

describe('a second run', () => {
  it('sends nothing, says the same and has the same bill of answers', async () => {
    const first = await run('real', 'trusted', SECRET);
    const second = await run('never said', 'trusted', SECRET);
    expect(second).toMatchObject({ label: 'real', sent: 0 });
    expect(second.bill.ofAnswers()).toEqual(first.bill.ofAnswers());
    expect(second.bill.inRun()).toMatchObject({ requests: 0, questions: { sent: 0, fromCache: 1 } });
  });
});

describe('a fork', () => {
  it('leaves nothing behind', async () => {
    expect(await run('dismiss it', 'untrusted', {})).toMatchObject({ sent: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has no answer of the main run’s zone, and the main run none of its', async () => {
    await run('real', 'trusted', {});
    const before = mkdtempSync(path.join(tmpdir(), 'assay-before-'));
    cpSync(folder, before, { recursive: true });
    expect(await run('dismiss it', 'untrusted', {})).toMatchObject({ label: 'dismiss it', sent: 1 });
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
      readdirSync(before, { recursive: true }).sort(),
    );
    expect(await run('never said', 'trusted', {})).toMatchObject({ label: 'real', sent: 0 });
    rmSync(before, { recursive: true });
  });

  it('that writes files itself is not believed where there is a key', async () => {
    forge('dismiss it');
    expect(await run('real', 'trusted', SECRET)).toMatchObject({ label: 'real', sent: 1 });
    // The same file is believed without one: the test forges the right address.
    forge('dismiss it');
    expect(await run('real', 'trusted', {})).toMatchObject({ label: 'dismiss it', sent: 0 });
  });
});
