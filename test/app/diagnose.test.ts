// What `assay doctor` says of the host that a run would comment on, and of folders that cannot be written.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DoctorRequest, diagnose } from '../../src/app/diagnose.ts';
import { gitHubVariables, gitLabVariables } from '../e2e/reviewed-change.ts';
import { actionsToken, classicToken, createPerson } from '../emulators/github/actors.ts';
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import { GITLAB_TOKENS, startGitLabEmulator } from '../emulators/gitlab/start-gitlab-emulator.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';

let repository: ReviewRepository;
let github: GitHubEmulator;
beforeEach(async () => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', 'let a = 1;\n'),
    (git) => void git.write('app.js', 'let a = 2;\n'),
  );
  github = await startGitHubEmulator({ repository });
});
afterEach(async () => {
  await github.close();
  repository.dispose();
});

const doctor = (variables: Readonly<Record<string, string>>, request: Partial<DoctorRequest> = {}) =>
  diagnose(
    {
      ...{ repo: '.', base: null, out: 'assay-out', pullRequest: null, mergeRequest: null },
      ...{ model: null, allowHttp: false, cwd: repository.git.root, ...request },
    },
    {
      variables,
      stdin: (async function* () {})(),
      terminalWidth: null,
      color: false,
      interactive: false,
      signal: new AbortController().signal,
      allowFetch: false,
    },
  );

