// A pull request from a fork, from its own run without any right to the second workflow that posts what it found.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cloneGitRepository, createTemporaryFolder } from '../doubles/git-repository.ts';
import { liveParts } from '../doubles/markdown-reader.ts';
import { actionsToken } from '../emulators/github/actors.ts';
import {
  type GitHubEmulator,
  startGitHubEmulator,
  WORKFLOW_TOKEN,
} from '../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { FORGED_PATCHES, UNREADABLE, withAttack, withFindings, withPatch } from './hostile-results.ts';
import { runGitHubStep, workflowRunVariables } from './job-runs.ts';
import { gitHubVariables, publishChange, sarifOf } from './reviewed-change.ts';

const OLD = "const { execSync } = require('node:child_process');\n\nexports.version = () => 1;\n";
const NEW = `${OLD}
exports.show = (name) => execSync('cat ' + name);
exports.list = (name) => execSync('ls ' + name);
`;
const FIXED = 'exports.show = (name) => String(name);';
/** Of the base; that of head asks for no comment at all. */
const POLICY = 'version: 1\ncomments:\n  limit: 1\nstatus: check\n';
const READER = 'ghs_reader';

let repository: ReviewRepository;
let github: GitHubEmulator;

beforeEach(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD).write('assay.yml', POLICY),
    (git) =>
      void git
        .write('app.js', NEW)
        .write('assay.yml', 'version: 1\ncomments:\n  limit: 0\n  summary: never\n'),
  );
  github = await startGitHubEmulator({ repository, fork: 'yes', private: false });
  github.tokens.set(READER, actionsToken({ contents: 'read', 'pull-requests': 'read' }));
});

afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  repository.dispose();
});

const REPORT = sarifOf([
  { path: 'app.js', line: 5, fix: FIXED },
  { path: 'app.js', line: 6 },
]);

/** The first workflow: the Action on the merge, without any token; gives the artifact's assay.json. */
async function firstRun(token = '') {
  const { root } = repository.git;
  repository.git.git('checkout', '--quiet', repository.head());
  mkdirSync(path.join(root, 'reports'), { recursive: true });
  writeFileSync(path.join(root, 'reports/scan.sarif'), REPORT);
  const run = await runGitHubStep({
    inputs: { reports: 'reports/scan.sarif', publish: 'auto' },
    variables: {
      ...gitHubVariables(github, repository, { fork: true, token }),
      GITHUB_SHA: repository.head(),
    },
    cwd: root,
  });
  return { ...run, artifact: readFileSync(path.join(run.out, 'assay.json'), 'utf8') };
}

let kept: string | null = null;

/** The artifact of the first workflow, which is the same for every test: the repository's commits are. */
async function foundByFork(): Promise<string> {
  kept ??= (await firstRun()).artifact;
  return kept;
}

