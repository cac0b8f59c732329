// Casts the roles of publishing: which host's adapters play desk, change source and code scanning, with which token.
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DeskProblem } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { CodeScanning } from '#ports/code-scanning.ts';
import type { Log } from '#ports/log.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { createBoundedFetch } from '../../adapters/http/bounded-fetch.ts';
import { useProxyOf } from '../../adapters/http/use-proxy.ts';
import { createSleep } from '../../adapters/local/sleep.ts';
import type { Environment, Variables } from '../environment.ts';
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

/** The adapters are loaded only here: a run that posts nothing does not pay for them. */
export async function openDesk(
  target: Reachable,
  context: DeskContext,
): Promise<OpenDesk | { readonly problem: DeskProblem } | Nowhere> {
  useProxyOf(context.variables);
  const wire = {
    fetch: createBoundedFetch({
      ...timeLimit(context),
      signal: context.signal,
      allowHttp: context.allowHttp,
    }),
    sleep: context.waiting?.sleep ?? createSleep(context.signal),
    now: Date.now,
    log: context.log,
  };
  return target.kind === 'gitlab' ? openGitLab(target, context, wire) : openGitHub(target, context, wire);
}

function timeLimit({ waiting }: DeskContext): { readonly timeoutMs?: number } {
  return waiting === undefined ? {} : { timeoutMs: waiting.timeoutMs };
}

interface Wire {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

async function openGitHub(
  target: Extract<Reachable, { kind: 'github' | 'github-commit' }>,
  { variables, clone, book }: Pick<DeskContext, 'variables' | 'clone' | 'book'>,
  wire: Wire,
): Promise<OpenDesk | { readonly problem: DeskProblem } | Nowhere> {
  const token = gitHubToken(variables);
  if (token === null) {
    return {
      problem: noToken(
        'GITHUB_TOKEN',
        phrase`${TOKEN_LINE} under ${'`env:`'} of the step, with ${'`pull-requests: write`'} under ${'`permissions:`'} of the job; outside of a workflow, a token of your own`,
        book,
      ),
    };
  }
  const github = await import('../../adapters/github/open-github.ts');
  const apiUrl = variables.GITHUB_API_URL || 'https://api.github.com';
  const client = github.createGitHubClient({
    ...wire,
    ...{ token, apiUrl, graphqlUrl: variables.GITHUB_GRAPHQL_URL || null },
  });
  const { repository } = target;
  const found = target.kind === 'github' ? target.number : await github.findPullRequest(client, target);
  if (found === null) return noPullRequest(repository);
  if (typeof found === 'object') return found;
  const serverUrl = variables.GITHUB_SERVER_URL || 'https://github.com';
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
  const token = variables.ASSAY_GITLAB_TOKEN || variables.GITLAB_TOKEN || null;
  if (token === null) {
    return {
      problem: noToken(
        'ASSAY_GITLAB_TOKEN',
        phrase`a masked CI/CD variable with a project access token, scope api, role Developer`,
        book,
      ),
    };
  }
  const gitlab = await import('../../adapters/gitlab/open-gitlab.ts');
  const serverUrl = variables.CI_SERVER_URL || 'https://gitlab.com';
  const apiUrl = variables.CI_API_V4_URL || `${serverUrl.replace(/\/+$/, '')}/api/v4`;
  const jobToken = variables.CI_JOB_TOKEN || null;
  const client = gitlab.createGitLabClient({ ...wire, token, jobToken, apiUrl });
  if ('problem' in client) return client;
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

/** A workflow's own variable wins; the input's default is an expression that only a runner fills in. */
function gitHubToken(variables: Variables): string | null {
  const given = [variables.GITHUB_TOKEN, variables['INPUT_GITHUB-TOKEN']];
  return given.find((token) => token !== undefined && token !== '' && !token.startsWith('${{')) ?? null;
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
