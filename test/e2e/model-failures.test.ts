// Every way in which a model can be of no help, made by the wire: the run is what it is without one, and says what happened.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultRequest, type RunRequest } from '#app/run-request.ts';
import { runTriage } from '#app/triage.ts';
import type { ModelFailureKind } from '#domain/model.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { startAnthropicServer } from '../emulators/models/anthropic-server.ts';
import type { ModelServer, ModelStep } from '../emulators/models/model-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { createModelShop, honestly, type ModelShop, reportOn, says } from './model-shop.ts';
import { environmentWith } from './reviewed-change.ts';

const KEY = 'key-of-the-fake';
const PROVIDERS = {
  openai: {
    start: () => startOpenAiServer({ key: KEY, mostCharacters: 60_000 }),
    model: 'openai/fake-model',
    variables: (url: string, key: string) => ({ OPENAI_BASE_URL: url, OPENAI_API_KEY: key }),
  },
  anthropic: {
    start: () => startAnthropicServer({ key: KEY }),
    model: 'anthropic/claude-fake',
    variables: (url: string, key: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key }),
  },
} as const;
const POLICY = 'version: 1\nmodel:\n  patches: false\n';
/** More than the fake takes for an answer. */
const TIMEOUT_MS = 2000;

let shop: ModelShop;
let report: string;
let without: ResultDocument;
let runs = 0;
beforeAll(async () => {
  shop = createModelShop({ 'assay.yml': POLICY });
  report = reportOn(shop, ['src/open.js']);
  without = (await run({})).document;
});
afterAll(() => shop.repository.dispose());

interface FailedRun {
  readonly exitCode: number;
  readonly document: ResultDocument;
  readonly summary: string;
  readonly stats: { readonly model?: { readonly attempts: number } };
  /** Milliseconds of each wait. */
  readonly waits: readonly number[];
}

