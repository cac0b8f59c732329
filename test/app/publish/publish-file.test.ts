// `assay publish RESULT` and `--dry-run`, outside of any CI: what is asked of whom, and what is written where.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishFile } from '../../../src/app/publish/publish-file.ts';
import { defaultRequest, type PublishRequest } from '../../../src/app/run-request.ts';
import { runTriage } from '../../../src/app/triage.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';
import { publishChange, sarifOf } from '../../e2e/reviewed-change.ts';
import {
  type GitHubEmulator,
  startGitHubEmulator,
  WORKFLOW_TOKEN,
} from '../../emulators/github/github-emulator.ts';
import {
  GITLAB_TOKENS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../../emulators/review-repository.ts';

const OLD = "const { execSync } = require('node:child_process');\n";
const NEW = `${OLD}exports.show = (name) => execSync('cat ' + name);\n`;
const REPORT = sarifOf([{ path: 'app.js', line: 2, fix: 'exports.show = (name) => String(name);' }]);

let repository: ReviewRepository;
let github: GitHubEmulator;
let gitlab: GitLabEmulator;
beforeEach(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD),
    (git) => void git.write('app.js', NEW),
  );
  [github, gitlab] = [await startGitHubEmulator({ repository }), await startGitLabEmulator({ repository })];
});
afterEach(async () => {
  expect([...github.violations, ...gitlab.violations]).toEqual([]);
  await Promise.all([github.close(), gitlab.close()]);
  repository.dispose();
});

const gitHubHost = (token: string | null) => ({
  ...{ GITHUB_API_URL: github.apiUrl, GITHUB_SERVER_URL: github.serverUrl },
  ...(token === null ? {} : { GITHUB_TOKEN: token }),
});
const gitLabHost = (token: string | null) => ({
  ...{ CI_API_V4_URL: gitlab.apiUrl, CI_SERVER_URL: gitlab.serverUrl },
  ...(token === null ? {} : { GITLAB_TOKEN: token }),
});
const environmentOf = (variables: Readonly<Record<string, string>>) => ({
  variables,
  stdin: (async function* () {})(),
  terminalWidth: null,
  color: false,
  interactive: false,
  signal: new AbortController().signal,
  allowFetch: false,
});

/** Publishes a result from a folder without any repository. */
async function publish(
  result: string,
  request: Partial<PublishRequest>,
  variables: Readonly<Record<string, string>>,
) {
  const cwd = createTemporaryFolder();
  writeFileSync(path.join(cwd, 'assay.json'), result);
  const outcome = await publishFile(
    { ...defaultRequest(cwd), result: 'assay.json', ...request },
    environmentOf(variables),
  );
  return { outcome, out: path.join(cwd, 'assay-out') };
}

async function judged(): Promise<string> {
  const run = await publishChange({
    repository,
    report: REPORT,
    variables: {},
    request: { publish: 'none' },
  });
  return readFileSync(path.join(run.out, 'assay.json'), 'utf8');
}

describe('outside of CI', () => {
  it('a named pull request is commented on with GITHUB_TOKEN', async () => {
    const { outcome } = await publish(
      await judged(),
      { pullRequest: 'octo/shop#7' },
      gitHubHost(WORKFLOW_TOKEN),
    );
    expect({ exitCode: outcome.exitCode, mode: outcome.record?.mode }).toEqual({
      exitCode: 0,
      mode: 'posted',
    });
    expect(outcome.display).toContain('assay-out/publication.json');
    expect(github.state.comments[0]?.body).toContain('```suggestion');
  });

  it('a named merge request is commented on with GITLAB_TOKEN', async () => {
    const { outcome } = await publish(
      await judged(),
      { mergeRequest: 'group/project!7' },
      gitLabHost(GITLAB_TOKENS.bot),
    );
    expect({ exitCode: outcome.exitCode, mode: outcome.record?.mode }).toEqual({
      exitCode: 0,
      mode: 'posted',
    });
    const bodies = gitlab.discussions().flatMap(({ notes }) => notes.map(({ body }) => body));
    expect(bodies.join('\n')).toContain('```suggestion');
    expect(gitlab.statuses()).toEqual([]);
  });

  it('nothing is named: the command cannot do its work, and asks for a name', async () => {
    const { outcome } = await publish(await judged(), { publish: 'auto' }, gitHubHost(WORKFLOW_TOKEN));
    expect({ exitCode: outcome.exitCode, record: outcome.record }).toEqual({ exitCode: 2, record: null });
    expect(github.log).toEqual([]);
  });

  it('another pull request than the result is of gets nothing', async () => {
    const document = JSON.parse(await judged());
    document.run.head = repository.baseTip();
    const { outcome } = await publish(
      JSON.stringify(document),
      { pullRequest: 'octo/shop#7' },
      gitHubHost(WORKFLOW_TOKEN),
    );
    expect(outcome.record?.mode).toBe('skipped');
    expect(github.writes()).toEqual([]);
  });

  it('a policy of the base that is none is told in words, and nothing is posted by a guess', async () => {
    const result = await judged();
    repository.pushBase((git) => void git.write('assay.yml', 'version: 1\ncomments: many\n'));
    const { outcome } = await publish(result, { pullRequest: 'octo/shop#7' }, gitHubHost(WORKFLOW_TOKEN));
    expect({ exitCode: outcome.exitCode, mode: outcome.record?.mode }).toEqual({
      exitCode: 3,
      mode: 'failed',
    });
    expect(outcome.record?.problems[0]?.text).toContain('assay.yml');
    expect(github.writes()).toEqual([]);
  });

  it.each(['octo/shop#8', 'octo/other#7'])(
    '%s, which is not there, is told in words',
    async (pullRequest) => {
      const { outcome } = await publish(await judged(), { pullRequest }, gitHubHost(WORKFLOW_TOKEN));
      expect(outcome.exitCode).toBe(3);
      expect(outcome.record?.problems).toEqual([expect.objectContaining({ code: 'not_found' })]);
      expect(github.writes()).toEqual([]);
    },
  );
});

