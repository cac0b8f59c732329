// `assay triage` as a person runs it: exit codes, files, streams, and what happens when things go wrong.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import {
  createReviewedRepository,
  type ReviewedRepository,
  sarif,
  UNSAFE_LINE,
} from '../ci/pull-request-repository.ts';
import { assay } from './run-cli.ts';

const SAFE_LINE = 4;

let scene: ReviewedRepository;
let root: string;
beforeAll(() => {
  scene = createReviewedRepository();
  root = scene.repository.root;
  scene.repository.git('switch', '--quiet', 'change');
  mkdirSync(`${root}/reports`);
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(`${root}/reports/${name}`, content);
  const both = sarif([{ line: SAFE_LINE }, { line: UNSAFE_LINE }]);
  write('scan.sarif', both);
  write('scan.sarif.gz', gzipSync(both));
  write('empty.sarif', sarif([]));
  write('cut.sarif', both.slice(0, -40));
  write('broken.sarif', '{ this is no JSON');
  write('kics.json', JSON.stringify({ kics_version: 'v2.1.0', files_scanned: 1, queries: [] }));
  write('failed.sarif', both.replace('"results"', '"invocations":[{"executionSuccessful":false}],"results"'));
  write('rejected.sarif', both.replace('"results":[', '"results":[17,'));
});
afterAll(() => scene.repository.dispose());

const against = ['--base', 'main', '--head', 'change'];
const triage = (...words: string[]) => assay(root, ['triage', ...words]);
const documentIn = (out: string): ResultDocument =>
  JSON.parse(readFileSync(`${root}/${out}/assay.json`, 'utf8'));

describe('the exit code', () => {
  test('is 1 when the change brings in a serious finding that stands', async () => {
    const { exitCode, stdout } = await triage('reports/scan.sarif', ...against);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/failed/i);
    expect(documentIn('assay-out').decision.outcome).toBe('failed');
  });

  test('is 0 for a valid empty report', async () => {
    expect((await triage('reports/empty.sarif')).exitCode).toBe(0);
  });

  test('is 0 when the threshold says never, and the finding is still listed', async () => {
    const { exitCode } = await triage('reports/scan.sarif', ...against, '--fail-on', 'never');
    expect(exitCode).toBe(0);
    expect(documentIn('assay-out').findings).toHaveLength(2);
  });

  test.each([
    ['no report', [], 'report'],
    ['a report that is not there', ['reports/nowhere.sarif'], 'There is no report reports/nowhere.sarif'],
    ['a glob without match', ['reports/*.xml'], 'matches no file'],
    ['an unknown option', ['reports/scan.sarif', '--bas', 'main'], 'Did you mean --base'],
    ['an impossible value', ['reports/scan.sarif', '--fail-on', 'hihg'], 'Allowed choices are'],
    ['a base that is not there', ['reports/scan.sarif', '--base', 'nowhere'], 'nowhere'],
    ['a base that looks like an option', ['reports/scan.sarif', '--base=--output=x'], '--output=x'],
    ['a model that is not there', ['reports/scan.sarif', '--judge', 'model'], 'names no language model'],
    ['a report that is broken, and no other', ['reports/broken.sarif'], 'broken.sarif'],
    ['a report of another kind, and no other', ['reports/kics.json'], 'KICS'],
  ])('is 2 for %s', async (_what, words, said) => {
    const { exitCode, stderr } = await triage(...words);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });

  test.each([
    ['a report cut short', ['reports/cut.sarif'], 2],
    ['a scanner that says it failed', ['reports/failed.sarif'], 2],
    ['a result that is none', ['reports/rejected.sarif'], 2],
    ['one broken report among good ones', ['reports/scan.sarif', 'reports/broken.sarif'], 2],
    ['one report of another kind among good ones', ['reports/scan.sarif', 'reports/kics.json'], 2],
  ])('is 3 for %s, and what could be read is there', async (_what, words, findings) => {
    const { exitCode } = await triage(...words, '--fail-on', 'never');
    expect(exitCode).toBe(3);
    const document = documentIn('assay-out');
    expect(document.decision.outcome).toBe('unfinished');
    expect(document.findings.length).toBeLessThanOrEqual(findings);
    const { accounting } = document;
    expect(accounting.in).toBe(
      accounting.findings + accounting.duplicates + accounting.notFindings + accounting.rejected,
    );
  });
});