async function run(
  request: Partial<RunRequest>,
  variables: Readonly<Record<string, string>> = {},
  timeoutMs: number = TIMEOUT_MS,
): Promise<FailedRun> {
  const waits: number[] = [];
  const waiting = {
    timeoutMs,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
  const { root } = shop.repository;
  runs += 1;
  const out = `assay-out-${runs}`;
  const whole = {
    ...defaultRequest(root),
    ...{ reports: [report], base: 'main', quiet: true, format: 'none' as const, out, ...request },
  };
  const given = environmentWith({ ASSAY_CACHE_DIR: 'off', ...variables });
  const { exitCode, document } = await runTriage(whole, { ...given, waiting });
  if (document === null) throw new Error('the run ended before it judged');
  const left = (name: string) => readFileSync(path.join(root, out, name), 'utf8');
  return {
    exitCode,
    document,
    summary: left('summary.md'),
    stats: JSON.parse(left('run-stats.json')),
    waits,
  };
}

interface Failing {
  readonly kind: ModelFailureKind;
  readonly step: ModelStep;
  readonly said: string;
  readonly requests: number;
  readonly key?: string;
  readonly model?: string;
  readonly timeoutMs?: number;
  readonly waits?: readonly number[];
}

const status = (code: number, headers: Readonly<Record<string, string>> = {}): ModelStep => ({
  ...{ fault: 'status', status: code, headers },
});
const FAILURES: Readonly<Record<string, Failing>> = {
  'a refusal': {
    ...{ kind: 'refusal', said: 'refused to answer', requests: 1 },
    step: { text: 'I will not.', finish: 'refusal' },
  },
  'an answer that was cut off': {
    ...{ kind: 'truncated', said: 'cut off', requests: 1 },
    step: { text: '{"answers": [{"id"', finish: 'length' },
  },
  'an answer that is none, also when asked again': {
    ...{ kind: 'invalid_output', said: 'unusable', requests: 2 },
    step: { text: '{"answers": "It is fine."}' },
  },
  'a limit that does not pass': {
    ...{ kind: 'rate_limited', said: 'rate limited', requests: 3, waits: [7000, 7000] },
    step: status(429, { 'retry-after': '7' }),
  },
  'a limit for longer than anybody waits': {
    ...{ kind: 'rate_limited', said: 'rate limited', requests: 1, waits: [] },
    step: status(429, { 'retry-after': '3600' }),
  },
  'no answer in time': {
    ...{ kind: 'timeout', said: 'too late', requests: 1, timeoutMs: 150 },
    step: { fault: 'delay', milliseconds: 60_000 },
  },
  'an answer from elsewhere': {
    ...{ kind: 'redirect', said: 'redirected', requests: 1 },
    step: { fault: 'redirect', status: 307, location: 'https://example.com/v1' },
  },
  'an answer without an end': {
    ...{ kind: 'oversize', said: 'too large', requests: 1, timeoutMs: 10_000 },
    step: { fault: 'endless' },
  },
  'a server that fails': {
    ...{ kind: 'provider_down', said: 'provider not reachable', requests: 3, waits: [1000, 4000] },
    step: status(500),
  },
  'a connection that breaks': {
    ...{ kind: 'provider_down', said: 'provider not reachable', requests: 3 },
    step: { fault: 'reset' },
  },
  'a key that is refused': {
    ...{ kind: 'unauthorised', said: 'key refused', requests: 1, key: 'another-key' },
    step: { text: '' },
  },
  'a model that is unknown': {
    ...{ kind: 'unknown_model', said: 'model unknown', requests: 1, model: 'no-such-model' },
    step: { text: '' },
  },
  'a request that is not taken': {
    ...{ kind: 'bad_request', said: 'request refused', requests: 1 },
    step: status(422),
  },
};

describe.each(Object.entries(PROVIDERS))('a model of %s', (name, provider) => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await provider.start();
  });
  afterEach(async () => {
    expect(server.violations).toEqual([]);
    await server.close();
  });
  const ask = (failing: Partial<Failing> = {}) =>
    run(
      { model: failing.model === undefined ? provider.model : `${name}/${failing.model}` },
      provider.variables(server.url, failing.key ?? KEY),
      failing.timeoutMs,
    );

  test.each(Object.entries(FAILURES))('%s leaves the run as it is without one', async (_what, failing) => {
    server.otherwise(failing.step);
    expectWithout(await ask(failing), failing);
    expect(server.questions()).toHaveLength(failing.requests);
  });

  test('a limit that passes costs a wait, as long as the provider asks for, and no answer', async () => {
    server.script(status(429, { 'retry-after': '2' }));
    server.otherwise(says(honestly));
    const { document, waits } = await ask();
    expect(document.run.modelUse).toMatchObject({ asked: 1, answered: 1, failures: {} });
    expect(document.findings[0]?.verdict).toMatchObject({ label: 'true_positive', by: 'model' });
    expect(waits).toEqual([2000]);
  });

  test('another model than the one that was asked is told, and its answers count as any others', async () => {
    const snapshot = `${provider.model.split('/')[1]}-2026-03-01`;
    const answering = (model: string) => (question: Parameters<ReturnType<typeof says>>[0]) => ({
      ...says(honestly)(question),
      model,
    });
    server.otherwise(answering('cheap-model`'));
    const cache = mkdtempSync(path.join(tmpdir(), 'assay-echo-'));
    const askWithCache = () =>
      run({ model: provider.model }, { ...provider.variables(server.url, KEY), ASSAY_CACHE_DIR: cache });
    for (const { document, summary } of [await askWithCache(), await askWithCache()]) {
      expect(document.notices).toContainEqual({
        code: 'model-echo',
        text: expect.stringContaining(
          `\`${provider.model}\` was asked, and the provider says that \`cheap-model?\` answered (findings: 1).`,
        ),
      });
      expect(summary).toContain('cheap-model');
      expect(document.findings[0]?.verdict?.model).toMatchObject({
        ...{ model: provider.model, answeredBy: 'cheap-model?', part: 'decided' },
      });
    }
    expect(server.questions()).toHaveLength(1);
    rmSync(cache, { recursive: true });
    server.otherwise(answering(snapshot));
    const { document } = await ask();
    expect(document.notices.filter(({ code }) => code === 'model-echo')).toEqual([]);
    expect(document.findings[0]?.verdict?.model).not.toHaveProperty('answeredBy');
  });

  test('an answer that is none is mended once, with the reason told', async () => {
    server.script({ text: '{"answers": "It is fine."}' });
    server.otherwise(says(honestly));
    const { document } = await ask();
    expect(document.findings[0]?.verdict).toMatchObject({ label: 'true_positive', by: 'model' });
    expect(server.questions()).toHaveLength(2);
    expect(server.questions()[1]?.text).toContain('answers: ');
  });

  test('a server that is not there', async () => {
    await server.close();
    const failed = await ask();
    expectWithout(failed, FAILURES['a connection that breaks']);
    expect(failed.document.notices.map(({ text }) => text).join('\n')).toContain(
      'Check that the server runs and that `ASSAY_MODEL_BASE_URL` leads to it from here. Try `assay doctor`.',
    );
  });
});

