// The built Action and the GitLab component as a pipeline runs them: what they post, hand on and never show.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { createCodeIndex } from '../../src/code/code-index.ts';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { runAction } from '../ci/action-harness.ts';
import { builtBundle } from '../ci/built-bundle.ts';
import { runComponent } from '../ci/gitlab-harness.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { COMMENTED, FINDINGS, FIXED_LINE } from './busy-change.ts';
import { type BusyHost, type BusySeed, HOSTS, type HostName, seedBusyHost } from './busy-host.ts';

const TOKENS: Readonly<Record<HostName, string>> = {
  github: `ghs_${'Qx7'.repeat(12)}`,
  gitlab: `glpat-${'Qx7'.repeat(7)}`,
};
const MARKER_KEY = 'Qx7Qx7-a-key-of-the-organisation';
const CANARY = 'Qx7Qx7';
/** Of a job summary on GitHub (platforms A5). */
const SUMMARY_LIMIT = 1 << 20;

interface DoorRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Handed to later jobs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Everything that the run left, path → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly record: PublicationRecord | null;
}

let token: string;

type Texts = Readonly<Record<string, string>>;

async function runDoor(host: BusyHost, inputs: Texts = {}, variables: Texts = {}): Promise<DoorRun> {
  const { git } = host.change.repository;
  rmSync(git.path('assay-out'), { recursive: true, force: true });
  const given = { reports: 'reports/scan.sarif', ...inputs };
  const ran =
    host.name === 'github'
      ? await runOnGitHub(host, given, variables)
      : await runOnGitLab(host, given, variables);
  const names = globSync('assay-out/**', { cwd: git.root, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = Object.fromEntries(
    names.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(git.root, file), readFileSync(file, 'utf8')];
    }),
  );
  const ledger = files['assay-out/publication.json'];
  return { ...ran, files, record: ledger === undefined ? null : JSON.parse(ledger) };
}

/** The default of `github-token` is an expression that the runner fills in. */
async function runOnGitHub(host: BusyHost, inputs: Texts, more: Texts) {
  const { GITHUB_EVENT_PATH = '', GITHUB_TOKEN: _, ...variables } = host.variables(token);
  const { repository } = host.change;
  const run = await runAction({
    inputs: { 'github-token': token, ...inputs },
    workspace: repository.git.root,
    event: { name: 'pull_request', payload: readFileSync(GITHUB_EVENT_PATH, 'utf8') },
    sha: repository.head(),
    variables: { ...variables, ...more },
  });
  expect(Buffer.byteLength(run.summary)).toBeLessThan(SUMMARY_LIMIT);
  expect(run.environmentFile).toBe('');
  return { ...run, stdout: `${run.stdout}${run.summary}`, outputs: Object.fromEntries(run.outputs) };
}

async function runOnGitLab(host: BusyHost, inputs: Texts, more: Texts) {
  const { repository } = host.change;
  const { git } = repository;
  const variables = {
    ...host.variables(token),
    CI_MERGE_REQUEST_DIFF_BASE_SHA: repository.mergeBase(),
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: repository.baseBranch,
    ...more,
  };
  const run = await runComponent({ inputs, project: git.root, variables });
  const lines = globSync('assay-out/assay.env', { cwd: git.root }).flatMap((name) =>
    readFileSync(git.path(name), 'utf8').split('\n'),
  );
  const outputs = lines.flatMap((line) => {
    const [, name, value] = /^ASSAY_([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase().replaceAll('_', '-'), value]];
  });
  return { ...run, outputs: Object.fromEntries(outputs) };
}

beforeAll(async () => {
  await builtBundle();
}, 120_000);