describe('a name that is none', () => {
  const NAMES = ['owner/repo', 'https://github.com/o/r/pull/7', 'a b/c#1', '', 'o/r#7\n'];

  it.each(NAMES)('%j is told before the result is read', async (pullRequest) => {
    const { outcome, out } = await publish('no result at all', { pullRequest }, gitHubHost(WORKFLOW_TOKEN));
    expect(outcome.exitCode).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it.each(NAMES)('%j is told before anything is judged', async (mergeRequest) => {
    const cwd = createTemporaryFolder();
    writeFileSync(path.join(cwd, 'scan.sarif'), REPORT);
    const request = { ...defaultRequest(cwd), reports: ['scan.sarif'], mergeRequest };
    const outcome = await runTriage(request, environmentOf({}));
    expect(outcome).toMatchObject({ exitCode: 2, document: null });
    expect(readdirSync(cwd)).toEqual(['scan.sarif']);
  });
});

describe('a dry run', () => {
  const folderOf = (out: string) => readdirSync(path.join(out, 'publication')).sort();

  it.each<[string, () => [Partial<PublishRequest>, Record<string, string>]]>([
    ['GitHub with a token', () => [{ pullRequest: 'octo/shop#7' }, gitHubHost(WORKFLOW_TOKEN)]],
    ['GitHub without one', () => [{ pullRequest: 'octo/shop#7' }, gitHubHost(null)]],
    ['GitLab with a token', () => [{ mergeRequest: 'group/project!7' }, gitLabHost(GITLAB_TOKENS.bot)]],
    ['GitLab without one', () => [{ mergeRequest: 'group/project!7' }, gitLabHost(null)]],
    ['no host at all', () => [{ publish: 'auto' }, {}]],
  ])('for %s writes the whole publication and sends nothing that writes', async (_what, choose) => {
    const [request, variables] = choose();
    const run = await publishChange({
      repository,
      report: REPORT,
      variables,
      request: { ...request, dryRun: true },
    });
    expect(run.outcome.exitCode).toBe(1);
    expect(run.record?.mode).toBe('dry_run');
    expect(folderOf(run.out)).toEqual([expect.stringMatching(/^comment-01-[0-9a-f]+\.md$/), 'summary.md']);
    const [comment = ''] = folderOf(run.out);
    const text = readFileSync(path.join(run.out, 'publication', comment), 'utf8');
    expect(text).toMatch(/^app\.js:2\n/);
    expect(text).toContain('```suggestion');
    expect([...github.writes(), ...gitlab.writes()]).toEqual([]);
  });

  it('of a result works in an empty folder with a token, and says what is missing without', async () => {
    const result = await judged();
    const request = { pullRequest: 'octo/shop#7', dryRun: true };
    const dry = await publish(result, request, gitHubHost(WORKFLOW_TOKEN));
    expect({ exitCode: dry.outcome.exitCode, mode: dry.outcome.record?.mode }).toEqual({
      ...{ exitCode: 0, mode: 'dry_run' },
    });
    expect(folderOf(dry.out)).toContain('summary.md');
    expect(github.writes()).toEqual([]);
    const without = await publish(result, request, gitHubHost(null));
    expect(without.outcome.record?.problems[0]?.text).toContain('GITHUB_TOKEN is not set');
  });
});