describe('what only some providers say', () => {
  test('a filter before the model', async () => {
    const server = await startOpenAiServer({ key: KEY });
    server.otherwise({ text: '', finish: 'content_filter' });
    const { model, variables } = PROVIDERS.openai;
    const ended = await run({ model }, variables(server.url, KEY));
    expectWithout(ended, { kind: 'content_filter', said: 'stopped by a content filter' });
    await server.close();
  });

  test('a prompt that is too long for the model', async () => {
    const server = await startOpenAiServer({ key: KEY, mostCharacters: 500 });
    const { model, variables } = PROVIDERS.openai;
    const ended = await run({ model }, variables(server.url, KEY));
    expectWithout(ended, { kind: 'too_long', said: 'prompt too long' });
    await server.close();
  });

  test('the tokens of the policy are spent before the first question', async () => {
    const server = await startOpenAiServer({ key: KEY });
    const config = 'reports/limit.yml';
    shop.repository.write(config, `${POLICY}  budget: { tokens: 10 }\n`);
    const { model, variables } = PROVIDERS.openai;
    const ended = await run({ model, config }, variables(server.url, KEY));
    expect(server.log).toEqual([]);
    expect(ended.summary).toContain('1 not asked (budget)');
    expect(ended.document.findings[0]?.verdict?.reasons).toEqual(without.findings[0]?.verdict?.reasons);
    await server.close();
  });

  test('the tokens of the policy are spent on the way: those asked and those not asked are all there are, patches apart', async () => {
    const server = await startOpenAiServer({ key: KEY });
    server.otherwise(says(honestly));
    const all = reportOn(shop, ['src/guarded.js', 'src/open.js', 'src/flow.js']);
    const config = 'reports/limit.yml';
    shop.repository.write(
      config,
      'version: 1\nmodel:\n  concurrency: 4\n  patches: all\n  budget: { tokens: 9000 }\n',
    );
    const { model, variables } = PROVIDERS.openai;
    const words = { model, config, judge: 'model', reports: [all] } as const;
    const ended = await run(words, variables(server.url, KEY));
    const use = ended.document.run.modelUse;
    const judged = ended.document.findings.map(({ verdict }) => verdict?.model?.failure?.kind ?? 'answered');
    const { asked = 0, answered, notAsked = 0 } = use ?? {};
    expect(notAsked).toBeGreaterThan(0);
    expect(asked).toBeGreaterThan(0);
    expect(asked + notAsked).toBe(judged.length);
    expect(notAsked).toBe(judged.filter((kind) => kind === 'budget').length);
    expect(answered).toBe(judged.filter((kind) => kind === 'answered').length);
    expect(ended.summary).toContain(`asked about ${asked}`);
    await server.close();
  });
});

/** Verdict, gate and exit code of the run without a model; what failed stands in the result and in the summary. */
function expectWithout(
  ended: FailedRun,
  failing: Pick<Failing, 'kind' | 'said' | 'waits'> | undefined,
): void {
  if (failing === undefined) throw new Error('no such failure');
  const { kind, said, waits } = failing;
  const [found] = ended.document.findings;
  const [expected] = without.findings;
  const { model, ...verdict } = found?.verdict ?? {};
  expect(model).toMatchObject({ part: 'failed', label: null, claims: [], failure: { kind } });
  expect({ verdict, gate: found?.gate }).toEqual({ verdict: expected?.verdict, gate: expected?.gate });
  expect(ended.exitCode).toBe(1);
  expect(ended.document.decision.outcome).toBe(without.decision.outcome);
  expect(ended.document.run.modelUse).toMatchObject({ asked: 1, answered: 0, failures: { [kind]: 1 } });
  expect(ended.summary).toContain(`no answer: 1 × ${said}`);
  if (waits !== undefined) expect(ended.waits).toEqual(waits);
}
