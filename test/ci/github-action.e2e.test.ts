// The built Action, run as a GitHub runner runs it: what a pipeline sees of a change, and what a hostile change cannot do.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import { runAction, type Step } from './action-harness.ts';
import { builtBundle } from './built-bundle.ts';
import {
  createReviewedRepository,
  type ReviewedRepository,
  sarif,
  UNSAFE_LINE,
} from './pull-request-repository.ts';

const ZEROS = '0'.repeat(40);
let reviewed: ReviewedRepository;
let repository: GitRepository;

beforeAll(async () => {
  reviewed = createReviewedRepository();
  repository = reviewed.repository;
  // As scanners do: on what is checked out, the merge, where the call stands two lines further down.
  repository.write('reports/scan.sarif', sarif([{ line: UNSAFE_LINE + 2 }]));
  await builtBundle();
}, 120_000);
afterAll(() => repository.dispose());

const pullRequest = (head: object = {}) => ({
  name: 'pull_request',
  payload: { pull_request: { base: { sha: reviewed.base }, head: { sha: reviewed.head, ...head } } },
});
const step = (change: Partial<Step> = {}): Step => ({
  inputs: { reports: 'reports/scan.sarif' },
  workspace: repository.root,
  event: pullRequest(),
  sha: reviewed.merge,
  ...change,
});
const annotated = (line: number) =>
  expect.objectContaining({
    properties: expect.stringMatching(new RegExp(`file=app\\.js,(?:.*,)?line=${line}(?:,|$)`)),
  });

describe('a pull request that brings an unsafe call', () => {
  test('fails, and says so in outputs, summary, annotations and files', async () => {
    const run = await runAction(step());
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toMatchObject({ exitCode: 1 });
    expect(Object.fromEntries(run.outputs)).toEqual({
      decision: 'failed',
      'exit-code': '1',
      'true-positives': expect.stringMatching(/^[01]$/),
      'false-positives': '0',
      'needs-review': expect.stringMatching(/^[01]$/),
      blocking: '1',
      result: 'assay-out/assay.json',
      sarif: 'assay-out/assay.sarif',
      summary: 'assay-out/summary.md',
      publication: 'assay-out/publication.json',
    });
    expect(run.summary).toContain('app.js');
    const result = JSON.parse(readFileSync(repository.path('assay-out/assay.json'), 'utf8'));
    expect(result.decision.outcome).toBe('failed');
    expect(result.run).toMatchObject({ base: reviewed.base, head: reviewed.head });
  });

  test('is annotated at the line of head, though the scanner saw the merge', async () => {
    const { commands } = await runAction(step());
    expect(commands).toContainEqual(annotated(UNSAFE_LINE));
    expect(commands.every(({ name }) => ['error', 'warning', 'notice'].includes(name))).toBe(true);
  });

  test('passes when the gate looks for worse', async () => {
    const run = await runAction(step({ inputs: { reports: 'reports/scan.sarif', 'fail-on': 'critical' } }));
    expect(run.exitCode).toBe(0);
    expect(run.outputs.get('decision')).toBe('passed');
  });

  test('is judged the same when it comes from a fork that is gone', async () => {
    const run = await runAction(step({ event: pullRequest({ repo: null, user: null }) }));
    expect(run.exitCode).toBe(1);
    expect(run.outputs.get('decision')).toBe('failed');
  });
});

describe('without a pull request', () => {
  const push = (before: string) => ({ name: 'push', payload: { before, after: reviewed.merge } });

  test('a push is compared with the commit before it', async () => {
    const run = await runAction(step({ event: push(reviewed.base) }));
    expect(run.exitCode).toBe(1);
    expect(run.outputs.get('blocking')).toBe('1');
  });

  test('on the first push of a branch everything counts', async () => {
    repository.write('reports/old.sarif', sarif([{ line: 6 }]));
    const run = await runAction(step({ inputs: { reports: 'reports/*.sarif' }, event: push(ZEROS) }));
    const result = JSON.parse(readFileSync(repository.path('assay-out/assay.json'), 'utf8'));
    expect(result.run).toMatchObject({ base: null, head: reviewed.merge, scope: 'all' });
    expect(result.accounting.findings).toBe(2);
    expect(run.exitCode).toBe(1);
  });

  test('a schedule without an event file reads the working tree', async () => {
    const run = await runAction(step({ event: { name: 'schedule', payload: null } }));
    expect(run.outputs.get('decision')).toBe('failed');
  });
});

