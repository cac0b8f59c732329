// What the run relies on, whichever model is behind the port.
import { afterEach, describe, expect, test } from 'vitest';
import type { ModelFailureKind } from '#domain/model.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '#ports/language-model.ts';

export interface ModelUnderTest {
  readonly model: LanguageModel;
  /** What the model says next; null: it says what it likes. */
  readonly says: ((text: string) => void) | null;
  /** The next question ends so. */
  fail(kind: ModelFailureKind): void;
  /** The run is stopped. */
  abort(reason: unknown): void;
  dispose(): Promise<void>;
}

export interface ModelUnderTestOptions {
  readonly timeoutMs?: number;
}

export const PROSE: ModelRequest = {
  task: 'question',
  system: 'You answer in one sentence.',
  prompt: 'Is the value escaped?',
  schema: null,
  maxOutputTokens: 64,
};
export const STRUCTURED: ModelRequest = {
  ...PROSE,
  task: 'verdict',
  schema: {
    name: 'answer',
    json: {
      type: 'object',
      properties: { works: { type: 'boolean' } },
      required: ['works'],
      additionalProperties: false,
    },
  },
};

/** `fails`: the failures that this model can be brought to. */
export function languageModelContract(
  title: string,
  open: (options?: ModelUnderTestOptions) => Promise<ModelUnderTest>,
  fails: readonly ModelFailureKind[],
): void {
  describe(title, () => {
    let opened: ModelUnderTest | null = null;
    const start = async (options?: ModelUnderTestOptions): Promise<ModelUnderTest> => {
      opened = await open(options);
      return opened;
    };
    afterEach(async () => {
      await opened?.dispose();
      opened = null;
    });

    test('is called provider/name', async () => {
      const { model } = await start();
      expect(model.id).toMatch(/^(openai-compatible|openai|anthropic|google|azure|bedrock)\/\S+$/);
    });

    test('answers with the raw text, who said it and what it cost', async () => {
      const { model, says } = await start();
      says?.('Yes, by `escape`.');
      const reply = textOf(await model.ask(PROSE));
      if (says !== null) expect(reply.text).toBe('Yes, by `escape`.');
      expect(typeof reply.model).toBe('string');
      expectHonestNumbers(reply);
    });

    test('an answer with a schema comes as text, too', async () => {
      const { model, says } = await start();
      says?.('{"works":true}');
      const reply = textOf(await model.ask(STRUCTURED));
      if (says !== null) expect(JSON.parse(reply.text)).toEqual({ works: true });
      expectHonestNumbers(reply);
    });

    test('a streamed answer is its pieces', async () => {
      const { model, says } = await start();
      says?.('Yes, by the function above.');
      const pieces: string[] = [];
      const reply = textOf(await model.stream(PROSE, (piece) => pieces.push(piece)));
      expect(pieces.join('')).toBe(reply.text);
      if (says !== null) expect(reply.text).toBe('Yes, by the function above.');
      expectHonestNumbers(reply);
    });

    test('two questions at once are both answered', async () => {
      const { model } = await start();
      const replies = await Promise.all([
        model.ask(PROSE),
        model.ask({ ...PROSE, prompt: 'And the other?' }),
      ]);
      expect(replies.map(({ kind }) => kind)).toEqual(['text', 'text']);
    });

    test('a stopped run ends with what it was stopped with', async () => {
      const { model, abort } = await start();
      const reason = new Error('stopped');
      abort(reason);
      await expect(model.ask(PROSE)).rejects.toBe(reason);
      await expect(model.stream(PROSE, () => undefined)).rejects.toBe(reason);
    });

    test.each(fails)('%s is a value, in one sentence, and the next question is answered', async (kind) => {
      const { model, fail } = await start(kind === 'timeout' ? { timeoutMs: 300 } : {});
      fail(kind);
      const reply = await model.ask(PROSE);
      expect(reply).toMatchObject({ kind: 'failed', failure: { kind } });
      expectHonestNumbers(reply);
      expect(reply.kind === 'failed' && reply.failure.text).toMatch(/^[A-Z][^\n]{10,600}\.$/);
      expect((await model.ask(PROSE)).kind).toBe('text');
    });
  });
}

function textOf(reply: ModelReply): ModelReply & { kind: 'text' } {
  if (reply.kind === 'failed') throw new Error(`${reply.failure.kind}: ${reply.failure.text}`);
  return reply;
}

function expectHonestNumbers({ usage, latencyMs, attempts }: ModelReply): void {
  const { input, cached, output } = usage;
  for (const count of [input, cached, output]) {
    expect(Number.isSafeInteger(count)).toBe(true);
    expect(count).toBeGreaterThanOrEqual(0);
  }
  expect(cached).toBeLessThanOrEqual(input);
  expect(Number.isFinite(latencyMs)).toBe(true);
  expect(attempts).toBeGreaterThanOrEqual(1);
}