describe('the doctor', () => {
  it('says that no model is named', async () => {
    expect((await doctor({})).display).toContain('ok    model: none is named; the built-in judge decides');
  });

  it('asks a named model one question, and says what it can do', async () => {
    const server = await startOpenAiServer({
      model: 'tiny',
      key: 'sk-of-the-test',
      modelFields: { max_model_len: 4096 },
    });
    server.otherwise({ text: '{"works": true}' });
    const variables = { ASSAY_MODEL_BASE_URL: server.url, ASSAY_MODEL_API_KEY: 'sk-of-the-test' };
    const found = await doctor(variables, { model: 'openai-compatible/tiny' });
    expect(found.display).toMatch(
      /ok {4}model: openai-compatible\/tiny answers, structured output works, reads 4096 tokens, \d+ ms, \d+ tokens in, \d+ out/,
    );
    expect(found.exitCode).toBe(0);
    server.otherwise({ text: '{"works": true}', model: 'huge' });
    const other = await doctor(variables, { model: 'openai-compatible/tiny' });
    expect(other.display).toContain(
      'ok    model: openai-compatible/tiny answers as huge, which is another model: check the address and the name of the model,',
    );
    const refused = await doctor(
      { ...variables, ASSAY_MODEL_API_KEY: 'sk-another' },
      { model: 'openai-compatible/tiny' },
    );
    expect(refused.display).toMatch(
      /FAILS model: openai-compatible\/tiny: .*\n {6}Check the key in `ASSAY_MODEL_API_KEY`, and whether/,
    );
    expect(refused.display).not.toContain('sk-another');
    expect(refused.exitCode).toBe(1);
    await server.close();
  });

  it('says how an address or a key that cannot work is mended', async () => {
    const server = await startOpenAiServer({ model: 'tiny', key: 'sk-of-the-test' });
    server.otherwise({ text: '{"works": true}' });
    const model = 'openai-compatible/tiny';
    const keyless = await doctor({ ASSAY_MODEL_BASE_URL: server.url }, { model });
    expect(keyless.display).toContain(
      'No key was sent; if the server wants one, put it into `ASSAY_MODEL_API_KEY`.',
    );
    for (const endpoint of ['/chat/completions', '/completions/', '/responses', '/messages']) {
      const variables = {
        ASSAY_MODEL_BASE_URL: server.url + endpoint,
        ASSAY_MODEL_API_KEY: 'sk-of-the-test',
      };
      const { display } = await doctor(variables, { model });
      expect(display).toContain(
        `The base address ends in \`${endpoint.replace(/\/$/, '')}\`, which is added to it: set \`ASSAY_MODEL_BASE_URL\` to \`${server.url}\`.`,
      );
    }
    const plain = await doctor({ ASSAY_MODEL_BASE_URL: 'http://10.1.2.3:8000/v1' }, { model });
    expect(plain.display).toMatch(/The address ['`]http:\/\/10\.1\.2\.3:8000['`] is http, not https/);
    expect(plain.display).toContain('add `--allow-http` (in a job the input `allow-http`)');
    expect(plain.display).not.toContain('``');
    await server.close();
  });

  it('says which variable a named model lacks', async () => {
    const { display, exitCode } = await doctor({}, { model: 'anthropic/claude' });
    expect(display).toContain('`anthropic` needs a key in `ASSAY_MODEL_API_KEY` / `ANTHROPIC_API_KEY`');
    expect(exitCode).toBe(1);
  });

  it('says nothing of hosts where nothing speaks of one', async () => {
    const { display, exitCode } = await doctor({});
    expect(exitCode).toBe(0);
    expect(display).not.toContain('comments');
  });

  it('says who the bot is on GitHub, and writes nothing', async () => {
    const { display, exitCode } = await doctor(gitHubVariables(github, repository));
    expect(exitCode).toBe(0);
    expect(display).toContain('github-actions[bot] on octo/shop#7 can read');
    expect(display).toContain('what the workflow declares under permissions: is not known here');
    expect(github.writes()).toEqual([]);
  });

  it('says who the bot is on GitLab, and that it may comment', async () => {
    const gitlab = await startGitLabEmulator({ repository });
    const { display, exitCode } = await doctor(gitLabVariables(gitlab, repository));
    expect(exitCode).toBe(0);
    expect(display).toContain('project_42_bot_5f3a on group/project!7 may comment');
    const job = await doctor(gitLabVariables(gitlab, repository, GITLAB_TOKENS.readApi));
    expect(job.exitCode).toBe(1);
    expect(job.display).toMatch(/scope `?api/);
    expect(gitlab.writes()).toEqual([]);
    await gitlab.close();
  });

  it('names what a token lacks', async () => {
    github.tokens.set('ghp_classic', classicToken(createPerson(900, 'linus'), []));
    github.tokens.set('ghs_none', actionsToken({}));
    for (const [token, words] of [
      ['ghp_classic', 'contents: read'],
      ['ghs_none', 'pull-requests: write'],
      ['ghs_expired', 'expired'],
    ] as const) {
      const { display, exitCode } = await doctor(gitHubVariables(github, repository, { token }));
      expect(exitCode).toBe(1);
      expect(display).toContain('FAILS comments');
      expect(display).toContain(words);
    }
    expect(github.writes()).toEqual([]);
  });

  it('says what the job’s workflow does not declare, and where it belongs', async () => {
    const declaring = (permissions: string) => ({
      ...gitHubVariables(github, repository),
      GITHUB_WORKFLOW_REF: 'octo/shop/.github/workflows/assay.yml@refs/pull/7/merge',
      GITHUB_WORKFLOW_SHA: repository.push(
        (git) =>
          void git.write(
            '.github/workflows/assay.yml',
            `on: push\njobs:\n  assay:\n    permissions:\n      ${permissions}\n`,
          ),
      ),
      GITHUB_JOB: 'assay',
    });
    const enough = await doctor(declaring('pull-requests: write'));
    expect(enough.exitCode).toBe(0);
    expect(enough.display).toContain('.github/workflows/assay.yml declares its permissions');
    expect(enough.display).toContain(
      '`checks: write` under `permissions:` in `.github/workflows/assay.yml:6`',
    );
    const little = await doctor(declaring('contents: read'));
    expect(little.exitCode).toBe(1);
    expect(little.display).toContain('FAILS comments: The token of the job may not comment');
    expect(little.display).toContain(
      '`pull-requests: write` under `permissions:` in `.github/workflows/assay.yml:6`',
    );
    expect(github.writes()).toEqual([]);
  });

  const fixLine = (display: string) => /^.*fix --open: .*$/m.exec(display)?.[0] ?? '';

  it('says nothing of requests with fixes where nothing speaks of a host', async () => {
    expect(fixLine((await doctor({})).display)).toBe('');
  });

  it('says what a request with fixes needs, and that nothing is known to be missing', async () => {
    const { display } = await doctor(gitHubVariables(github, repository));
    expect(fixLine(display)).toMatch(
      /^ok {4}fix --open: github-actions\[bot\] would open a request for feature of octo\/shop.* needs `contents: write` and `pull-requests: write` \(what the workflow declares is not known here/,
    );
    expect(fixLine(display)).toContain('Allow GitHub Actions to create and approve pull requests');
    expect(github.writes()).toEqual([]);
  });

  it('says what a request with fixes lacks, which no other run needs', async () => {
    const declaring = (permissions: string) => ({
      ...gitHubVariables(github, repository),
      GITHUB_WORKFLOW_REF: 'octo/shop/.github/workflows/fix.yml@refs/heads/main',
      GITHUB_WORKFLOW_SHA: repository.push(
        (git) =>
          void git.write(
            '.github/workflows/fix.yml',
            `on: push\njobs:\n  fix:\n    permissions:\n${permissions}`,
          ),
      ),
      GITHUB_JOB: 'fix',
    });
    const little = await doctor(declaring('      pull-requests: write\n'));
    expect(fixLine(little.display)).toContain(
      'ok    fix --open: none could be opened from here. The token of the job may not open a request with fixes. Put `contents: write` under `permissions:` in `.github/workflows/fix.yml:',
    );
    expect(little.exitCode).toBe(0);
    const enough = await doctor(
      declaring('      contents: write\n      pull-requests: write\n      checks: write\n'),
    );
    expect(fixLine(enough.display)).toContain('`.github/workflows/fix.yml` declares both');
    const fork = await doctor(gitHubVariables(github, repository, { fork: true }));
    expect(fixLine(fork.display)).toContain('The change comes from a fork');
    github.tokens.set('ghp_classic', classicToken(createPerson(900, 'linus'), []));
    const classic = await doctor(gitHubVariables(github, repository, { token: 'ghp_classic' }));
    expect(fixLine(classic.display)).toMatch(/none could be opened .*`contents: write`/);
    expect(github.writes()).toEqual([]);
  });

  it('says of a GitLab token whether scope and role are enough for a request with fixes', async () => {
    const gitlab = await startGitLabEmulator({ repository });
    const line = async (token: string) =>
      fixLine(
        (
          await doctor({
            ...gitLabVariables(gitlab, repository, token),
            CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(gitlab.state.project.id),
          })
        ).display,
      );
    expect(await line(GITLAB_TOKENS.bot)).toMatch(
      /project_42_bot_5f3a would open .* needs scope `api` and role Developer/,
    );
    expect(await line(GITLAB_TOKENS.reporter)).toContain('The role of the GitLab token is too low');
    expect(await line(GITLAB_TOKENS.readApi)).toContain('no scope `api`');
    expect(await line('')).toContain('There is no token to open a request with');
    expect(gitlab.writes()).toEqual([]);
    await gitlab.close();
  });

  it('says what the role of a GitLab token is too low for', async () => {
    const gitlab = await startGitLabEmulator({ repository });
    const { display, exitCode } = await doctor(gitLabVariables(gitlab, repository, GITLAB_TOKENS.reporter));
    expect(exitCode).toBe(0);
    expect(display.match(/too low for a commit status\. Give .* the role Developer/g)).toHaveLength(1);
    await gitlab.close();
  });

  it('with a token alone says how to ask about a pull request', async () => {
    const host = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: 'ghs_workflow' };
    const { display } = await doctor(host);
    expect(display).toContain('--pull-request');
    const named = await doctor(host, { pullRequest: 'octo/shop#7' });
    expect(named.display).toContain('github-actions[bot] on octo/shop#7');
    const wrong = await doctor(host, { pullRequest: 'shop' });
    expect(wrong.display).toContain('FAILS comments');
  });

  it.runIf(existsSync('/proc/self'))('ends for a folder in which nothing can be made', async () => {
    for (const out of ['/proc/x', '/proc/x/y']) {
      const { display, exitCode } = await doctor({}, { out });
      expect(exitCode).toBe(1);
      expect(display).toContain(`FAILS output folder ${out}`);
      expect(display).toContain('Name another folder with --out.');
    }
  });

  it('makes folders below folders, and takes what it wrote away again', async () => {
    const { exitCode } = await doctor({}, { out: 'a/b/c' });
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(repository.git.root, 'a/b/c/assay-doctor.txt'))).toBe(false);
  });
});
