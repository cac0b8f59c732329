// An adapter before its provider's fake, and how each failure is brought about there.
import { openLanguageModel } from '#adapters/models/open-language-model.ts';
import type { ModelFailureKind, ModelProvider } from '#domain/model.ts';
import { createTestWire } from '../doubles/model-wire.ts';
import type { ModelServer, ModelStep } from '../emulators/models/model-server.ts';
import type { ModelUnderTest, ModelUnderTestOptions } from './language-model.contract.ts';

export interface FakeProvider {
  readonly provider: ModelProvider;
  readonly name: string;
  readonly apiKey: string | null;
  readonly extra?: Readonly<Record<string, string>>;
  start(): Promise<ModelServer>;
}

const status = (
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ModelStep => ({
  fault: 'status',
  status: code,
  headers,
  body: { error: { message } },
});

export const FAILING: Partial<Readonly<Record<ModelFailureKind, readonly ModelStep[]>>> = {
  refusal: [{ text: 'I would rather not.', finish: 'refusal' }],
  content_filter: [{ text: '', finish: 'content_filter' }],
  truncated: [{ text: 'Yes, by', finish: 'length' }],
  rate_limited: Array.from({ length: 3 }, () => status(429, 'Slow down', { 'retry-after': '2' })),
  timeout: [{ fault: 'slow' }],
  redirect: [{ fault: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }],
  oversize: [{ fault: 'endless' }],
  provider_down: Array.from({ length: 3 }, () => status(503, 'Overloaded')),
  unauthorised: [status(401, 'No such key')],
  unknown_model: [status(404, 'No such model')],
  too_long: [status(400, 'prompt is too long: 9000 tokens > 8192 maximum')],
  bad_request: [status(400, 'no')],
  invalid_output: [{ fault: 'malformed' }],
};

export function openBefore(fake: FakeProvider) {
  return async ({ timeoutMs }: ModelUnderTestOptions = {}): Promise<ModelUnderTest> => {
    const server = await fake.start();
    const wire = createTestWire(timeoutMs === undefined ? {} : { timeoutMs });
    const { provider, name, apiKey, extra = {} } = fake;
    const model = await openLanguageModel(
      { name: { provider, name }, baseUrl: server.url, apiKey, extra },
      wire,
    );
    return {
      model,
      says: (text) => server.script({ text }),
      fail: (kind) => server.script(...(FAILING[kind] ?? [])),
      abort: wire.abort,
      dispose: async () => {
        await server.close();
        if (server.violations.length > 0) throw new Error(server.violations.join('\n'));
      },
    };
  };
}
