// When to stop asking a provider: where no other request will fare better, each costs time and says nothing new.
import type { ModelFailure, ModelFailureKind } from '#domain/model.ts';
import type { ModelReply } from '#ports/language-model.ts';

/** After one of these nothing more is sent. */
const FINAL: ReadonlySet<ModelFailureKind> = new Set(['unauthorised', 'unknown_model', 'interrupted']);
/** After that many of these in a row nothing more is sent. */
const IN_A_ROW: Readonly<Partial<Record<ModelFailureKind, number>>> = { provider_down: 5, bad_request: 5 };

export interface StopRule {
  heed(reply: ModelReply): void;
  /** What every further question fails with; null while it is worth asking. */
  failure(): ModelFailure | null;
}

export function createStopRule(): StopRule {
  let stopped: ModelFailure | null = null;
  let last: ModelFailureKind | null = null;
  let row = 0;
  return {
    heed(reply) {
      const kind = reply.kind === 'failed' ? reply.failure.kind : null;
      row = kind !== null && kind === last ? row + 1 : 1;
      last = kind;
      if (reply.kind !== 'failed' || kind === null || stopped !== null) return;
      // The provider's own circuit breaker is open: it did not even try.
      const isOpen = kind === 'provider_down' && reply.attempts === 0;
      if (FINAL.has(kind) || isOpen || row >= (IN_A_ROW[kind] ?? Number.POSITIVE_INFINITY))
        stopped = reply.failure;
    },
    failure: () => stopped,
  };
}
