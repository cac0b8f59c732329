// Casts the host's adapter for the branch and the request of the fixes, with the token that publishing has.
import { AssayError } from '#domain/errors.ts';
import type { FixDesk } from '#ports/fix-desk.ts';
import {
  openGitHubClient,
  openGitLabClient,
  openWire,
  type WireContext,
} from '../../publish/host-clients.ts';
import type { FixWhere } from './fix-where.ts';

/** Throws AssayError `configuration` where there is no token, or one that may not be sent. */
export async function openFixDesk(where: FixWhere, context: WireContext): Promise<FixDesk> {
  const { variables } = context;
  const wire = openWire(context);
  if (where.host === 'github') {
    const access = await openGitHubClient(variables, wire);
    if (access === null) throw noToken('GITHUB_TOKEN', GITHUB_HINT);
    const { client, serverUrl } = access;
    const github = await import('../../../adapters/github/open-github.ts');
    return github.createGitHubFixDesk(client, { repository: where.repository, serverUrl });
  }
  const access = await openGitLabClient(variables, wire);
  if (access === null) throw noToken('ASSAY_GITLAB_TOKEN', GITLAB_HINT);
  if ('problem' in access)
    throw new AssayError('configuration', access.problem.text, { hint: access.problem.hint });
  const { client, serverUrl } = access;
  const gitlab = await import('../../../adapters/gitlab/open-gitlab.ts');
  return gitlab.createGitLabFixDesk(client, { project: where.project, serverUrl });
}

const GITHUB_HINT = `Set it under \`env:\` of the step, as in \`GITHUB_TOKEN: \${{ github.token }}\`, with \`contents: write\` and \`pull-requests: write\` under \`permissions:\` of the job; outside of a workflow, to a token of your own.`;
const GITLAB_HINT =
  'Set it to a project access token, scope `api`, role Developer, in a masked CI/CD variable.';

function noToken(name: string, hint: string): AssayError {
  return new AssayError('configuration', `There is no token to open a request with: ${name} is not set.`, {
    hint,
  });
}
