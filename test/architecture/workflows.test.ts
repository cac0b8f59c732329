import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { breachesOf } from './workflow-rules.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const workflows = globSync(['.github/workflows/*.{yml,yaml}', 'rules/init/*workflow.yml'], { cwd: ROOT });

test('this project has workflows to check', () => {
  expect(workflows.length).toBeGreaterThanOrEqual(6);
});

test.each(workflows)('%s holds to the rules', (file) => {
  expect(breachesOf(readFileSync(path.join(ROOT, file), 'utf8'))).toEqual([]);
});

describe('the checker goes red on', () => {
  const SHA = 'a'.repeat(40);
  const good = `on: push
permissions:
  contents: read
jobs:
  one:
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@${SHA} # v7.0.1
      - run: npm test
`;

  test('nothing in a good one', () => {
    expect(breachesOf(good)).toEqual([]);
    expect(breachesOf(good.replace('on: push', 'on: workflow_run'))).toEqual([]);
  });

  test.each([
    ['a tag for a SHA', good.replace(`${SHA} # v7.0.1`, 'v7')],
    ['a short SHA', good.replace(SHA, 'a'.repeat(12))],
    ['a SHA without its version', good.replace(' # v7.0.1', '')],
    ['an expression in run', good.replace('npm test', `echo $\{{ github.head_ref }}`)],
    ['permissions left open', good.replace('permissions:\n  contents: read\n', '')],
    ['write-all', good.replace('permissions:\n  contents: read', 'permissions: write-all')],
    ['a write permission for all jobs', good.replace('contents: read', 'contents: write')],
    ['pull_request_target', good.replace('on: push', 'on: pull_request_target')],
    [
      'workflow_run with the change checked out',
      good
        .replace('on: push', 'on: workflow_run')
        .replace('      - run', `        with: { ref: main }\n      - run`),
    ],
    [
      'workflow_run that unpacks an artifact in the work tree',
      good.replace('on: push', 'on: workflow_run').replace('actions/checkout', 'actions/download-artifact'),
    ],
    ['a job without an end', good.replace('    timeout-minutes: 5\n', '')],
  ])('%s', (_what, text) => {
    expect(text).not.toBe(good);
    expect(breachesOf(text)).toHaveLength(1);
  });
});
