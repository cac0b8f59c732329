// When a request to GitHub is sent again: reads after a fault, anything after a limit, and a write after a fault never.
//
// The plugins made for this are not used: @octokit/plugin-retry sends POST again on 5xx, though GitHub may have stored it, and
// @octokit/plugin-throttling spaces comments by three seconds and does not know 422 "abuse" (platforms A1, B8).
import type { Log } from '../../ports/log.ts';
import { type HostFailure, readFailure } from './host-failure.ts';
import { isLimited, limitWait } from './host-limits.ts';

/** Waiting for limits in one run, all requests together. */
const PATIENCE_MS = 5 * 60_000;
const READ_RETRIES = 3;
const FIRST_PAUSE_MS = 1000;
const PASSING_STATUS = new Set([500, 502, 503, 504]);

export interface PolicyWorld {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'debug' | 'info'>;
  readonly conceal: (text: string) => string;
}

export interface SentRequest {
  readonly kind: 'read' | 'write';
  /** For the log: the method and the route's template, which hold nothing foreign. */
  readonly name: string;
}

export interface RequestPolicy {
  /** Sends until there is an answer or no reason to try again; throws what the last try threw. */
  send<T extends { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown }>(
    request: SentRequest,
    once: () => Promise<T>,
  ): Promise<T>;
  counts(): { readonly reads: number; readonly writes: number };
}

export function createRequestPolicy(world: PolicyWorld): RequestPolicy {
  const counts = { reads: 0, writes: 0 };
  let patience = PATIENCE_MS;

  /** Waits when there is patience left; false when there is not. */
  const waitForLimit = async (request: SentRequest, wait: number): Promise<boolean> => {
    if (wait > patience) return false;
    patience -= wait;
    world.log.info(`GitHub limits requests; ${request.name} waits ${Math.ceil(wait / 1000)} s.`);
    await world.sleep(wait);
    return true;
  };

  return {
    counts: () => ({ ...counts }),
    send: async (request, once) => {
      let faults = 0;
      for (let limits = 0; ; ) {
        if (request.kind === 'read') counts.reads += 1;
        else counts.writes += 1;
        try {
          const answer = await once();
          if (!isLimitedQuery(answer.data)) return answer;
          const headers = textHeaders(answer.headers);
          if (!(await waitForLimit(request, limitWait(headers, limits, world.now())))) return answer;
          limits += 1;
        } catch (error) {
          const failure = readFailure(error, world.conceal);
          if (failure === null) throw error;
          if (isLimited(failure)) {
            if (!(await waitForLimit(request, limitWait(failure.headers, limits, world.now())))) throw error;
            limits += 1;
          } else if (request.kind === 'read' && isPassing(failure) && faults < READ_RETRIES) {
            await world.sleep(FIRST_PAUSE_MS * 2 ** faults);
            faults += 1;
            world.log.debug(`${request.name} is sent again after ${failure.status ?? 'no answer'}.`);
          } else throw error;
        }
      }
    },
  };
}

function isPassing(failure: HostFailure): boolean {
  return failure.ours === null && (failure.status === null || PASSING_STATUS.has(failure.status));
}

/** GraphQL says it inside an answer with status 200. */
function isLimitedQuery(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors))
    return false;
  return data.errors.some((entry: unknown) => isLimitedEntry(entry));
}

function isLimitedEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'type' in entry && entry.type === 'RATE_LIMITED';
}

function textHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
