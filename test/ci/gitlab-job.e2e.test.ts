// The GitLab component's job, run as a runner runs it: in a shell, with CI_* variables.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GitRepository } from '../doubles/git-repository.ts';
import { builtBundle } from './built-bundle.ts';
import { COMPONENT_INPUTS, expandComponent, runComponent } from './gitlab-harness.ts';
import {
  createReviewedRepository,
  type ReviewedRepository,
  sarif,
  UNSAFE_LINE,
} from './pull-request-repository.ts';

const ZEROS = '0'.repeat(40);
// A GitLab job's script is for a POSIX shell.
describe.runIf(process.platform !== 'win32')('the job', () => {
  let reviewed: ReviewedRepository;
  let repository: GitRepository;

  beforeAll(async () => {
    reviewed = createReviewedRepository();
    repository = reviewed.repository;
    repository.write('reports/scan.sarif', sarif([{ line: UNSAFE_LINE + 2 }]));
    await builtBundle();
  }, 120_000);
  afterAll(() => repository.dispose());

  const mergedResults = () => ({
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_TARGET_BRANCH_SHA: reviewed.base,
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: reviewed.head,
    CI_MERGE_REQUEST_DIFF_BASE_SHA: reviewed.base,
    CI_COMMIT_BEFORE_SHA: ZEROS,
    CI_COMMIT_SHA: reviewed.merge,
  });
  const run = (inputs: Record<string, string>, variables: Record<string, string>) =>
    runComponent({
      inputs: { reports: 'reports/scan.sarif', ...inputs },
      project: repository.root,
      variables,
    });
  const readResult = (out = 'assay-out') =>
    JSON.parse(readFileSync(repository.path(`${out}/assay.json`), 'utf8'));

  describe('a merge request that brings an unsafe call', () => {
    test('fails, and leaves every artifact that the job names', async () => {
      const { exitCode, stdout, stderr, job } = await run({}, mergedResults());
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
      expect(stdout).toContain('app.js');
      expect(readResult().run).toMatchObject({ base: reviewed.base, head: reviewed.head });
      expect(readResult().findings[0].location.startLine).toBe(UNSAFE_LINE);
      const quality = JSON.parse(readFileSync(repository.path(job.artifacts.reports.codequality), 'utf8'));
      expect(quality[0].location.path).toBe('app.js');
      expect(readFileSync(repository.path(job.artifacts.reports.dotenv), 'utf8')).toMatch(
        /^ASSAY_DECISION=failed\nASSAY_EXIT_CODE=1\n/,
      );
    });

    test('without merged results the base of the diff is taken when the target branch is not in the clone', async () => {
      const variables = {
        ...mergedResults(),
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
        CI_COMMIT_SHA: reviewed.head,
      };
      repository.write('reports-head/scan.sarif', sarif([{ line: UNSAFE_LINE }]));
      const { exitCode } = await run({ reports: 'reports-head/scan.sarif' }, variables);
      expect(exitCode).toBe(1);
      expect(readResult().run).toMatchObject({ base: reviewed.base, head: reviewed.head });
    });

    test('passes when the gate looks for worse', async () => {
      expect((await run({ 'fail-on': 'critical' }, mergedResults())).exitCode).toBe(0);
    });
  });

  test('a push is compared with the commit before it', async () => {
    const variables = {
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BEFORE_SHA: reviewed.base,
      CI_COMMIT_SHA: reviewed.merge,
    };
    expect((await run({}, variables)).exitCode).toBe(1);
  });

  test('a first push and a schedule have no base', async () => {
    const firstPush = {
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BEFORE_SHA: ZEROS,
      CI_COMMIT_SHA: reviewed.merge,
    };
    for (const variables of [firstPush, { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_SHA: reviewed.merge }]) {
      expect((await run({}, variables)).exitCode).toBe(1);
      expect(readResult().run.base).toBeNull();
    }
  });

  test.each([
    ['a missing report', { reports: 'none.sarif' }, 2],
    ['a path map without "="', { 'path-map': 'src' }, 2],
  ])('%s ends the job with its own code', async (_what, inputs, code) => {
    expect((await run(inputs, mergedResults())).exitCode).toBe(code);
  });

  test('a value of an input is never read as shell', async () => {
    const out = 'assay-out-$(touch pwned)`touch pwned`;touch pwned';
    await run({ out }, mergedResults());
    expect(repository.git('status', '--porcelain', '--ignored')).not.toContain('pwned\n');
    expect(readResult(out).decision.outcome).toBe('failed');
  });
});

test('neither an .npmrc nor a node_modules folder of the change decides what runs', async () => {
  const { job } = expandComponent({ reports: 'x' });
  expect(job.script[0]).toBe('cd "$(mktemp -d)"');
  expect(job.script).toHaveLength(2);
});

test('two inclusions get jobs of their own', () => {
  expect(expandComponent({ reports: 'x', 'job-name': 'assay-shop' }).name).toBe('assay-shop');
  expect(Object.keys(COMPONENT_INPUTS)).toContain('category');
});