describe.each(HOSTS)('on %s', (name) => {
  let seed: BusySeed;
  let host: BusyHost;

  beforeAll(async () => {
    token = TOKENS[name];
    seed = await seedBusyHost(name);
    const { git } = seed.change.repository;
    mkdirSync(git.path('reports'));
    writeFileSync(git.path('reports/scan.sarif'), seed.change.report);
    writeFileSync(git.path('reports/cut.sarif'), seed.change.report.slice(0, -60));
    return () => seed.change.repository.dispose();
  });
  beforeEach(async () => {
    token = TOKENS[name];
    host = await seed.open();
    return () => host.close();
  });

  test('a change that fails is commented on, and later jobs learn where', async () => {
    const run = await runDoor(host);
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toMatchObject({ exitCode: 1 });
    expect(run.record).toMatchObject({ mode: 'posted', counts: { findings: FINDINGS, lost: 0 } });
    expect(run.outputs).toMatchObject({ decision: 'failed', 'exit-code': '1' });
    // A GitLab job hands on words and numbers; its files are artifacts.
    if (name === 'github') expect(run.outputs.publication).toBe('assay-out/publication.json');
    const { comments, statuses } = host.seen();
    expect(comments.filter(({ text }) => text.includes('k=finding'))).toHaveLength(COMMENTED + 1);
    expect(statuses).toHaveLength(1);
    expect(host.violations).toEqual([]);

    const writes = host.writes().length;
    expect((await runDoor(host)).exitCode).toBe(1);
    expect(host.writes()).toHaveLength(writes);
  }, 60_000);

  test('a secret is in nothing that is printed, written or sent but its own header', async () => {
    const run = await runDoor(host, { verbose: 'true' }, { ASSAY_MARKER_KEY: MARKER_KEY });
    expect(run.record?.mode).toBe('posted');
    const left = {
      ...run.files,
      stdout: run.stdout,
      stderr: run.stderr,
      outputs: JSON.stringify(run.outputs),
    };
    expect(Object.keys(left).filter((file) => left[file as keyof typeof left].includes(CANARY))).toEqual([]);
    const sent = host.log.map(({ path: to, query, body }) => JSON.stringify([to, query, body]));
    expect(sent.filter((text) => text.includes(CANARY))).toEqual([]);
  }, 60_000);

  test.each([
    ['passed in report mode', { 'fail-on': 'never' }, 0, 'posted'],
    ['a report that is not there', { reports: 'reports/none.sarif' }, 2, undefined],
    ['a report that was cut off', { reports: 'reports/cut.sarif' }, 3, 'posted'],
  ])(
    '%s: exit code and comments',
    async (_what, inputs, exitCode, mode) => {
      const run = await runDoor(host, inputs);
      expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode, mode });
      if (mode === undefined) expect(host.writes()).toEqual([]);
      // What a run did not look at to its end is not fixed.
      if (exitCode === 3) expect(run.record?.closed).toEqual([]);
      expect(host.violations).toEqual([]);
    },
    60_000,
  );

  test('a token that the host does not know leaves the answer of the gate', async () => {
    host.faults.add({
      ...{ kind: 'status', status: 401, nth: 'always', body: { message: '401 Unauthorized' } },
    });
    const run = await runDoor(host);
    expect(run).toMatchObject({ exitCode: 1, record: { mode: 'failed', counts: { lost: 0 } } });
    expect(run.stderr).toMatch(/token/i);
    expect(run.stderr).not.toMatch(/^\s*at |undefined|\[object/m);
  }, 60_000);

  test('a click on every suggestion gives the file that the patch gives, and it parses', async () => {
    const { repository } = seed.change;
    const before = repository.head();
    const run = await runDoor(host);
    const patches = Object.keys(run.files).filter((file) => file.endsWith('.patch'));
    expect(patches).toHaveLength(1);
    const scratch = createTemporaryFolder();
    writeFileSync(path.join(scratch, 'fresh.js'), repository.file(before, 'fresh.js') ?? '');
    for (const file of patches) {
      writeFileSync(path.join(scratch, 'one.patch'), run.files[file] ?? '');
      execFileSync('git', ['apply', 'one.patch'], { cwd: scratch });
    }

    expect(host.applySuggestions()).toEqual(['fresh.js']);
    const clicked = repository.file(repository.head(), 'fresh.js')?.toString('utf8') ?? '';
    expect(clicked).toBe(readFileSync(path.join(scratch, 'fresh.js'), 'utf8'));
    expect(clicked).toContain(FIXED_LINE);
    const code = createCodeIndex(createMemoryWorkspace({ 'fresh.js': clicked }), new PackageAssets());
    const unit = await code.unit('fresh.js');
    expect(unit).toMatchObject({ kind: 'unit', errors: [] });
  }, 60_000);
});
