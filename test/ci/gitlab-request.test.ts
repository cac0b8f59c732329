import { describe, expect, test } from 'vitest';
import { gitLabRequest, targetBranchRef } from '#app/ci/gitlab-request.ts';

const BASE = 'b'.repeat(40);
const OLD_BASE = 'd'.repeat(40);
const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);
const ZEROS = '0'.repeat(40);

function request(variables: Record<string, string>, targetTip: string | null = null) {
  return gitLabRequest({
    variables: { ASSAY_INPUT_REPORTS: 'scan.sarif', ...variables },
    cwd: '/builds',
    targetTip,
  });
}

const mergeRequest = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_PROJECT_ID: '7',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: OLD_BASE,
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
  CI_COMMIT_BEFORE_SHA: ZEROS,
  CI_COMMIT_SHA: HEAD,
};

describe('in a merge request pipeline', () => {
  test('the base is the tip of the target branch, because an older one may hold a laxer policy', () => {
    expect(request(mergeRequest, BASE)).toMatchObject({ base: BASE, head: HEAD, scannedRevision: null });
  });

  test('without the target branch in the clone the base of the diff remains', () => {
    expect(request(mergeRequest).base).toBe(OLD_BASE);
  });

  test("a fork's own branch of that name does not bind", () => {
    expect(request({ ...mergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8' }, BASE).base).toBe(OLD_BASE);
  });

  test('merged results: head is the source branch, lines come from the merge', () => {
    const variables = {
      ...mergeRequest,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: BASE,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
      CI_COMMIT_SHA: MERGE,
    };
    expect(request(variables)).toMatchObject({ base: BASE, head: HEAD, scannedRevision: MERGE });
  });

  test('a target branch is asked for by its full name, so that it cannot be an option', () => {
    expect(targetBranchRef({ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '--help' })).toBe(
      'refs/remotes/origin/--help',
    );
  });
});

describe('without a merge request', () => {
  test('a push is compared with the previous commit of the branch', () => {
    const variables = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: BASE, CI_COMMIT_SHA: HEAD };
    expect(request(variables)).toMatchObject({ base: BASE, head: HEAD });
  });

  test('the first push of a branch has no base', () => {
    const variables = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BEFORE_SHA: ZEROS, CI_COMMIT_SHA: HEAD };
    expect(request(variables)).toMatchObject({ base: null, policyRevision: HEAD });
  });

  test('a schedule is bound by the policy of its commit, a merge request by that of its base alone', () => {
    expect(request({ CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_SHA: HEAD }).policyRevision).toBe(HEAD);
    expect(request(mergeRequest, BASE).policyRevision).toBeNull();
  });

  test.each(['schedule', 'web', 'api', 'trigger'])('%s reads the working tree and has no base', (source) => {
    expect(request({ CI_PIPELINE_SOURCE: source, CI_COMMIT_SHA: HEAD })).toMatchObject({
      base: null,
      head: null,
    });
  });
});

test('the inputs come as variables with underscores, and win over the pipeline', () => {
  expect(
    request({ ...mergeRequest, ASSAY_INPUT_BASE: 'v1', ASSAY_INPUT_FAIL_ON: 'low' }, BASE),
  ).toMatchObject({
    base: 'v1',
    failOn: 'low',
  });
});
