// Runs that are about no change request say so and post nothing, with the same verdicts; and what code scanning is told of a pull request.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { actionsToken } from '../emulators/github/actors.ts';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import { startGitLabEmulator } from '../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { runGitHubStep } from './job-runs.ts';
import { gitHubVariables, gitLabVariables, publishChange, RULE, sarifOf } from './reviewed-change.ts';

const OLD = "const { execSync } = require('node:child_process');\n";
const NEW = `${OLD}exports.show = (name) => execSync('cat ' + name);\nexports.list = () => execSync('ls');\n`;
const REPORT = sarifOf([
  { path: 'app.js', line: 2 },
  { path: 'app.js', line: 3 },
]);

let repository: ReviewRepository;
let github: GitHubEmulator;
beforeEach(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD).write('.gitignore', 'reports/\nassay-out/\n'),
    (git) => void git.write('app.js', NEW),
  );
  github = await startGitHubEmulator({ repository });
  github.scanning.pendingPolls = 0;
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  repository.dispose();
});

describe('an event of GitHub that is about no pull request', () => {
  it.each<[string, () => object]>([
    ['push', () => ({ before: repository.baseTip(), after: repository.head() })],
    ['schedule', () => ({ schedule: '0 0 * * *' })],
    ['merge_group', () => ({ merge_group: { base_sha: repository.baseTip(), head_sha: repository.head() } })],
    ['workflow_dispatch', () => ({ inputs: null })],
  ])('%s is judged the same, posts nothing and says so', async (name, event) => {
    const { root } = repository.git;
    repository.git.git('checkout', '--quiet', repository.head());
    mkdirSync(path.join(root, 'reports'), { recursive: true });
    writeFileSync(path.join(root, 'reports/scan.sarif'), REPORT);
    const file = path.join(createTemporaryFolder(), 'event.json');
    writeFileSync(file, JSON.stringify(event()));
    const run = await runGitHubStep({
      inputs: { reports: 'reports/scan.sarif' },
      variables: {
        ...gitHubVariables(github, repository, { token: 'ghs_0123456789' }),
        ...{ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_SHA: repository.head() },
      },
      cwd: root,
    });
    expect(run.exitCode).toBe(1);
    expect(run.record).toMatchObject({ mode: 'skipped', problems: [] });
    expect(run.log).toContain(`The event of ${name} is about no pull request`);
    expect(run.summary).toContain('app.js');
    for (const written of ['assay.json', 'assay.sarif', 'summary.md', 'gl-code-quality-report.json'])
      expect(existsSync(path.join(run.out, written))).toBe(true);
    expect(github.log).toEqual([]);
  });
});

it('a branch pipeline of GitLab is judged the same, posts nothing and says so', async () => {
  const gitlab = await startGitLabEmulator({ repository });
  const {
    CI_MERGE_REQUEST_IID: _iid,
    CI_MERGE_REQUEST_PROJECT_ID: _project,
    ...variables
  } = gitLabVariables(gitlab, repository);
  const run = await publishChange({
    repository,
    report: REPORT,
    variables: { ...variables, CI_PIPELINE_SOURCE: 'push' },
  });
  await gitlab.close();
  expect(run.outcome.exitCode).toBe(1);
  expect(run.record?.mode).toBe('skipped');
  expect(run.log).toContain('about no merge request');
  expect(existsSync(path.join(run.out, 'gl-code-quality-report.json'))).toBe(true);
  expect(gitlab.log).toEqual([]);
});

describe('code scanning', () => {
  const bind = (policy: string) =>
    repository.pushBase((git) => void git.write('assay.yml', `version: 1\n${policy}`));
  const UPLOAD = 'code_scanning:\n  upload: true\n';
  const DISMISS = 'code_scanning:\n  dismiss_false_positives: true\n';
  const run = (report = REPORT) =>
    publishChange({ repository, report, variables: gitHubVariables(github, repository) });
  const alertAt = (line: number) =>
    github.scanning.addAlert({ tool: 'Finder', ruleId: RULE, path: 'app.js', startLine: line });

  it('is not touched unless the policy asks for it', async () => {
    alertAt(3);
    const { record } = await run();
    expect(record).toMatchObject({ mode: 'posted', codeScanning: null });
    expect(github.log.filter(({ path: address }) => address.includes('code-scanning'))).toEqual([]);
  });

  it('gets what is not settled, for the head of the pull request', async () => {
    bind(UPLOAD);
    const { record } = await run();
    expect(record).toMatchObject({ mode: 'posted', codeScanning: { parts: 1, uploaded: 1, dismissed: 0 } });
    expect(github.scanning.uploads).toEqual([
      expect.objectContaining({ ref: 'refs/pull/7/head', commit: repository.head(), errors: [] }),
    ]);
    const [upload] = github.scanning.uploads;
    const lines = JSON.stringify(upload?.sarif).match(/"startLine":\d+/g);
    expect(new Set(lines)).toContain('"startLine":2');
  });

  it.each<[string, () => void, RegExp]>([
    ['403, code scanning being off', () => (github.scanning.enabled = false), /Advanced Security/],
    [
      '413',
      () =>
        void github.faults.add({ kind: 'status', status: 413, method: 'POST', path: /sarifs$/, body: {} }),
      /larger than the 10 MB/,
    ],
  ])('that answers %s leaves comments, gate and files as they are', async (_what, fail, words) => {
    bind(UPLOAD);
    fail();
    const { record, outcome, log } = await run();
    expect(outcome.exitCode).toBe(1);
    expect(record).toMatchObject({ mode: 'partly', codeScanning: { uploaded: 0 } });
    expect(github.state.comments.length).toBeGreaterThanOrEqual(1);
    expect(log).toMatch(words);
  });

  it('without the permission is named with its line', async () => {
    bind(UPLOAD);
    github.tokens.set('ghs_less', actionsToken({ contents: 'read', 'pull-requests': 'write' }));
    const { record, log } = await publishChange({
      repository,
      report: REPORT,
      variables: gitHubVariables(github, repository, { token: 'ghs_less' }),
    });
    expect(record?.mode).toBe('partly');
    expect(log.match(/`security-events: write`/g)).toHaveLength(1);
  });

  it('has alerts dismissed for a checked false positive alone', async () => {
    bind(DISMISS);
    const [open, constant] = [alertAt(2), alertAt(3)];
    const { record } = await run();
    expect(record?.codeScanning).toEqual({ parts: 0, uploaded: 0, dismissed: 1 });
    expect(open.state).toBe('open');
    expect(constant).toMatchObject({ state: 'dismissed', reason: 'false positive' });
    expect(constant.comment).toMatch(/^Assay: /);
    expect(constant.comment?.length).toBeLessThanOrEqual(280);
  });

  it('has no alert dismissed because a path is set aside by policy', async () => {
    bind(`${DISMISS}policy_paths:\n  tests: ['app.js']\n`);
    const [one, other] = [alertAt(2), alertAt(3)];
    const { document } = (await run()).outcome;
    expect(document?.findings.map(({ verdict }) => verdict?.reasons[0]?.code)).toContain('FP.policy');
    const policies = document?.findings.filter(({ verdict }) => verdict?.reasons[0]?.code === 'FP.policy');
    for (const { location } of policies ?? [])
      expect([one, other].find(({ startLine }) => startLine === location.startLine)?.state).toBe('open');
  });
});
