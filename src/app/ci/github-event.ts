// The webhook event of a GitHub run, read as hostile text: commit ids are taken out of it and nothing else.
import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import { isCommit, noChange, type ReviewedChange } from './reviewed-change.ts';

// Shapes: docs.github.com/webhooks/webhook-events-and-payloads. `head.repo` is null once a fork is deleted, and is not needed.
const commit = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const pullRequestEvent = z.object({
  pull_request: z.object({ base: z.object({ sha: commit }), head: z.object({ sha: commit }) }),
});
const pushEvent = z.object({ before: commit, after: commit });
const mergeGroupEvent = z.object({ merge_group: z.object({ base_sha: commit, head_sha: commit }) });

export interface GitHubCheckout {
  /** `GITHUB_SHA`: on `pull_request` the merge of head into base, not head. */
  readonly triggeredBy: string | null;
  /** Commit that HEAD of the work tree stands at; null when that is unknown. */
  readonly workTreeHead: string | null;
}

/** Throws AssayError `input` for an event without the commits it should name, `configuration` for one that must not run. */
export function changeOfGitHubEvent(name: string, event: unknown, checkout: GitHubCheckout): ReviewedChange {
  switch (name) {
    case 'pull_request': {
      const { base, head } = parse(pullRequestEvent, name, event).pull_request;
      return {
        base: base.sha,
        head: head.sha,
        scannedRevision: scanned(head.sha, checkout),
        policyRevision: null,
      };
    }
    case 'pull_request_target': {
      const { base, head } = parse(pullRequestEvent, name, event).pull_request;
      refuseForeignWorkTree(base.sha, checkout);
      return { base: base.sha, head: head.sha, scannedRevision: null, policyRevision: null };
    }
    case 'push': {
      const { before, after } = parse(pushEvent, name, event);
      return {
        base: isCommit(before) ? before : null,
        head: isCommit(after) ? after : null,
        scannedRevision: null,
        policyRevision: isCommit(before) || !isCommit(after) ? null : after,
      };
    }
    case 'merge_group': {
      const { base_sha: base, head_sha: head } = parse(mergeGroupEvent, name, event).merge_group;
      return { base, head, scannedRevision: null, policyRevision: null };
    }
    case 'schedule':
    case 'workflow_dispatch':
    case 'release':
      return noChange(checkout.triggeredBy);
    default:
      return noChange(null);
  }
}

/** The scanners read what was checked out: by default the merge commit, with `ref: head.sha` the head itself. */
function scanned(head: string, { triggeredBy, workTreeHead }: GitHubCheckout): string | null {
  return workTreeHead === head || triggeredBy === head ? null : triggeredBy;
}

/**
 * `pull_request_target` runs with the base repository's secrets. With the change's files in the work tree, any step could execute them
 * (security.md §1.3), so only a work tree at the base is let through; an unknown one is not.
 */
function refuseForeignWorkTree(base: string, { triggeredBy, workTreeHead }: GitHubCheckout): void {
  if (workTreeHead !== null && (workTreeHead === triggeredBy || workTreeHead === base)) return;
  throw new AssayError(
    'configuration',
    'This job runs on pull_request_target with the files of the pull request in its work tree.',
    {
      hint: 'That hands your secrets to whoever opens a pull request. Run on pull_request instead, or check out the base.',
    },
  );
}

function parse<Shape extends z.ZodType>(shape: Shape, name: string, event: unknown): z.infer<Shape> {
  const result = shape.safeParse(event);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join('.') || 'the event';
  throw new AssayError(
    'input',
    `The ${name} event does not say which commits it is about: ${where} is not usable.`,
    {
      hint: 'GITHUB_EVENT_PATH must name the event file that the runner wrote; give base and head as inputs otherwise.',
    },
  );
}
