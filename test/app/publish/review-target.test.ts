// Which change request a run speaks on: what the operator says first, then the CI's event and variables; never anything of the change's text.

import { describe, expect, it } from 'vitest';
import { say } from '#domain/phrase.ts';
import { reviewTarget, type TargetRequest } from '../../../src/app/publish/review-target.ts';

const SHA = 'a'.repeat(40);
const request = (over: Partial<TargetRequest> = {}): TargetRequest => ({
  ...{ publish: 'auto', pullRequest: null, mergeRequest: null },
  ...over,
});
const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'o/r', GITHUB_EVENT_NAME: 'pull_request' };
const GITLAB = {
  ...{ GITLAB_CI: 'true', CI_PROJECT_ID: '5', CI_MERGE_REQUEST_PROJECT_ID: '4', CI_MERGE_REQUEST_IID: '7' },
};
const pull = (from: string | null = 'o/r') => ({
  pull_request: {
    number: 7,
    head: { repo: from === null ? null : { full_name: from } },
    base: { repo: { full_name: 'o/r' } },
  },
});

describe('a pull request', () => {
  it('is the one of the event', () => {
    expect(reviewTarget(request(), GITHUB, pull())).toEqual({ kind: 'github', repository: 'o/r', number: 7 });
  });

  it.each([['someone/r'], [null]])('of a fork (%s) is not commented on by its own run', (from) => {
    const target = reviewTarget(request(), GITHUB, pull(from));
    expect(target).toMatchObject({ kind: 'none', host: 'github' });
    expect(target.kind === 'none' && say(target.hint, null)).toContain('second workflow');
  });

  it('of a fork is commented on when the operator says so, for tokens that may', () => {
    expect(reviewTarget(request({ publish: 'github' }), GITHUB, pull('someone/r'))).toMatchObject({
      number: 7,
    });
  });

  it('of a fork is asked for by the commit that the first workflow ran on, whatever else the event says', () => {
    const event = {
      workflow_run: {
        head_sha: SHA,
        head_branch: 'change',
        head_repository: { owner: { login: 'someone' }, full_name: 'someone/r' },
        pull_requests: [{ number: 99 }],
      },
    };
    expect(reviewTarget(request(), { ...GITHUB, GITHUB_EVENT_NAME: 'workflow_run' }, event)).toEqual({
      ...{ kind: 'github-commit', repository: 'o/r', headSha: SHA, branch: 'someone:change' },
    });
  });

  it('can be named outside of CI', () => {
    expect(reviewTarget(request({ publish: 'none', pullRequest: 'owner/repo#12' }), {}, null)).toEqual({
      ...{ kind: 'github', repository: 'owner/repo', number: 12 },
    });
  });

  it.each([
    'owner/repo',
    'owner/repo#0',
    'a/b/c#1',
    'owner/repo#1; rm',
    '../x#1\n',
    'https://github.com/o/r/pull/7',
  ])('named as %j is a mistake that is explained', (pullRequest) => {
    expect(() => reviewTarget(request({ pullRequest }), {}, null)).toThrow('--pull-request is');
  });
});

describe('a merge request', () => {
  it('is the one of the pipeline, in the project that it merges into', () => {
    expect(reviewTarget(request(), GITLAB, null)).toEqual({ kind: 'gitlab', project: '4', iid: 7 });
  });

  it('can be named outside of CI, below any number of groups', () => {
    expect(reviewTarget(request({ mergeRequest: 'group/sub/project!12' }), {}, null)).toEqual({
      ...{ kind: 'gitlab', project: 'group/sub/project', iid: 12 },
    });
  });
});

describe('a change request of one host and --publish of the other', () => {
  it.each([
    [{ publish: 'gitlab', pullRequest: 'o/r#7' }, '--pull-request and --publish gitlab'],
    [{ publish: 'github', mergeRequest: 'o/r!7' }, '--merge-request and --publish github'],
  ] as const)('is a mistake, and nothing is posted: %j', (named, text) => {
    expect(() => reviewTarget(request(named), {}, null)).toThrow(`${text} name different hosts.`);
  });
});

describe('nothing is posted, and why is said,', () => {
  it.each([
    ['push', { before: SHA, after: SHA }],
    ['schedule', {}],
    ['merge_group', { merge_group: {} }],
    ['workflow_dispatch', null],
    ['pull_request', { pull_request: { number: 'seven' } }],
  ])('for the event %s without a pull request', (name, event) => {
    expect(reviewTarget(request(), { ...GITHUB, GITHUB_EVENT_NAME: name }, event)).toMatchObject({
      kind: 'none',
      why: { template: 'The event of {0} is about no pull request.', facts: [name] },
    });
  });

  it('for a pipeline without a merge request, and outside of any CI', () => {
    expect(reviewTarget(request(), { GITLAB_CI: 'true', CI_PROJECT_ID: '5' }, null)).toMatchObject({
      ...{ kind: 'none', host: 'gitlab' },
    });
    expect(reviewTarget(request(), {}, null)).toMatchObject({ kind: 'none', host: null });
  });
});