describe('what cannot be used ends with 2 and an error that a person sees', () => {
  const noticed = expect.objectContaining({
    name: 'error',
    message: expect.stringContaining('could not run'),
  });

  test.each<[string, () => Partial<Step>, RegExp]>([
    [
      'an event that is no JSON',
      () => ({ event: { name: 'pull_request', payload: '{"pull_request":' } }),
      /not JSON/,
    ],
    ['an event without commits', () => ({ event: { name: 'pull_request', payload: {} } }), /which commits/],
    ['no event file', () => ({ event: { name: 'pull_request', payload: null } }), /which commits/],
    ['a missing report', () => ({ inputs: { reports: 'reports/none.sarif' } }), /none\.sarif/],
    ['a glob without match', () => ({ inputs: { reports: 'none/*.sarif' } }), /matches no file/],
    [
      'an unknown severity',
      () => ({ inputs: { reports: 'reports/scan.sarif', 'fail-on': 'bad' } }),
      /"fail-on"/,
    ],
    [
      'pull_request_target with the change checked out',
      () => ({ event: { ...pullRequest(), name: 'pull_request_target' }, sha: reviewed.base }),
      /pull_request_target/,
    ],
  ])('%s', async (_what, change, message) => {
    const run = await runAction(step(change()));
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(message);
    expect(run.commands).toContainEqual(noticed);
    expect(Object.fromEntries(run.outputs)).toEqual({ 'exit-code': '2' });
  });

  test('a shallow clone without the base: what to set is said', async () => {
    const shallow = cloneGitRepository(repository, '--depth=1');
    shallow.write('reports/scan.sarif', sarif([{ line: UNSAFE_LINE }]));
    const run = await runAction(step({ workspace: shallow.root }));
    shallow.dispose();
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('fetch-depth: 0');
  });
});

test('a report that was cut off never looks clean', async () => {
  const whole = sarif([{ line: UNSAFE_LINE + 2 }, { line: 6 }]);
  repository.write('reports-cut/scan.sarif', whole.slice(0, whole.length - 60));
  const run = await runAction(step({ inputs: { reports: 'reports-cut/scan.sarif', 'fail-on': 'never' } }));
  expect(run.exitCode).toBe(3);
  expect(run.outputs.get('decision')).toBe('unfinished');
});

test('two parts of a monorepo stand beside each other by category', async () => {
  const automation = async (category: string) => {
    const inputs = { reports: 'reports/scan.sarif', category, out: `assay-out-${category}` };
    const run = await runAction(step({ inputs }));
    const path = run.outputs.get('sarif') ?? '';
    expect(path).toBe(`assay-out-${category}/assay.sarif`);
    return JSON.parse(readFileSync(repository.path(path), 'utf8')).runs[0].automationDetails.id;
  };
  expect(await automation('shop')).toContain('shop');
  expect(await automation('till')).toContain('till');
});

describe('hostile text', () => {
  const ATTACKS = [
    '\n::set-env name=NODE_OPTIONS::--require ./x',
    '\r::add-mask::a',
    '\n##[command]x',
    '\n::stop-commands::x\n',
    '\u2028::error::forged',
    '%0A::error::forged',
    '\u001b]8;;https://evil.example\u0007click',
  ];

  test.each(['table', 'json', 'markdown'])(
    'in names and messages never becomes a command (format %s)',
    async (format) => {
      const evil = 'a%0A::error file=x::forged,line=1.js';
      const results = ATTACKS.flatMap((attack, index) => [
        { line: UNSAFE_LINE + 2, message: `x${attack}`, ruleId: `rule-${index}${attack}` },
        { line: 1, path: evil, message: attack },
      ]);
      repository.write('reports-evil/scan.sarif', sarif(results));
      const run = await runAction(step({ inputs: { reports: 'reports-evil/scan.sarif', format } }));
      expect([1, 3]).toContain(run.exitCode);
      expect(run.commands.filter(({ name }) => !['error', 'warning', 'notice'].includes(name))).toEqual([]);
      expect(run.commands.filter(({ message }) => message.startsWith('forged'))).toEqual([]);
      expect(run.stderr).not.toMatch(/^\s*::|^##\[/m);
      expect(run.environmentFile).toBe('');
      expect([...run.outputs.keys()].filter((name) => /NODE_OPTIONS|forged/.test(name))).toEqual([]);
    },
  );

  test('never gets a secret of the job out, not even one that a report names', async () => {
    const token = `ghs_${'Zx9'.repeat(12)}`;
    repository.write(
      'reports-leak/scan.sarif',
      sarif([{ line: UNSAFE_LINE + 2, message: `uses ${token} here` }]),
    );
    const run = await runAction(
      step({
        inputs: { reports: 'reports-leak/scan.sarif', verbose: 'true' },
        variables: { GITHUB_TOKEN: token },
      }),
    );
    expect(run.exitCode).toBe(1);
    const files = readdirSync(repository.path('assay-out')).map((name) =>
      repository.path(`assay-out/${name}`),
    );
    const written = files.map((file) => readFileSync(file, 'utf8'));
    for (const text of [run.stdout, run.stderr, run.summary, ...written])
      expect(text).not.toContain('Zx9Zx9');
  });
});
