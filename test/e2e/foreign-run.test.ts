// Under pull_request_target a job holds the base repository's secrets: with the change checked out beside them nothing runs, whichever door.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { gitHubVariables, publishChange, sarifOf } from './reviewed-change.ts';

let repository: ReviewRepository;
let github: GitHubEmulator;
beforeAll(async () => {
  repository = createReviewRepository(
    (git) => git.write('app.js', 'module.exports = {};\n'),
    (git) => git.write('app.js', "require('node:child_process').execSync('ls ' + process.argv[2]);\n"),
  );
  github = await startGitHubEmulator({ repository });
});
afterAll(async () => {
  await github.close();
  repository.dispose();
});

const variables = () => ({
  ...gitHubVariables(github, repository),
  GITHUB_EVENT_NAME: 'pull_request_target',
  GITHUB_SHA: repository.baseTip(),
});
const report = sarifOf([{ path: 'app.js', line: 1 }]);

it('the command line refuses the head of the change, and asks the host nothing', async () => {
  repository.git.git('checkout', '--quiet', repository.head());
  const run = await publishChange({ repository, report, variables: variables() });
  expect({ exitCode: run.outcome.exitCode, document: run.outcome.document }).toEqual({
    exitCode: 2,
    document: null,
  });
  expect(run.log).toContain('pull_request_target with the files of the pull request in its work tree');
  expect(github.log).toEqual([]);
});

it('with the base checked out it runs, and comments', async () => {
  repository.git.git('checkout', '--quiet', repository.baseTip());
  const run = await publishChange({ repository, report, variables: variables() });
  expect(run.record).toMatchObject({ mode: 'posted', counts: { inline: 1 } });
});