describe('what a run leaves behind', () => {
  test('are the files of the contract, named on the terminal', async () => {
    const { stdout } = await triage('reports/scan.sarif', '--out', 'assay-out-files');
    const files = [
      'assay.json',
      'assay.sarif',
      'gl-code-quality-report.json',
      'gl-sast-report.json',
      'run-stats.json',
      'summary.md',
    ];
    expect(readdirSync(`${root}/assay-out-files`).sort()).toEqual(files);
    for (const file of files) expect(stdout).toContain(`assay-out-files/${file}`);
  });

  test('is the same, byte for byte, for the same input', async () => {
    const read = (out: string) =>
      readdirSync(`${root}/${out}`)
        .filter((file) => file !== 'run-stats.json')
        .map((file) => [file, readFileSync(`${root}/${out}/${file}`, 'utf8')]);
    await triage('reports/scan.sarif', ...against, '--out', 'assay-out-1');
    await triage('reports/scan.sarif', ...against, '--out', 'assay-out-2');
    expect(read('assay-out-1')).toEqual(read('assay-out-2'));
  });

  test('goes to stdout as pure JSON when asked, logs to stderr', async () => {
    const { stdout } = await triage('reports/scan.sarif', ...against, '--format', 'json', '--verbose');
    expect(JSON.parse(stdout).schemaVersion).toBe(1);
    expect((await triage('reports/scan.sarif', '--format', 'none')).stdout).toBe('');
    expect((await triage('reports/scan.sarif', '--format', 'markdown')).stdout).toMatch(/^#/);
  });

  test('is read, not thrown away, when an earlier result is the report', async () => {
    await triage('reports/scan.sarif', '--out', 'assay-out-again');
    const { exitCode, stdout } = await triage(
      'assay-out-again/assay.sarif',
      '--out',
      'assay-out-again',
      '--format',
      'json',
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).accounting.findings).toBe(2);
  });

  test('survives as the baseline of the next run', async () => {
    await triage('reports/scan.sarif', '--out', 'assay-out-base');
    const { exitCode } = await triage(
      'reports/scan.sarif',
      '--out',
      'assay-out-base',
      '--baseline',
      'assay-out-base/assay.json',
    );
    expect(exitCode).toBe(0);
    expect(documentIn('assay-out-base').findings.map(({ scope }) => scope.state)).toEqual([
      'existing',
      'existing',
    ]);
  });

  test('is nothing at all when no report is named', async () => {
    const { exitCode, stderr } = await triage('--out', 'assay-out-none');
    expect(stderr).toContain('No report was given.');
    expect(exitCode).toBe(2);
    expect(readdirSync(root)).not.toContain('assay-out-none');
  });

  test('is nothing at all after a usage error', async () => {
    await triage('reports/nowhere.sarif', '--out', 'assay-out-none');
    expect(readdirSync(root)).not.toContain('assay-out-none');
  });
});

