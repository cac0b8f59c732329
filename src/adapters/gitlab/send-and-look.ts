// A write whose answer was lost: looked for before it is sent again, and sent twice at most.
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';

/** Before the look: behind a gateway that gave up, GitLab may still be storing what was sent. */
const LOOK_DELAYS: readonly number[] = [1000, 3000];

/**
 * @param look what the write left, when it was carried out after all; null when nothing of it is there
 * @returns what `send` or `look` gives, or the fault that stands in the end
 */
export async function sendAndLook<T>(
  client: GitLabClient,
  send: () => Promise<T>,
  look: () => Promise<T | null>,
): Promise<T | GitLabFault> {
  let last: T | GitLabFault = await attempt(send);
  for (const [tries, delay] of LOOK_DELAYS.entries()) {
    if (!(last instanceof GitLabFault) || last.kind !== 'lost') return last;
    await client.wait(delay);
    const found = await attempt(look);
    if (found !== null) return found;
    if (tries < LOOK_DELAYS.length - 1) last = await attempt(send);
  }
  return last;
}
