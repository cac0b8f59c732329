// Whether what a run learns may be kept for others: a fork's run may read answers of the past, and leaves none behind (security row 34).
import { z } from 'zod';
import type { Variables } from '../environment.ts';

export type TrustZone = 'trusted' | 'untrusted';

// Shape: docs.github.com/webhooks/webhook-events-and-payloads. `head.repo` is null once a fork is deleted.
const repository = z.object({ full_name: z.string() });
const pullRequestEvent = z.object({
  pull_request: z.object({
    head: z.object({ repo: repository.nullish() }),
    base: z.object({ repo: repository.nullish() }),
  }),
});

/** @param event content of `GITHUB_EVENT_PATH`, or null */
export function trustZoneOf(variables: Variables, event: unknown): TrustZone {
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_MERGE_REQUEST_PROJECT_ID: target } = variables;
  if (target !== undefined) return source === target ? 'trusted' : 'untrusted';
  if (!/^pull_request/.test(variables.GITHUB_EVENT_NAME ?? '')) return 'trusted';
  const parsed = pullRequestEvent.safeParse(event);
  if (!parsed.success) return 'untrusted';
  const { head, base } = parsed.data.pull_request;
  const own = head.repo?.full_name;
  return own !== undefined && own === base.repo?.full_name ? 'trusted' : 'untrusted';
}
