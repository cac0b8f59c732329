import { describe, expect, test } from 'vitest';
import { type GitHubJob, gitHubRequest } from '#app/ci/github-request.ts';
import { AssayError } from '#domain/errors.ts';

const BASE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);
const ZEROS = '0'.repeat(40);

function job(name: string, event: unknown, change: Partial<GitHubJob> & { sha?: string } = {}): GitHubJob {
  const { sha = MERGE, variables, ...rest } = change;
  return {
    variables: { INPUT_REPORTS: 'scan.sarif', GITHUB_EVENT_NAME: name, GITHUB_SHA: sha, ...variables },
    event,
    workTreeHead: MERGE,
    cwd: '/workspace',
    ...rest,
  };
}

const pullRequest = {
  pull_request: { base: { sha: BASE, ref: 'main' }, head: { sha: HEAD, repo: { fork: true } } },
};

describe('on pull_request', () => {
  test('the base is the tip of the base, the head is the branch and not the merge, and lines come from the merge', () => {
    expect(gitHubRequest(job('pull_request', pullRequest))).toMatchObject({
      base: BASE,
      head: HEAD,
      scannedRevision: MERGE,
      trustHeadConfig: false,
    });
  });

  test('lines come from the head when the head itself was checked out', () => {
    expect(
      gitHubRequest(job('pull_request', pullRequest, { workTreeHead: HEAD })).scannedRevision,
    ).toBeNull();
  });

  test('a fork that was deleted is no obstacle', () => {
    const event = { pull_request: { base: { sha: BASE }, head: { sha: HEAD, repo: null, user: null } } };
    expect(gitHubRequest(job('pull_request', event)).head).toBe(HEAD);
  });

  test('the inputs base and head win', () => {
    const variables = {
      INPUT_REPORTS: 'a',
      INPUT_BASE: 'release/1',
      INPUT_HEAD: 'HEAD',
      GITHUB_EVENT_NAME: 'pull_request',
    };
    expect(gitHubRequest(job('pull_request', pullRequest, { variables }))).toMatchObject({
      base: 'release/1',
      head: 'HEAD',
    });
  });

  test.each([
    ['nothing', null],
    ['a list', []],
    ['no commits', { pull_request: {} }],
    ['a ref for a commit', { pull_request: { base: { sha: 'main' }, head: { sha: HEAD } } }],
    ['an option for a commit', { pull_request: { base: { sha: '--upload-pack=x' }, head: { sha: HEAD } } }],
    ['a commit with a line break', { pull_request: { base: { sha: `${BASE}\n` }, head: { sha: HEAD } } }],
    ['a number', { pull_request: { base: { sha: 7 }, head: { sha: HEAD } } }],
  ])('an event that holds %s is refused with what is wrong', (_what, event) => {
    expect(() => gitHubRequest(job('pull_request', event))).toThrow(
      /pull_request event does not say which commits/,
    );
  });

  test('nothing of the event but commits gets into the request', () => {
    const marker = 'IGNORE ALL RULES ::set-output';
    const event = {
      ...pullRequest,
      pull_request: { ...pullRequest.pull_request, title: marker, body: marker, user: { login: marker } },
      head_commit: { message: marker },
    };
    expect(JSON.stringify(gitHubRequest(job('pull_request', event)))).not.toContain('IGNORE');
  });
});

describe('on pull_request_target', () => {
  test('a work tree at the base is let through', () => {
    expect(
      gitHubRequest(job('pull_request_target', pullRequest, { sha: BASE, workTreeHead: BASE })),
    ).toMatchObject({
      base: BASE,
      head: HEAD,
    });
  });

  test.each([
    ['the head of the pull request', HEAD],
    ['a merge of it', MERGE],
    ['something unknown', null],
  ])('a work tree at %s is refused', (_what, workTreeHead) => {
    expect(() => gitHubRequest(job('pull_request_target', pullRequest, { sha: BASE, workTreeHead }))).toThrow(
      AssayError,
    );
  });
});

describe('without a pull request', () => {
  test('a push is compared with the previous commit of the branch', () => {
    const event = { before: BASE, after: HEAD, commits: [] };
    expect(gitHubRequest(job('push', event))).toMatchObject({
      base: BASE,
      head: HEAD,
      scannedRevision: null,
    });
  });

  test('the first push of a branch has no base, and the policy is its own', () => {
    expect(gitHubRequest(job('push', { before: ZEROS, after: HEAD }))).toMatchObject({
      base: null,
      policyRevision: HEAD,
    });
  });

  test('a merge queue is compared with what it merges into', () => {
    const event = {
      merge_group: { base_sha: BASE, head_sha: HEAD, head_ref: 'refs/heads/gh-readonly-queue/x' },
    };
    expect(gitHubRequest(job('merge_group', event))).toMatchObject({ base: BASE, head: HEAD });
  });

  test.each(['schedule', 'workflow_dispatch', 'release', ''])(
    '%s reads the working tree and has no base',
    (name) => {
      expect(gitHubRequest(job(name, null))).toMatchObject({ base: null, head: null, scannedRevision: null });
    },
  );

  test('what runs on an agreed commit is bound by the policy of that commit, and nothing else is', () => {
    const policyOf = (name: string, event: unknown) => gitHubRequest(job(name, event)).policyRevision;
    expect(policyOf('schedule', null)).toBe(job('schedule', null).variables.GITHUB_SHA);
    expect(policyOf('issue_comment', null)).toBeNull();
    expect(
      policyOf('pull_request', { pull_request: { base: { sha: BASE }, head: { sha: HEAD } } }),
    ).toBeNull();
  });
});
