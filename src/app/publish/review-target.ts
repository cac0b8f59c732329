// Which change request a run speaks on, from what the operator said and what the CI's own variables and event say (pure).

import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Host } from '#domain/publication.ts';
import type { Variables } from '../environment.ts';
import type { PublishChoice } from '../run-request.ts';

export type ReviewTarget =
  | {
      readonly kind: 'github';
      /** `owner/repo`. */
      readonly repository: string;
      readonly number: number;
    }
  | {
      readonly kind: 'gitlab';
      /** A number, or `group/project`. */
      readonly project: string;
      readonly iid: number;
    }
  /** A `workflow_run` event: the pull request is asked for by the commit that the earlier workflow ran on, never taken from a file. */
  | {
      readonly kind: 'github-commit';
      readonly repository: string;
      readonly headSha: string;
      /** `owner:branch`, or null when the fork is gone. */
      readonly branch: string | null;
    }
  | { readonly kind: 'none'; readonly host: Host | null; readonly why: Phrase; readonly hint: Phrase };

export interface TargetRequest {
  readonly publish: PublishChoice;
  /** `owner/repo#7`; null when not given. */
  readonly pullRequest: string | null;
  /** `group/project!7`; null when not given. */
  readonly mergeRequest: string | null;
}

/** Throws AssayError `usage` for a change request that is not written as one. `event` is the content of `GITHUB_EVENT_PATH`, or null. */
export function reviewTarget(request: TargetRequest, variables: Variables, event: unknown): ReviewTarget {
  const named = namedTarget(request);
  if (named !== null) return named;
  switch (hostOf(request.publish, variables)) {
    case 'github':
      return gitHubTarget(request.publish, variables, event);
    case 'gitlab':
      return gitLabTarget(variables);
    case null:
      return nowhere(
        null,
        phrase`No CI of GitHub or GitLab runs this.`,
        phrase`Say where with --pull-request or --merge-request.`,
      );
  }
}

/** The change request that the operator named; null when none. Asked before a run starts too: a slip is told at once, not after minutes. */
export function namedTarget({ publish, pullRequest, mergeRequest }: TargetRequest): ReviewTarget | null {
  if (pullRequest !== null && mergeRequest !== null) {
    throw new AssayError('usage', '--pull-request and --merge-request exclude each other.', {
      hint: 'Give the one that this change is discussed in.',
    });
  }
  if (pullRequest !== null && publish === 'gitlab') throw otherHost('--pull-request', publish);
  if (mergeRequest !== null && publish === 'github') throw otherHost('--merge-request', publish);
  if (pullRequest !== null) return namedPullRequest(pullRequest);
  return mergeRequest === null ? null : namedMergeRequest(mergeRequest);
}

function hostOf(choice: PublishChoice, variables: Variables): Host | null {
  if (choice === 'github' || choice === 'gitlab') return choice;
  if (variables.GITHUB_ACTIONS === 'true' || variables.GITHUB_EVENT_NAME) return 'github';
  return variables.GITLAB_CI === 'true' || variables.CI_MERGE_REQUEST_IID ? 'gitlab' : null;
}

function namedPullRequest(text: string): ReviewTarget {
  const match = /^([A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100})#([1-9][0-9]{0,9})$/.exec(text);
  if (match?.[1] === undefined) throw notOne('--pull-request', text, 'owner/repo#7');
  return { kind: 'github', repository: match[1], number: Number(match[2]) };
}

function namedMergeRequest(text: string): ReviewTarget {
  const match = /^([A-Za-z0-9_.-]{1,255}(?:\/[A-Za-z0-9_.-]{1,255}){0,20})!([1-9][0-9]{0,9})$/.exec(text);
  if (match?.[1] === undefined) throw notOne('--merge-request', text, 'group/project!7');
  return { kind: 'gitlab', project: match[1], iid: Number(match[2]) };
}

function otherHost(option: string, publish: Host): AssayError {
  return new AssayError('usage', `${option} and --publish ${publish} name different hosts.`, {
    hint: `Leave --publish out: ${option} says enough.`,
  });
}

function notOne(option: string, text: string, example: string): AssayError {
  return new AssayError('usage', `${option} is ${JSON.stringify(text.slice(0, 100))}.`, {
    hint: `Expected is a name such as ${example}.`,
  });
}

// Shapes: docs.github.com/webhooks/webhook-events-and-payloads. `head.repo` is null once a fork is deleted.
const fullName = z.object({ full_name: z.string() });
const pullRequestEvent = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ repo: fullName.nullish() }),
    base: z.object({ repo: fullName.nullish() }),
  }),
});
const workflowRunEvent = z.object({
  workflow_run: z.object({
    head_sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
    head_branch: z.string().nullish(),
    head_repository: z.object({ owner: z.object({ login: z.string() }) }).nullish(),
  }),
});

const OTHER_EVENT_HINT = phrase`The verdicts stand in the job summary and in the result files.`;

function gitHubTarget(choice: PublishChoice, variables: Variables, event: unknown): ReviewTarget {
  const repository = variables.GITHUB_REPOSITORY ?? '';
  if (!/^[^/\s]+\/[^/\s]+$/.test(repository)) {
    return nowhere(
      'github',
      phrase`GITHUB_REPOSITORY names no repository.`,
      phrase`Say which with --pull-request owner/repo#7.`,
    );
  }
  const ran = workflowRunEvent.safeParse(event);
  if (variables.GITHUB_EVENT_NAME === 'workflow_run' && ran.success) {
    const { head_sha: headSha, head_branch: branch, head_repository: from } = ran.data.workflow_run;
    const name = branch && from ? `${from.owner.login}:${branch}` : null;
    return { kind: 'github-commit', repository, headSha, branch: name };
  }
  const parsed = pullRequestEvent.safeParse(event);
  if (!parsed.success) {
    const name = variables.GITHUB_EVENT_NAME || phrase`this run`;
    return nowhere('github', phrase`The event of ${name} is about no pull request.`, OTHER_EVENT_HINT);
  }
  const { number, head, base } = parsed.data.pull_request;
  const fromFork = head.repo?.full_name !== base.repo?.full_name;
  // What GitHub gives such a run can only read, whatever the workflow asks for (platforms A7).
  if (fromFork && choice !== 'github' && variables.GITHUB_EVENT_NAME === 'pull_request') {
    return nowhere(
      'github',
      phrase`The pull request comes from a fork, whose runs may not comment.`,
      phrase`The second workflow posts this result: .github/workflows/assay-publish.yml, which ${'`assay init --host github`'} writes (docs/install-github.md). Without it the result stands in the job summary, the annotations and the artifact.`,
    );
  }
  return { kind: 'github', repository, number };
}

function gitLabTarget(variables: Variables): ReviewTarget {
  const iid = Number(variables.CI_MERGE_REQUEST_IID ?? '');
  const project = variables.CI_MERGE_REQUEST_PROJECT_ID || variables.CI_PROJECT_ID || '';
  if (!Number.isSafeInteger(iid) || iid < 1 || project === '') {
    return nowhere('gitlab', phrase`This pipeline is about no merge request.`, OTHER_EVENT_HINT);
  }
  return { kind: 'gitlab', project, iid };
}

function nowhere(host: Host | null, why: Phrase, hint: Phrase): ReviewTarget {
  return { kind: 'none', host, why, hint };
}