describe('the findings', () => {
  test('of a constant command are dismissed with the line that proves it, of a parameter they are not', async () => {
    await triage('reports/scan.sarif', ...against, '--scope', 'all');
    const verdicts = new Map(
      documentIn('assay-out').findings.map((finding) => [finding.location.startLine, finding.verdict]),
    );
    expect(verdicts.get(SAFE_LINE)?.label).toBe('false_positive');
    expect(verdicts.get(SAFE_LINE)?.reasons[0]?.citations[0]?.quote).toContain('git --version');
    expect(verdicts.get(UNSAFE_LINE)?.label).not.toBe('false_positive');
  });

  test('outside the change are listed, not judged', async () => {
    await triage('reports/scan.sarif', ...against);
    const old = documentIn('assay-out').findings.find((finding) => finding.location.startLine === SAFE_LINE);
    expect(old).toMatchObject({
      scope: { state: 'changed' },
      verdict: null,
      gate: { effect: 'out_of_scope' },
    });
  });

  test('are the same from standard input and from a gzipped file', async () => {
    await triage('reports/scan.sarif');
    const ids = documentIn('assay-out').findings.map((finding) => finding.id);
    const input = readFileSync(`${root}/reports/scan.sarif`);
    await assay(root, ['triage', '-'], { input });
    expect(documentIn('assay-out').findings.map((finding) => finding.id)).toEqual(ids);
    await triage('reports/scan.sarif.gz');
    expect(documentIn('assay-out').findings.map((finding) => finding.id)).toEqual(ids);
  });

  test('of a commit that is not in the clone are told to be uncertain', async () => {
    const foreign = sarif([{ line: SAFE_LINE }]).replace(
      '"results"',
      `"versionControlProvenance":[{"repositoryUri":"https://example.org","revisionId":"${'d'.repeat(40)}"}],"results"`,
    );
    writeFileSync(`${root}/reports/foreign.sarif`, foreign);
    const { stderr } = await triage('reports/foreign.sarif');
    expect(stderr).toContain('commit dddddddddddd, which is not in this clone');
  });

  test('are counted once when two reports say the same', async () => {
    writeFileSync(`${root}/reports/again.sarif`, sarif([{ line: UNSAFE_LINE }]));
    await triage('reports/scan.sarif', 'reports/again.sarif');
    expect(documentIn('assay-out').accounting).toMatchObject({ in: 3, findings: 2, duplicates: 1 });
  });
});

/** Has a process end itself with SIGTERM where it says `text` on stderr. */
function endingAt(text: string): string {
  const program = `const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (piece, ...rest) => {
      if (String(piece).includes(${JSON.stringify(text)})) process.kill(process.pid, 'SIGTERM');
      return write(piece, ...rest);
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(program)}`;
}

describe('an interrupted run', () => {
  test('writes what is there, says that it is not finished, and ends with 3', async () => {
    const many = sarif(
      Array.from({ length: 2_000 }, (_, index) => ({ line: 1 + (index % 8), ruleId: `r${index}` })),
    );
    const { exitCode } = await assay(root, ['triage', '-', '--verbose'], {
      input: many,
      // By itself, at that very line: a signal of ours may come late, or too late.
      variables: { NODE_OPTIONS: endingAt('Judging 2000') },
    });
    expect(exitCode).toBe(3);
    const document = documentIn('assay-out');
    expect(document.decision).toMatchObject({
      outcome: 'unfinished',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'interrupted' })]),
    });
  });
});

test('npm run starts in the package, and relative paths still start where the user stood', async () => {
  const variables = { npm_lifecycle_event: 'assay', npm_package_name: 'assay', INIT_CWD: root };
  const { exitCode } = await assay('/', ['triage', 'reports/empty.sarif'], { variables });
  expect(exitCode).toBe(0);
});

test('--trust-head-config is refused in CI', async () => {
  const words = ['triage', 'reports/empty.sarif', '--trust-head-config'];
  expect((await assay(root, words, { variables: { CI: 'true' } })).exitCode).toBe(2);
  expect((await assay(root, words)).exitCode).toBe(0);
});

test('--repo with a part of a monorepo means the files of that part', async () => {
  for (const part of ['shop', 'till']) {
    mkdirSync(`${root}/${part}/src`, { recursive: true });
    writeFileSync(`${root}/${part}/src/main.js`, 'module.exports = 1;\n');
  }
  writeFileSync(`${root}/reports/part.sarif`, sarif([{ path: 'src/main.js', line: 1 }]));
  await triage('reports/part.sarif', '--repo', 'till', '--out', 'assay-out-part');
  expect(documentIn('assay-out-part').findings[0]?.location).toMatchObject({
    path: 'till/src/main.js',
    resolved: true,
  });
});
