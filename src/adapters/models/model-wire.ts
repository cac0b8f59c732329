// What the outside of a model is made of: the network's door, time, and the run's own stop signal. All of it is handed in.
import type { Log } from '../../ports/log.ts';

export interface ModelWire {
  /** The bounded fetch of the run: https, no redirects, never a metadata service. Its time limit should not be below `timeoutMs`. */
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The run's: what it is aborted with is thrown as it is. */
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
  readonly log: Log;
  /** For one request, its answer included. Default two minutes: a model that answers in one piece sends nothing before it is done. */
  readonly timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 120_000;
