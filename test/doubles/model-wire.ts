// What a model adapter is given in tests: a real fetch, a clock that goes as far as it is pushed, waits that take no time.
import type { ModelWire } from '#adapters/models/model-wire.ts';
import { createRedactor } from '#support/redact.ts';

export interface TestWire extends ModelWire {
  /** Milliseconds that were waited, in order. */
  readonly waits: readonly number[];
  /** Every line that the log was told. */
  readonly told: readonly string[];
  /** Time goes on. */
  advance(milliseconds: number): void;
  abort(reason: unknown): void;
}

export const START = Date.UTC(2026, 2, 1);

export function createTestWire(
  settings: {
    readonly fetch?: typeof fetch;
    readonly timeoutMs?: number;
    readonly secrets?: readonly string[];
  } = {},
): TestWire {
  const controller = new AbortController();
  const waits: number[] = [];
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  let now = START;
  return {
    waits,
    told,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    abort: (reason) => controller.abort(reason),
    fetch: settings.fetch ?? fetch,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    now: () => now,
    signal: controller.signal,
    redact: createRedactor(settings.secrets ?? []),
    log: {
      debug: tell,
      info: tell,
      warn: tell,
      error: tell,
      progress: () => ({ update: () => undefined, finish: () => undefined }),
    },
    ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
  };
}
