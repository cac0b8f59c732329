// Tokens that may not do everything: what is missing is named with the line that mends it, the rest is done, and the gate stays.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  actionsToken,
  classicToken,
  createPerson,
  fineGrainedToken,
  type Token,
} from '../emulators/github/actors.ts';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import {
  GITLAB_TOKENS,
  GITLAB_USERS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import {
  gitHubVariables,
  gitLabVariables,
  type PublishedRun,
  publishChange,
  sarifOf,
} from './reviewed-change.ts';

const OLD = "const { execSync } = require('node:child_process');\n";
const NEW = `${OLD}exports.show = (name) => execSync('cat ' + name);\n`;
const REPORT = sarifOf([{ path: 'app.js', line: 2 }]);

let repository: ReviewRepository;
beforeEach(() => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD),
    (git) => void git.write('app.js', NEW),
  );
});
afterEach(() => repository.dispose());

/** Whatever the host says: the gate's code, annotations, summary and files are there, and no stack trace is. */
function expectWholeResult(run: PublishedRun): void {
  expect(run.outcome.exitCode).toBe(1);
  expect(run.outcome.annotations.join('\n')).toContain('file=app.js');
  expect(run.outcome.summary).toContain('app.js');
  for (const name of ['assay.json', 'assay.sarif', 'summary.md', 'publication.json'])
    expect(existsSync(path.join(run.out, name))).toBe(true);
  expect(run.log).not.toMatch(/\n\s+at |defect of Assay|\[object /);
}

describe('on GitHub', () => {
  let github: GitHubEmulator;
  beforeEach(async () => {
    github = await startGitHubEmulator({ repository });
  });
  afterEach(async () => {
    expect(github.violations).toEqual([]);
    await github.close();
  });

  const PERSON = createPerson(900, 'linus');
  const run = (token: string) =>
    publishChange({
      repository,
      report: REPORT,
      variables: gitHubVariables(github, repository, { token }),
    });
  const runAs = (token: Token) => {
    github.tokens.set('ghs_tried', token);
    return run('ghs_tried');
  };
  const stored = () => github.writes().filter(({ status }) => status !== null && status < 300);
  const stands = () => ({
    comments: github.state.comments.length,
    summaries: github.state.issueComments.length,
    checks: github.checkRuns.length,
    statuses: github.statuses.length,
  });

  it('everything is said with every right', async () => {
    const done = await run('ghs_workflow');
    expectWholeResult(done);
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(stands()).toEqual({ comments: 1, summaries: 1, checks: 1, statuses: 0 });
  });

  it('the smallest rights comment, and nobody is warned about a check that nobody asked for', async () => {
    const done = await runAs(actionsToken({ contents: 'read', 'pull-requests': 'write' }));
    expectWholeResult(done);
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(stands()).toEqual({ comments: 1, summaries: 1, checks: 0, statuses: 0 });
    expect(done.log).not.toContain('warning');
    expect(done.log).toContain('checks: write');
  });

  it('without checks a commit status is set', async () => {
    const rights = { contents: 'read', 'pull-requests': 'write', statuses: 'write' } as const;
    const done = await runAs(actionsToken(rights));
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(stands()).toEqual({ comments: 1, summaries: 1, checks: 0, statuses: 1 });
  });

  it('a check that the policy asks for and the token may not make is named', async () => {
    repository.pushBase((git) => void git.write('assay.yml', 'version: 1\nstatus: check\n'));
    const done = await runAs(actionsToken({ contents: 'read', 'pull-requests': 'write' }));
    expectWholeResult(done);
    expect(done.record?.mode).toBe('partly');
    expect(done.log).toContain('warning');
    expect(done.log.match(/`checks: write`/g)).toHaveLength(1);
    expect(stands()).toMatchObject({ comments: 1, summaries: 1 });
  });

  it('a token that only reads is told once, with the line to add', async () => {
    const done = await runAs(actionsToken({ contents: 'read', 'pull-requests': 'read' }));
    expectWholeResult(done);
    expect(done.record?.mode).toBe('failed');
    expect(done.log.match(/`pull-requests: write` under `permissions:`/g)).toHaveLength(1);
    expect(stored()).toEqual([]);
    expect(github.writes().length).toBeLessThanOrEqual(4);
  });

  it('with issues: write alone the summary is written, and what comments need is named', async () => {
    const rights = { contents: 'read', 'pull-requests': 'read', issues: 'write' } as const;
    const done = await runAs(actionsToken(rights));
    expectWholeResult(done);
    expect(done.record?.mode).toBe('partly');
    expect(stands()).toMatchObject({ comments: 0, summaries: 1 });
    expect(done.log.match(/`pull-requests: write`/g)).toHaveLength(1);
  });

  it('with checks: write alone the findings become annotations of the check', async () => {
    const rights = { contents: 'read', 'pull-requests': 'read', checks: 'write' } as const;
    const done = await runAs(actionsToken(rights));
    expectWholeResult(done);
    expect(stands()).toEqual({ comments: 0, summaries: 0, checks: 1, statuses: 0 });
    expect(done.record?.counts.annotation).toBe(1);
  });

  it('no permission at all is a repository that may not be read, told without a write', async () => {
    const done = await runAs(actionsToken({}));
    expectWholeResult(done);
    expect(done.log).toContain('pull-requests: write');
    expect(github.writes()).toEqual([]);
  });

  it.each<[string, Token | null, RegExp]>([
    ['a classic token without a scope', classicToken(PERSON, []), /`?repo`?|contents: read/],
    [
      'a classic token for code scanning only',
      classicToken(PERSON, ['security_events']),
      /`?repo`?|contents: read/,
    ],
    [
      'a fine-grained token of other repositories',
      { ...fineGrainedToken(PERSON, {}), seesRepository: false },
      /contents: read/,
    ],
    ['an expired token', null, /expired/],
  ])('%s is named before anything is written', async (_what, token, words) => {
    const done = token === null ? await run('ghp_expired') : await runAs(token);
    expectWholeResult(done);
    expect(done.record?.mode).toBe('failed');
    expect(done.log).toMatch(words);
    expect(done.record?.problems).toHaveLength(1);
    expect(github.writes()).toEqual([]);
  });

  it('a classic token without the scope for a public repository is told before a write, too', async () => {
    await github.close();
    github = await startGitHubEmulator({ repository, private: false });
    const done = await runAs(classicToken(PERSON, ['read:org']));
    expectWholeResult(done);
    expect(done.log).toContain('`public_repo` or `repo`');
    expect(github.writes()).toEqual([]);
  });

  it('a person’s classic token comments and sets a status: a check run, which only apps make, is not tried', async () => {
    const done = await runAs(classicToken(PERSON, ['repo']));
    expectWholeResult(done);
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(stands()).toEqual({ comments: 1, summaries: 1, checks: 0, statuses: 1 });
    expect(github.log.filter(({ path: address }) => address.includes('check-runs'))).toEqual([]);
  });

  it('no token is told before anything is asked', async () => {
    const done = await run('');
    expectWholeResult(done);
    expect(done.log).toContain('GITHUB_TOKEN');
    expect(done.log).toContain('permissions:');
    expect(github.log).toEqual([]);
  });

  it('threads are resolved only with contents: write, and marked as fixed without', async () => {
    const token = actionsToken({ contents: 'read', 'pull-requests': 'write' });
    await runAs(token);
    repository.push((git) => void git.write('app.js', OLD));
    const done = await publishChange({
      repository,
      report: sarifOf([]),
      variables: gitHubVariables(github, repository, { token: 'ghs_tried' }),
    });
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(done.record?.closed).toEqual([expect.objectContaining({ how: 'minimized' })]);
    expect(github.state.comments[0]?.thread.resolvedBy).toBeNull();
  });
});

describe('on GitLab', () => {
  let gitlab: GitLabEmulator;
  beforeEach(async () => {
    gitlab = await startGitLabEmulator({ repository });
  });
  afterEach(async () => {
    expect([gitlab.violations, gitlab.quickActions]).toEqual([[], []]);
    await gitlab.close();
  });

  const run = (token: string, also: Readonly<Record<string, string>> = {}) =>
    publishChange({
      repository,
      report: REPORT,
      variables: { ...gitLabVariables(gitlab, repository, token), ...also },
    });

  it('a Developer’s token says everything', async () => {
    const done = await run(GITLAB_TOKENS.bot);
    expectWholeResult(done);
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(gitlab.statuses()).toHaveLength(1);
  });

  it('a Reporter comments, and nobody is warned about a status that nobody asked for', async () => {
    const done = await run(GITLAB_TOKENS.reporter);
    expectWholeResult(done);
    expect(done.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(gitlab.discussionsBy(GITLAB_USERS.bot)).toHaveLength(2);
    expect(gitlab.statuses()).toEqual([]);
    expect(gitlab.writes().filter(({ path: address }) => address.includes('statuses'))).toEqual([]);
    expect(done.log.match(/commit status\. Give the project access token the role Developer;/g)).toHaveLength(
      1,
    );
    expect(done.log).not.toMatch(/masked|scope `api`|ASSAY_GITLAB_TOKEN/);
    expect(done.log).not.toContain('warning');
  });

  it('a Guest of a private project is told once, after one try each', async () => {
    const done = await run(GITLAB_TOKENS.guest);
    expectWholeResult(done);
    expect(done.record?.mode).toBe('failed');
    expect(done.log.match(/warning: .*role Developer/g)).toHaveLength(1);
    expect(gitlab.writes().map(({ status }) => status)).toEqual([403, 403]);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['read_api', GITLAB_TOKENS.readApi, {}],
    ['the job token', GITLAB_TOKENS.job, {}],
    ['the job token under another name', 'whatever-64', { CI_JOB_TOKEN: 'whatever-64' }],
    ['nobody’s', 'glpat-expired', {}],
    ['a stranger’s', GITLAB_TOKENS.stranger, {}],
    ['none', '', {}],
  ])('%s is told once with role and scope, and writes nothing', async (_what, token, also) => {
    const done = await run(token, also);
    expectWholeResult(done);
    expect(done.record?.mode).toBe('failed');
    expect(done.record?.problems).toHaveLength(1);
    expect(done.log).toMatch(/scope `?api`?/);
    expect(done.log).toMatch(/role `?Developer/);
    expect(done.log.match(/role `?Developer/g)).toHaveLength(1);
    expect(gitlab.writes()).toEqual([]);
  });

  it('a token that is told to be job’s own is never sent', async () => {
    await run(GITLAB_TOKENS.job);
    expect(gitlab.log).toEqual([]);
  });
});
