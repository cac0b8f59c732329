// Who speaks to the hosts, and with which token: the same for comments and for requests with fixes.
import type { DeskProblem } from '#domain/publication.ts';
import type { Log } from '#ports/log.ts';
import { createBoundedFetch } from '../../adapters/http/bounded-fetch.ts';
import { useProxyOf } from '../../adapters/http/use-proxy.ts';
import { createSleep } from '../../adapters/local/sleep.ts';
import type { Environment, Variables } from '../environment.ts';

export interface WireContext extends Pick<Environment, 'variables' | 'signal'> {
  readonly waiting?: Environment['waiting'] | undefined;
  readonly allowHttp: boolean;
  readonly log: Log;
}

export interface Wire {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

export function openWire({ variables, signal, waiting, allowHttp, log }: WireContext): Wire {
  useProxyOf(variables);
  const limits = waiting === undefined ? {} : { timeoutMs: waiting.timeoutMs };
  return {
    fetch: createBoundedFetch({ ...limits, signal, allowHttp }),
    sleep: waiting?.sleep ?? createSleep(signal),
    now: Date.now,
    log,
  };
}

type GitHub = typeof import('../../adapters/github/open-github.ts');
type GitLab = typeof import('../../adapters/gitlab/open-gitlab.ts');

export interface GitHubAccess {
  readonly client: ReturnType<GitHub['createGitHubClient']>;
  readonly serverUrl: string;
}

export interface GitLabAccess {
  readonly client: Exclude<ReturnType<GitLab['createGitLabClient']>, { readonly problem: DeskProblem }>;
  readonly serverUrl: string;
}

/** Null without a token. The adapters are loaded only here: a run that posts nothing does not pay for them. */
export async function openGitHubClient(variables: Variables, wire: Wire): Promise<GitHubAccess | null> {
  const token = gitHubToken(variables);
  if (token === null) return null;
  const github = await import('../../adapters/github/open-github.ts');
  const apiUrl = variables.GITHUB_API_URL || 'https://api.github.com';
  const graphqlUrl = variables.GITHUB_GRAPHQL_URL || null;
  const client = github.createGitHubClient({ ...wire, token, apiUrl, graphqlUrl });
  return { client, serverUrl: variables.GITHUB_SERVER_URL || 'https://github.com' };
}

/** Null without a token; a problem for one that may not be sent. */
export async function openGitLabClient(
  variables: Variables,
  wire: Wire,
): Promise<GitLabAccess | { readonly problem: DeskProblem } | null> {
  const token = variables.ASSAY_GITLAB_TOKEN || variables.GITLAB_TOKEN;
  if (!token) return null;
  const gitlab = await import('../../adapters/gitlab/open-gitlab.ts');
  const serverUrl = variables.CI_SERVER_URL || 'https://gitlab.com';
  const apiUrl = variables.CI_API_V4_URL || `${serverUrl.replace(/\/+$/, '')}/api/v4`;
  const jobToken = variables.CI_JOB_TOKEN || null;
  const client = gitlab.createGitLabClient({ ...wire, token, jobToken, apiUrl });
  return 'problem' in client ? client : { client, serverUrl };
}

/** A workflow's own variable wins; the input's default is an expression that only a runner fills in. */
function gitHubToken(variables: Variables): string | null {
  const given = [variables.GITHUB_TOKEN, variables['INPUT_GITHUB-TOKEN']];
  return given.find((token) => token !== undefined && token !== '' && !token.startsWith('${{')) ?? null;
}