/** The second workflow: in a folder that holds the artifact and nothing else. */
async function secondRun(
  artifact: string,
  options: {
    readonly headSha?: string;
    readonly cwd?: string;
    readonly also?: object;
    readonly token?: string;
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
) {
  const cwd = options.cwd ?? createTemporaryFolder();
  mkdirSync(path.join(cwd, 'artifact'), { recursive: true });
  writeFileSync(path.join(cwd, 'artifact/assay.json'), artifact);
  return runGitHubStep({
    inputs: { result: 'artifact/assay.json' },
    variables: {
      ...workflowRunVariables(github, { headSha: repository.head(), ...options }),
      ...options.variables,
    },
    cwd,
  });
}

const said = () => [
  ...github.state.comments.map(({ body }) => body),
  ...github.state.issueComments.map(({ body }) => body),
  ...github.state.reviews.map(({ body }) => body),
];

describe('the run of the fork itself', () => {
  it.each([
    ['no token', ''],
    ['a token that only reads', READER],
  ])('with %s judges in full, posts nothing, and says which second workflow does', async (_what, token) => {
    const run = await firstRun(token);
    expect(run.exitCode).toBe(1);
    expect(run.summary).toContain('app.js');
    expect(run.stdout).toMatch(/^::error [^\n]*file=app\.js[^\n]*line=5/m);
    expect(run.outputs.get('decision')).toBe('failed');
    expect(run.outputs.get('blocking')).toBe('2');
    for (const name of ['assay.sarif', 'summary.md', 'publication.json'])
      expect(existsSync(path.join(run.out, name))).toBe(true);
    expect(run.record).toMatchObject({ mode: 'skipped' });
    expect(run.log).toContain('.github/workflows/assay-publish.yml');
    expect(github.log).toEqual([]);
  });
});

describe('the second workflow', () => {
  it('posts it from an empty folder, by the policy of the base, and proves the fix again', async () => {
    const artifact = await foundByFork();
    const run = await secondRun(artifact);
    expect(run.log).not.toContain('error');
    expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'posted' });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]?.body).toContain(`\`\`\`suggestion\n${FIXED}\n\`\`\``);
    expect(github.state.issueComments).toHaveLength(1);
    expect(github.state.issueComments[0]?.body).toContain('made by a run that the change itself controls');
    expect(run.outputs.get('publication')).toBe('assay-out/publication.json');
  });

  it('with a checkout of the default branch does the same', async () => {
    const artifact = await foundByFork();
    repository.git.git('checkout', '--quiet', 'main');
    const clone = cloneGitRepository(repository.git, '--depth=1', '--branch=main');
    const run = await secondRun(artifact, { cwd: clone.root });
    expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'posted' });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]?.body).toContain('```suggestion');
    clone.dispose();
  });

  it('writes nothing the second time', async () => {
    const artifact = await foundByFork();
    await secondRun(artifact);
    const before = github.writes().length;
    const again = await secondRun(artifact);
    expect(again.record?.mode).toBe('posted');
    expect(github.writes()).toHaveLength(before);
  });

  it('gives a forged "passed" no check, no status and no dismissed alert', async () => {
    const artifact = await foundByFork();
    const forged = JSON.parse(artifact);
    forged.decision = { outcome: 'passed', mode: 'enforce', reasons: [] };
    repository.pushBase((git) => {
      git.write('assay.yml', `${POLICY}code_scanning:\n  upload: true\n  dismiss_false_positives: true\n`);
    });
    const run = await secondRun(JSON.stringify(forged));
    expect(run.record?.mode).toBe('posted');
    expect(github.checkRuns).toEqual([]);
    expect(github.statuses).toEqual([]);
    expect(github.writes().map(({ path: address }) => address)).not.toContainEqual(
      expect.stringMatching(/code-scanning|check-runs|statuses/),
    );
    expect(github.state.issueComments[0]?.body).toContain('made by a run that the change itself controls');
  });

  it('takes the pull request from the API, whatever the event’s list or the file say', async () => {
    const artifact = await foundByFork();
    const run = await secondRun(artifact, { also: { pull_requests: [{ number: 99 }] } });
    expect(run.record?.change).toBe('octo/shop#7');
  });

  it('finds the pull request of a fork that is gone only by its commit', async () => {
    const artifact = await foundByFork();
    await github.close();
    github = await startGitHubEmulator({
      repository,
      fork: 'deleted',
      private: false,
      findsForkCommits: true,
    });
    const run = await secondRun(artifact);
    expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'posted' });
  });

  it.each(['close', 'merge'] as const)('posts nothing after a %s', async (how) => {
    const artifact = await foundByFork();
    github.people[how]();
    const run = await secondRun(artifact);
    expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'skipped' });
    expect(run.log).toContain('No open pull request');
    expect(github.writes()).toEqual([]);
  });

  it('posts nothing of a commit that is not the head any more', async () => {
    const artifact = await foundByFork();
    const headSha = repository.head();
    repository.push((git) => void git.write('app.js', `${NEW}\n// more\n`));
    const run = await secondRun(artifact, { headSha });
    expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'skipped' });
    expect(github.writes()).toEqual([]);
  });

  it('posts nothing of a result that names another commit than the one that the workflow ran on', async () => {
    const artifact = await foundByFork();
    const forged = JSON.parse(artifact);
    for (const head of [repository.baseTip(), 'f'.repeat(40), 'HEAD', '--output=/tmp/x', null]) {
      forged.run.head = head;
      const run = await secondRun(JSON.stringify(forged));
      expect(['skipped', 'failed']).toContain(run.record?.mode);
    }
    expect(github.writes()).toEqual([]);
  });

  it('asks for nothing that its own file does not declare, and names the line to add', async () => {
    const artifact = await foundByFork();
    const file = '.github/workflows/assay-publish.yml';
    repository.pushBase(
      (git) =>
        void git.write(
          file,
          'on: workflow_run\npermissions: {}\njobs:\n  publish:\n    permissions:\n      actions: read\n      contents: read\n    steps: []\n',
        ),
    );
    repository.git.git('checkout', '--quiet', 'main');
    const clone = cloneGitRepository(repository.git, '--depth=1', '--branch=main');
    const variables = { GITHUB_WORKFLOW_REF: `octo/shop/${file}@refs/heads/main`, GITHUB_JOB: 'publish' };
    const run = await secondRun(artifact, { cwd: clone.root, token: READER, variables });
    expect(run.exitCode).toBe(3);
    expect(github.writes()).toEqual([]);
    expect(
      run.log.split(`Add \`pull-requests: write\` under \`permissions:\` in \`${file}:8\`.`),
    ).toHaveLength(2);
    clone.dispose();
  });

  it('says what is missing when its token may not post, once, and after one try at most', async () => {
    const artifact = await foundByFork();
    const run = await secondRun(artifact, { token: READER });
    expect(run.exitCode).toBe(3);
    expect(run.log.match(/pull-requests: write/g)).toHaveLength(1);
    expect(said()).toEqual([]);
  });
});

