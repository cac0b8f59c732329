// Stops asking a provider that fails time after time, and tries it again once in a while.
import type { ModelFailure, ModelFailureKind } from '../../domain/model.ts';

const FAILURES_IN_A_ROW = 3;
const REST_MS = 30_000;

/** After them the next question would fare no better: they are about the provider, not about what was asked. */
const COUNTS: ReadonlySet<ModelFailureKind> = new Set([
  'provider_down',
  'unauthorised',
  'unknown_model',
  'redirect',
  // Each costs the run minutes, or memory: a hostile endpoint must not hold a job for hours.
  'timeout',
  'oversize',
]);

export interface CircuitBreaker {
  /** Why nothing is sent now; null when a question may go. After the rest one question goes ahead of the others. */
  refusal(): ModelFailure | null;
  /** How a question that was let through ended; null for an answer. */
  record(failure: ModelFailure | null): void;
}

/** Opens after three failed questions in a row for 30 s of `now`; then lets one through, whose end decides. */
export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let failures = 0;
  let last: ModelFailure | null = null;
  let restsUntil = 0;
  let trying = false;
  return {
    refusal: () => {
      if (last === null || failures < FAILURES_IN_A_ROW) return null;
      if (!trying && now() >= restsUntil) {
        trying = true;
        return null;
      }
      return {
        kind: last.kind,
        text: `Not sent, after ${failures} failures in a row. The last: ${last.text}`,
      };
    },
    record: (failure) => {
      trying = false;
      if (failure === null || !COUNTS.has(failure.kind)) {
        failures = 0;
        last = null;
        return;
      }
      failures += 1;
      last = failure;
      restsUntil = now() + REST_MS;
    },
  };
}
