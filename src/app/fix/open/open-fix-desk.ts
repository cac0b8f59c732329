// Casts the host's adapter for the branch and the request of the fixes, with the token that publishing has.
import { AssayError } from '#domain/errors.ts';
import type { FixDesk } from '#ports/fix-desk.ts';
import type { Log } from '#ports/log.ts';
import { createBoundedFetch } from '../../../adapters/http/bounded-fetch.ts';
import { useProxyOf } from '../../../adapters/http/use-proxy.ts';
import { createSleep } from '../../../adapters/local/sleep.ts';
import type { Environment } from '../../environment.ts';
import type { FixWhere } from './fix-where.ts';

export interface FixDeskContext extends Pick<Environment, 'variables' | 'signal' | 'waiting'> {
  readonly allowHttp: boolean;
  readonly log: Log;
}

/** The adapters are loaded only here. Throws AssayError `configuration` where there is no token. */
export async function openFixDesk(where: FixWhere, context: FixDeskContext): Promise<FixDesk> {
  const { variables, signal, waiting, allowHttp, log } = context;
  useProxyOf(variables);
  const limits = waiting === undefined ? {} : { timeoutMs: waiting.timeoutMs };
  const wire = {
    fetch: createBoundedFetch({ ...limits, signal, allowHttp }),
    sleep: waiting?.sleep ?? createSleep(signal),
    now: Date.now,
    log,
  };
  return where.host === 'github' ? openGitHub(where, variables, wire) : openGitLab(where, variables, wire);
}

interface Wire {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

async function openGitHub(
  { repository }: Extract<FixWhere, { host: 'github' }>,
  variables: Environment['variables'],
  wire: Wire,
): Promise<FixDesk> {
  const given = [variables.GITHUB_TOKEN, variables['INPUT_GITHUB-TOKEN']];
  const token = given.find((one) => one !== undefined && one !== '' && !one.startsWith('${{'));
  if (token === undefined) {
    throw noToken(
      'GITHUB_TOKEN',
      `Set it under \`env:\` of the step, as in \`GITHUB_TOKEN: \${{ github.token }}\`, with \`contents: write\` and \`pull-requests: write\` under \`permissions:\` of the job; outside of a workflow, to a token of your own.`,
    );
  }
  const github = await import('../../../adapters/github/open-github.ts');
  const apiUrl = variables.GITHUB_API_URL || 'https://api.github.com';
  const graphqlUrl = variables.GITHUB_GRAPHQL_URL || null;
  const client = github.createGitHubClient({ ...wire, token, apiUrl, graphqlUrl });
  const serverUrl = variables.GITHUB_SERVER_URL || 'https://github.com';
  return github.createGitHubFixDesk(client, { repository, serverUrl });
}

async function openGitLab(
  { project }: Extract<FixWhere, { host: 'gitlab' }>,
  variables: Environment['variables'],
  wire: Wire,
): Promise<FixDesk> {
  const token = variables.ASSAY_GITLAB_TOKEN || variables.GITLAB_TOKEN;
  if (!token) {
    throw noToken(
      'ASSAY_GITLAB_TOKEN',
      'Set it to a project access token, scope `api`, role Developer, in a masked CI/CD variable.',
    );
  }
  const gitlab = await import('../../../adapters/gitlab/open-gitlab.ts');
  const serverUrl = variables.CI_SERVER_URL || 'https://gitlab.com';
  const apiUrl = variables.CI_API_V4_URL || `${serverUrl.replace(/\/+$/, '')}/api/v4`;
  const jobToken = variables.CI_JOB_TOKEN || null;
  const client = gitlab.createGitLabClient({ ...wire, token, jobToken, apiUrl });
  if ('problem' in client)
    throw new AssayError('configuration', client.problem.text, { hint: client.problem.hint });
  return gitlab.createGitLabFixDesk(client, { project, serverUrl });
}

function noToken(name: string, hint: string): AssayError {
  return new AssayError('configuration', `There is no token to open a request with: ${name} is not set.`, {
    hint,
  });
}