describe('what nobody can tell the second workflow', () => {
  it.each(UNREADABLE)('%s is refused in words with 2', async (_what, change) => {
    const artifact = await foundByFork();
    const run = await secondRun(change(artifact));
    expect(run.exitCode).toBe(2);
    expect(run.log).toMatch(/artifact\/assay\.json (?:is|has)/);
    expect(run.log).not.toMatch(/^\s*::|\n\s+at |defect of Assay/);
    expect(run.log.length).toBeLessThan(2_000);
    expect(github.log).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('a hostile text anywhere is posted inert', async () => {
    const artifact = await foundByFork();
    const hostile = withAttack(artifact);
    const run = await secondRun(hostile);
    expect(run.exitCode).toBe(0);
    expect(run.record?.problems).toEqual([]);
    expect(said().length).toBeGreaterThanOrEqual(2);
    for (const body of said()) {
      expect(liveParts(body, { links: [`${github.serverUrl}/octo/shop/`], marker: true })).toEqual([]);
      expect(body).not.toMatch(/^\/close/m);
    }
    expect(run.log).not.toMatch(/^\s*::/m);
    const before = github.writes().length;
    await secondRun(hostile);
    expect(github.writes()).toHaveLength(before);
  });

  it.each(FORGED_PATCHES)('a patch of %s is not suggested', async (_what, finding, patch) => {
    const artifact = await foundByFork();
    const run = await secondRun(withPatch(artifact, finding, patch));
    expect(run.exitCode).toBe(0);
    for (const body of said()) {
      expect(body).not.toContain('```suggestion');
      expect(body).not.toContain('](https://github.com/../');
      expect(body).not.toMatch(/\]\([^)]*\.\.[^)]*\)/);
    }
  });

  it('the policy of the change’s own file', async () => {
    const artifact = await foundByFork();
    const forged = JSON.parse(artifact);
    forged.run.base = repository.head();
    forged.run.mergeBase = repository.head();
    const run = await secondRun(JSON.stringify(forged));
    expect(run.record?.mode).toBe('posted');
    // By head's policy there would be no comment.
    expect(github.state.comments).toHaveLength(1);
  });

  it('100,000 findings are refused, or posted within every limit', { timeout: 120_000 }, async () => {
    const artifact = await foundByFork();
    const count = 10_000;
    const run = await secondRun(withFindings(artifact, count));
    expect(run.exitCode).toBe(0);
    expect(run.record?.counts.findings).toBe(count);
    expect(github.state.comments).toHaveLength(1);
    for (const body of said()) expect(body.length).toBeLessThan(65_536);
    const refused = await secondRun(withFindings(artifact, 100_000));
    expect(refused.exitCode).toBe(2);
    expect(refused.log).toContain('64 MiB');
  });
});

it('the run of a fork outside of any CI is named by the operator and posted with a person’s token', async () => {
  const run = await publishChange({
    repository,
    report: REPORT,
    variables: {
      GITHUB_API_URL: github.apiUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_SERVER_URL: github.serverUrl,
      GITHUB_TOKEN: WORKFLOW_TOKEN,
    },
    request: { publish: 'none', pullRequest: 'octo/shop#7' },
  });
  expect(run.record?.mode).toBe('posted');
  expect(run.outcome.exitCode).toBe(1);
});
