// Hosts of one's own: GitHub Enterprise Server, GitLab below a path, own certificates, proxies, and addresses that are never asked.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runAction } from '../ci/action-harness.ts';
import { builtBundle } from '../ci/built-bundle.ts';
import { runComponent } from '../ci/gitlab-harness.ts';
import { startGitHubEmulator, WORKFLOW_TOKEN } from '../emulators/github/github-emulator.ts';
import { GITLAB_TOKENS, startGitLabEmulator } from '../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { gitHubVariables, gitLabVariables, publishChange, sarifOf } from './reviewed-change.ts';
import { startTlsFront, type TlsFront } from './tls-front.ts';

const CALL = "exports.show = (name) => execSync('cat ' + name);\n";
const TOP = "const { execSync } = require('node:child_process');\n";
const OLD = `${TOP}${CALL}${'\n// far away\n'.repeat(20)}`;
const NEW = `${OLD}${CALL}`;
const LAST = NEW.split('\n').length - 1;
const REPORT = sarifOf([{ path: 'app.js', line: LAST }]);

let repository: ReviewRepository;
const undo: (() => unknown)[] = [];
beforeEach(() => {
  repository = createReviewRepository(
    (git) => void git.write('app.js', OLD).write('.gitignore', 'reports/\nassay-out/\n'),
    (git) => void git.write('app.js', NEW),
  );
  undo.push(() => repository.dispose());
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function onGitHub(settings: Partial<Parameters<typeof startGitHubEmulator>[0]> = {}) {
  const github = await startGitHubEmulator({ repository, ...settings });
  undo.push(() => github.close());
  return github;
}

describe('a GitHub Enterprise Server', () => {
  it.each(['3.6', '3.17'])('%s is spoken to below /api only, and links lead to it', async (enterprise) => {
    const github = await onGitHub({ enterprise });
    const run = await publishChange({
      repository,
      report: REPORT,
      variables: gitHubVariables(github, repository),
    });
    expect(run.record).toMatchObject({ mode: 'posted', problems: [] });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]?.body).toContain(`${github.serverUrl}/octo/shop/blob/`);
    expect(github.log.filter(({ path }) => !/^\/api\/(v3|graphql)(\/|$)/.test(path))).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('derives the address of GraphQL from the other one', async () => {
    const github = await onGitHub({ enterprise: '3.17' });
    const { GITHUB_GRAPHQL_URL: _unset, ...variables } = gitHubVariables(github, repository);
    const run = await publishChange({ repository, report: REPORT, variables });
    expect(run.record?.mode).toBe('posted');
    expect(github.log.some(({ path }) => path === '/api/graphql')).toBe(true);
  });

  it('of old takes no comment at a file: the finding goes to annotation and summary', async () => {
    const github = await onGitHub({ enterprise: '3.6' });
    const run = await publishChange({
      repository,
      report: sarifOf([{ path: 'app.js', line: 2 }]),
      variables: gitHubVariables(github, repository),
      request: { scope: 'all' },
    });
    expect(github.state.comments).toEqual([]);
    expect(github.state.issueComments).toHaveLength(1);
    expect(run.record?.ledger[0]?.where).toMatch(/annotation|summary/);
    expect(run.record?.counts.findings).toBe(1);
  });
});

it('GitLab below a path of its server is spoken to there only, and links lead there', async () => {
  const gitlab = await startGitLabEmulator({ repository, basePath: '/tools/gitlab/api/v4' });
  undo.push(() => gitlab.close());
  const run = await publishChange({
    repository,
    report: REPORT,
    variables: gitLabVariables(gitlab, repository),
  });
  expect(run.record).toMatchObject({ mode: 'posted', problems: [] });
  const bodies = gitlab.discussions().flatMap(({ notes }) => notes.map(({ body }) => body));
  expect(bodies.join('\n')).toContain(`${gitlab.serverUrl}/group/project/-/blob/`);
  expect(gitlab.log.filter(({ path }) => !path.startsWith('/tools/gitlab/api/v4/'))).toEqual([]);
  expect(gitlab.violations).toEqual([]);
});

describe('an address that is never asked', () => {
  const tried = async (apiUrl: string, allowHttp: boolean) => {
    const github = await onGitHub();
    const run = await publishChange({
      repository,
      report: REPORT,
      variables: {
        ...gitHubVariables(github, repository),
        GITHUB_API_URL: apiUrl,
        GITHUB_GRAPHQL_URL: `${apiUrl}/graphql`,
      },
      request: { allowHttp },
    });
    expect(run.outcome.exitCode).toBe(1);
    expect(run.record?.mode).toBe('failed');
    expect(github.log).toEqual([]);
    expect(run.log).not.toMatch(/\n\s+at /);
    return run.log;
  };

  it('is http beyond this machine, unless the operator allows it, and the option is named', async () => {
    expect(await tried('http://ghes.test/api/v3', false)).toContain('allow-http');
  });

  it.each([
    'http://169.254.169.254',
    'https://[::ffff:a9fe:a9fe]',
    'http://2852039166',
    'https://metadata.google.internal',
  ])('is a metadata service (%s), whatever is allowed', async (address) => {
    expect(await tried(address, true)).toContain('metadata');
  });
});

describe('the built bundle, with TLS of an own authority', () => {
  beforeAll(async () => void (await builtBundle()), 180_000);
  beforeEach(() => {
    const { root, git } = { root: repository.git.root, git: repository.git };
    git.git('checkout', '--quiet', repository.head());
    mkdirSync(`${root}/reports`, { recursive: true });
    writeFileSync(`${root}/reports/scan.sarif`, REPORT);
  });

  const front = async (behind: string): Promise<TlsFront> => {
    const started = await startTlsFront(behind);
    undo.push(() => started.close());
    return started;
  };
  const act = async (address: (at: TlsFront) => string, extra: (at: TlsFront) => Record<string, string>) => {
    const github = await onGitHub({ enterprise: '3.17' });
    const at = await front(github.serverUrl);
    const server = address(at);
    const { number } = github.state.settings;
    const run = await runAction({
      inputs: { reports: 'reports/scan.sarif' },
      workspace: repository.git.root,
      event: {
        name: 'pull_request',
        payload: {
          pull_request: {
            number,
            base: { sha: repository.baseTip(), repo: { full_name: 'octo/shop' } },
            head: { sha: repository.head(), repo: { full_name: 'octo/shop' } },
          },
        },
      },
      sha: repository.head(),
      variables: {
        GITHUB_API_URL: `${server}/api/v3`,
        GITHUB_GRAPHQL_URL: `${server}/api/graphql`,
        GITHUB_SERVER_URL: server,
        GITHUB_REPOSITORY: 'octo/shop',
        GITHUB_TOKEN: WORKFLOW_TOKEN,
        ...extra(at),
      },
    });
    return { github, at, run };
  };

  it('posts on GitHub Enterprise Server through a proxy', async () => {
    const { github, at, run } = await act(
      ({ port }) => `https://host.test:${port}`,
      ({ authority, proxy }) => ({ NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: proxy }),
    );
    expect(run.stderr).not.toContain('warning');
    expect(run.exitCode).toBe(1);
    expect(github.state.comments).toHaveLength(1);
    expect(new Set(at.tunnels)).toEqual(new Set([`host.test:${at.port}`]));
  });

  it('goes past the proxy to what NO_PROXY names', async () => {
    const { github, at, run } = await act(
      ({ port }) => `https://localhost:${port}`,
      ({ authority, proxy }) => ({
        ...{ NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: proxy, NO_PROXY: 'localhost' },
      }),
    );
    expect(run.exitCode).toBe(1);
    expect(github.state.comments).toHaveLength(1);
    expect(at.tunnels).toEqual([]);
  });

  it('says that it could not be reached when nobody vouches for the certificate, and the gate stays', async () => {
    const { github, run } = await act(
      ({ port }) => `https://localhost:${port}`,
      () => ({}),
    );
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.commands).toContainEqual(expect.objectContaining({ name: 'error' }));
    expect(github.log).toEqual([]);
  });

  it('posts on GitLab below a path through a proxy', async () => {
    const gitlab = await startGitLabEmulator({ repository, basePath: '/gitlab/api/v4' });
    undo.push(() => gitlab.close());
    const at = await front(new URL(gitlab.apiUrl).origin);
    const server = `https://host.test:${at.port}/gitlab`;
    const run = await runComponent({
      inputs: { reports: 'reports/scan.sarif' },
      project: repository.git.root,
      variables: {
        ...gitLabVariables(gitlab, repository, GITLAB_TOKENS.bot),
        CI_API_V4_URL: `${server}/api/v4`,
        CI_SERVER_URL: server,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: repository.baseTip(),
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
        CI_PROJECT_DIR: repository.git.root,
        NODE_EXTRA_CA_CERTS: at.authority,
        HTTPS_PROXY: at.proxy,
      },
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).not.toContain('warning');
    expect(gitlab.discussions().length).toBeGreaterThanOrEqual(2);
    expect(new Set(at.tunnels)).toEqual(new Set([`host.test:${at.port}`]));
  });
});
