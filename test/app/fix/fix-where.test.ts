// Where fixes are proposed, and which runs may not: by what the runner says.
import { describe, expect, test } from 'vitest';
import { fixBranchFor, isFixBranch, requireBranchNames } from '#app/fix/open/branch-names.ts';
import { fixWhere } from '#app/fix/open/fix-where.ts';

const NOTHING = { target: null, pullRequest: null, mergeRequest: null };
const github = (event: string, more = {}) => ({
  ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/shop', GITHUB_EVENT_NAME: event },
  ...more,
});
const gitlab = (source: string, more = {}) => ({
  ...{ GITLAB_CI: 'true', CI_PROJECT_ID: '42', CI_PIPELINE_SOURCE: source },
  ...more,
});
const pullOf = (from: string | null) => ({
  pull_request: {
    number: 7,
    head: { repo: from === null ? null : { full_name: from } },
    base: { repo: { full_name: 'octo/shop' } },
  },
});
const onBranch = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'dev' };
const ofRequest = { CI_MERGE_REQUEST_IID: '7', CI_MERGE_REQUEST_PROJECT_ID: '42' };

test.each([
  ['a push to a branch', github('push', onBranch), null, { kind: 'branch', name: 'dev' }],
  ['a tag', github('push', { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' }), null, { kind: 'default' }],
  ['a pull request', github('pull_request'), pullOf('octo/shop'), { kind: 'request', number: 7 }],
  [
    'a pipeline of a branch',
    gitlab('push', { CI_COMMIT_BRANCH: 'dev' }),
    null,
    { kind: 'branch', name: 'dev' },
  ],
  [
    'a merge request',
    gitlab('merge_request_event', { ...ofRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42' }),
    null,
    { kind: 'request', number: 7 },
  ],
  ['a desk with variables of GitHub', { GITHUB_REPOSITORY: 'octo/shop' }, null, { kind: 'default' }],
  ['a desk with variables of GitLab', { CI_PROJECT_ID: 'group/project' }, null, { kind: 'default' }],
])('of %s the target is known', (_, variables, event, target) => {
  expect(fixWhere(NOTHING, variables, event).target).toEqual(target);
  const named = fixWhere({ ...NOTHING, target: 'release' }, variables, event);
  expect(named.target).toEqual({ kind: 'branch', name: 'release' });
});

test('a change that is named says where', () => {
  expect(fixWhere({ ...NOTHING, pullRequest: 'a/b#3' }, {}, null)).toEqual({
    ...{ host: 'github', repository: 'a/b', target: { kind: 'request', number: 3 } },
  });
  expect(fixWhere({ ...NOTHING, mergeRequest: 'a/b!3' }, {}, null)).toEqual({
    ...{ host: 'gitlab', project: 'a/b', target: { kind: 'request', number: 3 } },
  });
});

describe('refused, whatever the options say', () => {
  test.each([
    ['pull_request_target', github('pull_request_target'), pullOf('octo/shop')],
    ['workflow_run', github('workflow_run'), null],
    ['issue_comment', github('issue_comment'), null],
    ['an event of tomorrow', github('new_event'), null],
    ['a fork', github('pull_request'), pullOf('eve/shop')],
    ['a fork that is gone', github('pull_request'), pullOf(null)],
    ['an event that is none', github('pull_request'), {}],
    [
      'a fork on GitLab',
      gitlab('merge_request_event', { ...ofRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '9' }),
      null,
    ],
    ['a project that is not named', gitlab('merge_request_event', ofRequest), null],
    ['a pipeline of another host', gitlab('external_pull_request_event'), null],
  ])('%s', (_, variables, event) => {
    for (const more of [{}, { target: 'main' }, { pullRequest: 'octo/shop#7' }, { mergeRequest: 'a/b!7' }])
      expect(() => fixWhere({ ...NOTHING, ...more }, variables, event)).toThrow();
  });

  test('a desk where nothing says where', () => {
    expect(() => fixWhere(NOTHING, {}, null)).toThrow('Nothing says where');
  });
});

describe('names of branches', () => {
  test.each([
    ['main', 'assay/fixes'],
    ['dev', 'assay/fixes-for-dev'],
    ['feature/a.b', 'assay/fixes-for-feature/a.b'],
  ])('for %s it is %s', (target, name) => {
    expect(fixBranchFor(target, 'main')).toBe(name);
    expect(isFixBranch(name)).toBe(true);
  });

  test('for targets with other characters names are plain, and differ', () => {
    const names = ['fix#1', 'fix 1', '修复', 'a'.repeat(230), '-x', 'x;rm'].map((one) =>
      fixBranchFor(one, 'main'),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const branch of names) expect(() => requireBranchNames({ branch, target: null })).not.toThrow();
  });

  test.each([
    '',
    '-x',
    '.',
    '..',
    'a/../b',
    'a b',
    'a..b',
    'x.lock',
    'a/',
    'a//b',
    'a@{1}',
    'a\nb',
    'a:b',
    'HEAD~1',
  ])('%j is none', (name) => {
    expect(() => requireBranchNames({ branch: name, target: null })).toThrow('no name for a branch');
    expect(() => requireBranchNames({ branch: null, target: name })).toThrow('no name for a branch');
  });
});
