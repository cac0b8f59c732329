// A real local inference server answers our questions: offline, through our own adapter, in the form that we ask for.
import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import type { LanguageModel, ModelRequest } from '#ports/language-model.ts';
import { createBoundedFetch } from '../../../../src/adapters/http/bounded-fetch.ts';
import { openLanguageModel } from '../../../../src/adapters/models/open-language-model.ts';
import { createBill } from '../../../../src/app/model/bill.ts';
import { createBudget } from '../../../../src/app/model/budget.ts';
import { createAsker } from '../../../../src/app/model/create-asker.ts';
import { ANSWERS_SCHEMA } from '../../../../src/triage/model/answer-schema.ts';
import { parseAnswers } from '../../../../src/triage/model/parse-answers.ts';
import { type LlamaServer, startLlamaServer, TINY_MODEL } from './llama-server.ts';
import { tinyGguf } from './write-tiny-gguf.ts';

const server = await startLlamaServer();
afterAll(async () => server?.[Symbol.asyncDispose]());

const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  progress: () => ({ update() {}, finish() {} }),
};

function open({ baseUrl }: LlamaServer, name = TINY_MODEL): Promise<LanguageModel> {
  const { signal } = new AbortController();
  const limits = { timeoutMs: 20_000, maxBodyBytes: 1 << 20, maxTotalMs: 60_000, allowHttp: true };
  return openLanguageModel(
    { name: { provider: 'openai-compatible', name }, baseUrl, apiKey: null, extra: {} },
    {
      fetch: createBoundedFetch({ signal, ...limits }),
      sleep: async () => {},
      now: Date.now,
      redact: (text) => text,
      log: SILENT,
      signal,
    },
  );
}

function verdictRequest(schema: ModelRequest['schema'], maxOutputTokens = 2000): ModelRequest {
  const system = 'You judge reports of a scanner. Answer in JSON.';
  return { task: 'verdict', system, prompt: 'Finding f1: [E1] db.query(sql + id)', schema, maxOutputTokens };
}

/** One answer at least, and of this finding: a random model would say nothing, or make up an id. */
function schemaFor(id: string): Readonly<Record<string, unknown>> {
  const schema = JSON.parse(JSON.stringify(ANSWERS_SCHEMA));
  schema.properties.answers.minItems = 1;
  schema.properties.answers.maxItems = 1;
  schema.properties.answers.items.properties.id = { type: 'string', enum: [id] };
  return schema;
}

describe('the tiny model', () => {
  it('is the same bytes for the same seed, and others for another', () => {
    const digest = (seed: number) => createHash('sha256').update(tinyGguf(seed)).digest('hex');
    expect(digest(1)).toBe(digest(1));
    expect(digest(1)).not.toBe(digest(2));
    expect(tinyGguf(1).byteLength).toBe(355_456);
  });
});

// The binary of llama.cpp comes with an optional package that exists for few platforms.
describe.skipIf(server === null)(
  'a local inference server (needs the llama.cpp binary of this platform)',
  () => {
    const running = server as LlamaServer;

    it('holds a verdict to our schema, so that it can be read, and says what it used', async () => {
      const json = schemaFor('f1');
      const reply = await (await open(running)).ask(verdictRequest({ name: 'answers', json }));
      expect(reply.kind).toBe('text');
      expect(new Ajv().validate(json, JSON.parse(reply.text ?? ''))).toBe(true);
      const parsed = parseAnswers(reply.text ?? '', ['f1']);
      expect(parsed.kind === 'answers' && parsed.byId.has('f1')).toBe(true);
      expect(reply.usage.input).toBeGreaterThan(50);
      expect(reply.usage.output).toBeGreaterThan(20);
      expect(running.requests.at(-1)?.response_format?.type).toBe('json_schema');
    });

    it('gives the same answer to the same question', async () => {
      const model = await open(running);
      const request = verdictRequest({ name: 'answers', json: schemaFor('f1') });
      const [first, second] = [await model.ask(request), await model.ask(request)];
      expect(second.text).toBe(first.text);
    });

    it('is asked through the whole way: budget, wire, our own reading of the answer, and the bill', async () => {
      const bill = createBill({ input: 0, cached: 0, output: 0 });
      const asker = createAsker({
        ...{ model: await open(running), cache: null, bill, concurrency: 2 },
        budget: createBudget(
          { tokens: 100_000, money: 1, findings: 2 },
          { input: 0, cached: 0, output: 0 },
          2,
        ),
        keyParts: { toolVersion: '1', policyHash: 'p', trustZone: 'trusted' },
      });
      const ask = (id: string) =>
        asker.ask({
          ...{ task: 'verdict', findings: 1, maxOutputTokens: 2000 },
          prompt: {
            ...{
              id: 'verdict@1',
              hash: '0123456789abcdef',
              system: 'Judge.',
              prompt: `Finding ${id}.`,
              tokens: 10,
            },
            bindings: new Map([[id, id]]),
          },
          schema: { name: 'answers', json: schemaFor(id) },
          parse: (text) => {
            const parsed = parseAnswers(text, [id]);
            return parsed.kind === 'invalid' ? parsed : { kind: 'value', value: parsed.byId.get(id) };
          },
          pack: () => null,
          unpack: () => null,
        });
      const asked = await Promise.all(['f1', 'f2', 'f3'].map(ask));
      expect(asked.map((one) => (one.kind === 'value' ? 'value' : one.failure.kind))).toEqual([
        'value',
        'value',
        'budget',
      ]);
      expect(bill.inRun()).toMatchObject({ requests: 2, questions: { sent: 2, notAsked: 1 }, money: 0 });
      expect(bill.inRun().tokens.output).toBeGreaterThan(40);
    });

    it('hands out prose piece by piece', async () => {
      const pieces: string[] = [];
      const reply = await (await open(running)).stream(verdictRequest(null, 40), (piece) =>
        pieces.push(piece),
      );
      expect(pieces.length).toBeGreaterThan(1);
      // Random weights do not know how to end.
      expect(reply.kind === 'failed' && reply.failure.kind).toBe('truncated');
      expect(reply.text).toBe(pieces.join(''));
    });

    it('cannot finish JSON in too few tokens, which is told as such', async () => {
      const request = verdictRequest({ name: 'answers', json: schemaFor('f1') }, 10);
      const reply = await (await open(running)).ask(request);
      expect(reply.kind === 'failed' && reply.failure.kind).toBe('truncated');
    });

    it('does not know other models', async () => {
      const reply = await (await open(running, 'gpt-5.4')).ask(verdictRequest(null));
      expect(reply.kind === 'failed' && reply.failure.kind).toBe('unknown_model');
    });

    it('refuses a prompt that is longer than its context', async () => {
      const request = { ...verdictRequest(null), prompt: 'x'.repeat(20_000) };
      const reply = await (await open(running)).ask(request);
      expect(reply.kind === 'failed' && reply.failure.kind).toBe('too_long');
    });
  },
);
