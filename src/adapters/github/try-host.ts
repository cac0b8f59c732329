// Turns what GitHub refuses into values, and sends a write again only when it is sure that the first one was not stored.

import type { GitHubClient } from './github-client.ts';
import { type HostFailure, isLost, StrangeAnswer } from './host-failure.ts';

export type Tried<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: HostFailure };

/** A review of thirty comments may still be on its way into the host's store when its 502 arrives. */
const SETTLING_MS = 2000;

/** Runs `work`; a failure of the host's becomes a value, everything else is thrown on. */
export async function tryHost<T>(client: GitHubClient, work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    const failure = client.failureOf(error);
    if (failure === null) throw error;
    return { kind: 'failed', failure };
  }
}

/**
 * Sends a write; when its answer is lost (5xx, reset, timeout: platforms D16, D32), looks whether it was stored before it is sent once more,
 * and looks again when that answer is lost too. `look` gives null when nothing was stored; when it fails nothing is sent again.
 */
export async function writeOnce<T>(
  client: GitHubClient,
  send: () => Promise<T>,
  look: () => Promise<T | null>,
): Promise<Tried<T>> {
  return tryHost(client, async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        const failure = client.failureOf(error);
        if (failure === null || !isLost(failure)) throw error;
        await client.sleep(SETTLING_MS);
        const stored = await look();
        if (stored !== null) return stored;
        if (tries === 2) throw error;
      }
    }
  });
}

/** `data` as `schema` reads it; throws StrangeAnswer when the host sent something else. */
export function readAnswer<T>(
  schema: { safeParse(data: unknown): { success: true; data: T } | { success: false } },
  data: unknown,
  what: string,
): T {
  const parsed = schema.safeParse(data);
  if (!parsed.success)
    throw new StrangeAnswer(`the answer about ${what} is not what the interface describes`);
  return parsed.data;
}
