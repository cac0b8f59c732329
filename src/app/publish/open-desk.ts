// Casts the roles of publishing: which host's adapters play desk, change source and code scanning, with which token.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DeskProblem } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { CodeScanning } from '#ports/code-scanning.ts';
import type { Log } from '#ports/log.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { Environment, Variables } from '../environment.ts';
import { openGitHubClient, openGitLabClient, openWire, type Wire } from './host-clients.ts';
import { readJobToken } from './job-token.ts';
import { readEvent } from './read-event.ts';
import type { ReviewTarget } from './review-target.ts';
import { withholdWrites } from './withhold-writes.ts';

export interface OpenDesk {
  readonly desk: ReviewDesk;
  /** The change as the host tells it, for what is not in a clone. */
  readonly changes: ChangeSource;
  readonly scanning: CodeScanning | null;
  readonly requests: () => { readonly reads: number; readonly writes: number };
  /** `owner/repo#7` or `12!7`, for messages. */
  readonly name: string;
  /** The workflow's file whose permissions are known; null where none is. */
  readonly workflow?: string | null;
}

export interface DeskContext {
  readonly variables: Variables;
  readonly allowHttp: boolean;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly waiting: Environment['waiting'];
  /** Of the repository, for the workflow's own file; null without one. */
  readonly clone: Pick<ChangeSource, 'at'> | null;
  /** What problems are told with; null for English. */
  readonly book: PhraseBook | null;
}

type Reachable = Exclude<ReviewTarget, { kind: 'none' }>;
type Nowhere = Extract<ReviewTarget, { kind: 'none' }>;

const TOKEN_LINE = `\`GITHUB_TOKEN: \${{ github.token }}\``;

export async function openDesk(
  target: Reachable,
  context: DeskContext,
): Promise<OpenDesk | { readonly problem: DeskProblem } | Nowhere> {
  const wire = openWire(context);
  return target.kind === 'gitlab' ? openGitLab(target, context, wire) : openGitHub(target, context, wire);
}

async function openGitHub(
  target: Extract<Reachable, { kind: 'github' | 'github-commit' }>,
  { variables, clone, book }: Pick<DeskContext, 'variables' | 'clone' | 'book'>,
  wire: Wire,
): Promise<OpenDesk | { readonly problem: DeskProblem } | Nowhere> {
  const access = await openGitHubClient(variables, wire);
  if (access === null) {
    return {
      problem: noToken(
        'GITHUB_TOKEN',
        phrase`${TOKEN_LINE} under ${'`env:`'} of the step, with ${'`pull-requests: write`'} under ${'`permissions:`'} of the job; outside of a workflow, a token of your own`,
        book,
      ),
    };
  }
  const { client, serverUrl } = access;
  const github = await import('../../adapters/github/open-github.ts');
  const { repository } = target;
  const found = target.kind === 'github' ? target.number : await github.findPullRequest(client, target);
  if (found === null) return noPullRequest(repository);
  if (typeof found === 'object') return found;
  const at = { repository, number: found, serverUrl };
  const job = await readJobToken(variables, await readEvent(variables), clone);
  const places = {
    desk: github.createGitHubDesk(client, at),
    scanning: github.createGitHubCodeScanning(client, at),
  };
  return {
    ...withholdWrites(places, ({ self, change }) => job.withheld(self, change)),
    changes: github.createGitHubChangeSource(client, at),
    requests: () => client.requests(),
    name: `${repository}#${found}`,
    workflow: job.workflow,
  };
}

async function openGitLab(
  target: Extract<Reachable, { kind: 'gitlab' }>,
  { variables, book }: Pick<DeskContext, 'variables' | 'book'>,
  wire: Wire,
): Promise<OpenDesk | { readonly problem: DeskProblem }> {
  const access = await openGitLabClient(variables, wire);
  if (access === null) {
    return {
      problem: noToken(
        'ASSAY_GITLAB_TOKEN',
        phrase`a masked CI/CD variable with a project access token, scope api, role Developer`,
        book,
      ),
    };
  }
  if ('problem' in access) return access;
  const { client, serverUrl } = access;
  const gitlab = await import('../../adapters/gitlab/open-gitlab.ts');
  const { project, iid } = target;
  const at = { project, iid, serverUrl, ...gitLabFallbacks(variables) };
  return {
    ...withholdWrites({ desk: gitlab.createGitLabDesk(client, at), scanning: null }, () => ({})),
    changes: gitlab.createGitLabChangeSource(client, at),
    requests: () => client.requests(),
    name: `${project}!${iid}`,
  };
}

/** The variables' commits are used only when the API names none: they can be stale (platforms B5). */
function gitLabFallbacks(variables: Variables) {
  const base = variables.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  const head = variables.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || variables.CI_COMMIT_SHA;
  return {
    fallbackRefs: base && head ? { baseSha: base, startSha: base, headSha: head } : null,
    pipelineId: variables.CI_PIPELINE_ID ? Number(variables.CI_PIPELINE_ID) : null,
    statusUrl: variables.CI_JOB_URL || null,
  };
}

function noToken(name: string, how: Phrase, book: PhraseBook | null): DeskProblem {
  return {
    code: 'permission',
    text: say(phrase`There is no token to comment with: ${name} is not set.`, book),
    hint: say(phrase`Set ${name}: ${how}.`, book),
  };
}

/** Nobody's fault, and nothing to mend. */
function noPullRequest(repository: string): Nowhere {
  return {
    kind: 'none',
    host: 'github',
    why: phrase`No open pull request of ${repository} has the commit of that workflow run as its head.`,
    hint: phrase`It was closed or pushed to meanwhile; the run of the new head posts its own result.`,
  };
}
