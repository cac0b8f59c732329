// The built Action as the second workflow uses it: in an empty folder, beside an artifact that a stranger chose.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAction } from '../ci/action-harness.ts';
import { builtBundle } from '../ci/built-bundle.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { workflowRunVariables } from './job-runs.ts';
import { gitHubVariables, publishChange, readOut, sarifOf } from './reviewed-change.ts';

const OLD = "const { execSync } = require('node:child_process');\n";
const NEW = `${OLD}exports.show = (name) => execSync('cat ' + name);\n`;
let repository: ReviewRepository;
let github: GitHubEmulator;
let artifact: string;

beforeAll(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD),
    (git) => void git.write('app.js', NEW),
  );
  github = await startGitHubEmulator({ repository, fork: 'yes' });
  const report = sarifOf([{ path: 'app.js', line: 2, fix: 'exports.show = (name) => String(name);' }]);
  const variables = gitHubVariables(github, repository, { fork: true, token: '' });
  artifact = readOut(await publishChange({ repository, report, variables }), 'assay.json');
  await builtBundle();
}, 180_000);
afterAll(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  repository.dispose();
});

async function second(content: string) {
  const workspace = createTemporaryFolder();
  const stranger = createTemporaryFolder();
  // What else a stranger may put there, and nobody may read.
  for (const name of ['assay.yml', 'package.json', '.npmrc', '.env']) {
    writeFileSync(path.join(stranger, name), 'comments: { limit: 0 }\n');
  }
  mkdirSync(path.join(stranger, 'node_modules'));
  const result = path.join(stranger, 'assay.json');
  writeFileSync(result, content);
  return runAction({
    inputs: { result },
    workspace,
    event: { name: 'workflow_run', payload: null },
    sha: repository.baseTip(),
    variables: workflowRunVariables(github, { headSha: repository.head() }),
  });
}

it('posts the result, and says where that is written', async () => {
  const run = await second(artifact);
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toMatchObject({ exitCode: 0 });
  expect(github.state.comments[0]?.body).toContain('```suggestion');
  expect(run.outputs.get('publication')).toBe('assay-out/publication.json');
  expect(run.commands).toEqual([]);
  expect(github.checkRuns).toEqual([]);
});

it('refuses one that is none, in words, with 2', async () => {
  const before = github.log.length;
  const run = await second('{"schemaVersion":1,"\\n::set-env name=x::y":1}');
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('is not a valid result');
  expect(run.stderr).not.toMatch(/\n\s+at |^\s*::/m);
  expect(run.commands).toEqual([]);
  expect(github.log).toHaveLength(before);
});
