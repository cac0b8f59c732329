import { afterAll, expect, test } from 'vitest';
import { createGitHubClient } from '#adapters/github/github-client.ts';
import { createGitHubFixDesk } from '#adapters/github/github-fix-desk.ts';
import { createGitLabClient } from '#adapters/gitlab/gitlab-client.ts';
import { createGitLabFixDesk } from '#adapters/gitlab/gitlab-fix-desk.ts';
import { createGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import { FIX_HOSTS } from '../e2e/fix-request-hosts.ts';
import { ACTIONS_BOT } from '../emulators/github/actors.ts';
import { GITLAB_USERS } from '../emulators/gitlab/start-gitlab-emulator.ts';
import { fixDeskContract } from './fix-desk.contract.ts';

const repository = createGitRepository()
  .write('src/app.js', 'old\n')
  .makeExecutable('src/app.js')
  .write('src/other.js', 'other\n');
repository.commit('base');
afterAll(() => repository.dispose());
const origin = (): GitRepository => repository;

const wire = () => ({ fetch, sleep: async () => {}, now: () => 0, log: createMemoryWorld({}, {}).log });

async function openGitHub() {
  const host = await FIX_HOSTS.github(repository);
  const { GITHUB_TOKEN: token = '', GITHUB_API_URL: apiUrl = '', ...more } = host.variables();
  const graphqlUrl = more.GITHUB_GRAPHQL_URL ?? null;
  const client = createGitHubClient({ ...wire(), token, apiUrl, graphqlUrl });
  const at = { repository: 'octo/shop', serverUrl: more.GITHUB_SERVER_URL ?? '' };
  return { host, desk: createGitHubFixDesk(client, at), self: ACTIONS_BOT.login, repository: at.repository };
}

async function openGitLab() {
  const host = await FIX_HOSTS.gitlab(repository);
  const { ASSAY_GITLAB_TOKEN: token = '', CI_API_V4_URL: apiUrl = '', ...more } = host.variables();
  const client = createGitLabClient({ ...wire(), token, apiUrl });
  if ('problem' in client) throw new Error(client.problem.text);
  const desk = createGitLabFixDesk(client, { project: '42', serverUrl: more.CI_SERVER_URL ?? '' });
  return { host, desk, self: GITLAB_USERS.bot.username, repository: 'group/project' };
}

fixDeskContract('the desk of fixes on GitHub', { origin, open: openGitHub });
fixDeskContract('the desk of fixes on GitLab', { origin, open: openGitLab });

test('GitHub opens nothing for a branch that brings nothing', async () => {
  const { host, desk } = await openGitHub();
  host.objects.move('same', repository.git('rev-parse', 'main'));
  const refused = await desk.open({ title: 'T', body: 'B', branch: 'same', target: 'main' });
  await host.dispose();
  expect(refused).toMatchObject({
    ...{ kind: 'refused', problem: { text: expect.stringContaining('No commits between main and same') } },
  });
});

test('GitLab changes no file that the commit does not have, and makes no branch then', async () => {
  const { host, desk } = await openGitLab();
  const parent = repository.git('rev-parse', 'main');
  const file = { path: 'gone.js', bytes: Buffer.from('x'), isExecutable: false, isNew: false };
  const refused = await desk.commit({ branch: 'b', parent, message: 'm', files: [file], tip: null });
  const tip = host.objects.tip('b');
  await host.dispose();
  expect([refused, tip]).toMatchObject([
    { kind: 'refused', problem: { text: expect.stringContaining("A file with this name doesn't exist") } },
    null,
  ]);
});
