import { describe, expect, test } from 'vitest';
import { JOB_INPUTS, readJobInputs } from '#app/ci/job-inputs.ts';
import { defaultRequest } from '#app/run-request.ts';

function read(values: Record<string, string>) {
  const inputs: Record<string, string> = { reports: 'scan.sarif', ...values };
  return readJobInputs((name) => inputs[name] ?? '', '/workspace');
}

test('with only reports given, everything is as on the command line, but that CI also comments', () => {
  expect(read({})).toEqual({ ...defaultRequest('/workspace'), reports: ['scan.sarif'], publish: 'auto' });
});

test('reports and path maps are one a line, blank lines skipped', () => {
  const request = read({ reports: ' a.sarif\r\n\n  b c/*.sarif\n', 'path-map': '/build/src=src\n/x=y=z' });
  expect(request.reports).toEqual(['a.sarif', 'b c/*.sarif']);
  expect(request.pathMap).toEqual([
    { from: '/build/src', to: 'src' },
    { from: '/x', to: 'y=z' },
  ]);
});

test('every input changes the request', () => {
  const other: Record<string, string> = {
    reports: 'other.sarif',
    'fail-on': 'low',
    scope: 'all',
    'path-map': 'a=b',
    format: 'none',
    judge: 'builtin',
    language: 'zh-CN',
    publish: 'none',
    'dry-run': 'true',
    'allow-http': 'true',
    quiet: 'true',
    verbose: 'TRUE',
  };
  for (const name of JOB_INPUTS) expect(read({ [name]: other[name] ?? 'given' }), name).not.toEqual(read({}));
});

describe('what cannot be used is refused by name', () => {
  test.each([
    ['reports', ' \n '],
    ['fail-on', 'severe'],
    ['fail-on', 'none'],
    ['scope', 'NEW'],
    ['path-map', 'a'],
    ['path-map', '=b'],
    ['format', 'xml'],
    ['judge', 'human'],
    ['language', 'de'],
    ['publish', 'bitbucket'],
    ['dry-run', 'maybe'],
    ['quiet', 'yes'],
  ])('%s: %j', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`"${name}"`));
  });
});
