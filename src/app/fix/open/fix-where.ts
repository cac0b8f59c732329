// Where the fixes of a run are proposed, from what the operator said and what the CI's own variables and event say (pure).
import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import type { FixTarget } from '#ports/fix-desk.ts';
import type { Variables } from '../../environment.ts';
import { namedTarget } from '../../publish/review-target.ts';

export type FixWhere =
  /** `owner/repo`. */
  | { readonly host: 'github'; readonly repository: string; readonly target: FixTarget }
  /** A number, or `group/project`. */
  | { readonly host: 'gitlab'; readonly project: string; readonly target: FixTarget };

export interface WhereRequest {
  /** A branch; null: the change's own, else the one that is built, else the default one. */
  readonly target: string | null;
  /** `owner/repo#7`; null when not given. */
  readonly pullRequest: string | null;
  /** `group/project!7`; null when not given. */
  readonly mergeRequest: string | null;
}

/**
 * Throws AssayError `usage` where nobody says where, and `configuration` for a run that may not write: one of a fork, and one that somebody
 * without rights in the repository can start, or that works on what another run left (security §1.3).
 *
 * @param event the content of `GITHUB_EVENT_PATH`, or null
 */
export function fixWhere(request: WhereRequest, variables: Variables, event: unknown): FixWhere {
  const { pullRequest, mergeRequest } = request;
  const named = namedTarget({ publish: 'auto', pullRequest, mergeRequest });
  const own = request.target === null ? null : ({ kind: 'branch', name: request.target } as const);
  const eventTarget = gitHubEventTarget(variables, event);
  refuseForeignPipeline(variables);
  if (named?.kind === 'github') {
    const { repository, number } = named;
    return { host: 'github', repository, target: own ?? { kind: 'request', number } };
  }
  if (named?.kind === 'gitlab') {
    const { project, iid } = named;
    return { host: 'gitlab', project, target: own ?? { kind: 'request', number: iid } };
  }
  const repository = variables.GITHUB_REPOSITORY ?? '';
  const project = variables.CI_MERGE_REQUEST_PROJECT_ID || variables.CI_PROJECT_ID || '';
  const isGitLab = variables.GITLAB_CI === 'true' || (repository === '' && project !== '');
  if (isGitLab && project !== '') return { host: 'gitlab', project, target: own ?? gitLabTarget(variables) };
  if (repository !== '') return { host: 'github', repository, target: own ?? eventTarget };
  throw new AssayError('usage', 'Nothing says where the request is to be opened.', {
    hint: 'Set GITHUB_REPOSITORY=owner/repo with GITHUB_TOKEN, or CI_PROJECT_ID with CI_SERVER_URL and GITLAB_TOKEN; or give --pull-request or --merge-request for fixes of that change.',
  });
}

/** Who can start them may write to the repository; a pull request of a fork is told by its event. */
const TRUSTED_EVENTS = new Set([
  ...['push', 'pull_request', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'],
]);
const fullName = z.object({ full_name: z.string() });
const pullRequestEvent = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ repo: fullName.nullish() }),
    base: z.object({ repo: fullName }),
  }),
});

function gitHubEventTarget(variables: Variables, event: unknown): FixTarget {
  const name = variables.GITHUB_EVENT_NAME ?? '';
  if (name === '') return { kind: 'default' };
  if (!TRUSTED_EVENTS.has(name)) {
    throw new AssayError(
      'configuration',
      `assay fix --open does not run on the event ${name.slice(0, 50)}.`,
      {
        hint: 'Others than those who may write to the repository can start it, or it works on what such a run left. Run on push, pull_request, schedule or workflow_dispatch.',
      },
    );
  }
  if (name !== 'pull_request') return branchOf(variables.GITHUB_REF_TYPE, variables.GITHUB_REF_NAME);
  const parsed = pullRequestEvent.safeParse(event);
  if (!parsed.success) {
    throw new AssayError('input', 'The event does not say which pull request it is about.', {
      hint: 'GITHUB_EVENT_PATH must name the event file that the runner wrote.',
    });
  }
  const { number, head, base } = parsed.data.pull_request;
  if (head.repo?.full_name !== base.repo.full_name) throw fromFork();
  return { kind: 'request', number };
}

function branchOf(type: string | undefined, name: string | undefined): FixTarget {
  return type === 'branch' && name ? { kind: 'branch', name } : { kind: 'default' };
}

/** What is pushed, started or scheduled by members (docs.gitlab.com/ci/jobs/job_rules, "CI_PIPELINE_SOURCE"). */
const TRUSTED_SOURCES = new Set([
  ...['push', 'web', 'schedule', 'api', 'trigger', 'pipeline', 'parent_pipeline', 'merge_request_event'],
]);

function refuseForeignPipeline(variables: Variables): void {
  if (variables.GITLAB_CI !== 'true') return;
  const source = variables.CI_PIPELINE_SOURCE ?? '';
  if (source !== '' && !TRUSTED_SOURCES.has(source)) {
    throw new AssayError(
      'configuration',
      `assay fix --open does not run in a pipeline of ${source.slice(0, 50)}.`,
      {
        hint: 'Run it in a pipeline of a branch, of a merge request or of a schedule.',
      },
    );
  }
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: from, CI_MERGE_REQUEST_PROJECT_ID: to } = variables;
  if (to && from !== to) throw fromFork();
}

function gitLabTarget(variables: Variables): FixTarget {
  const iid = Number(variables.CI_MERGE_REQUEST_IID ?? '');
  if (Number.isSafeInteger(iid) && iid > 0) return { kind: 'request', number: iid };
  return branchOf('branch', variables.CI_COMMIT_BRANCH);
}

export function fromFork(): AssayError {
  return new AssayError('configuration', 'The change comes from a fork: its runs open no requests.', {
    hint: 'What the fork wrote would go into the repository by its token. Run assay fix --open on a branch of the repository itself.',
  });
}
