// `assay eval` as a person runs it, on the labelled set that ships with the sources: the real main job, files, exit codes.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Evaluation } from '../../src/measure/evaluation.ts';
import { assay } from './run-cli.ts';

const SET = fileURLToPath(new URL('../../fixtures/eval', import.meta.url));

let cwd: string;
let stdout: string;
beforeAll(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-eval-e2e-'));
  cpSync(SET, path.join(cwd, 'club'), { recursive: true });
  const first = await assay(cwd, ['eval', '--set', 'club']);
  expect(first).toMatchObject({ exitCode: 0 });
  stdout = first.stdout;
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const evaluationIn = (out: string): Evaluation =>
  JSON.parse(readFileSync(path.join(cwd, out, 'eval.json'), 'utf8'));

test('the set is judged by the main job: every label has a verdict, and no real finding is lost', () => {
  const { sets, findings, subjects } = evaluationIn('assay-eval');
  expect(sets).toMatchObject([{ name: 'club', labelled: 32, real: 15, unlabelled: 0, missing: 0 }]);
  expect(new Set(findings.map(({ language }) => language)).size).toBe(6);
  const overall = subjects[0]?.measurement.overall;
  expect(overall?.falseDismissals).toMatchObject({ count: 0, of: 15 });
  expect(overall?.noiseRemoved.count).toBeGreaterThan(8);
});

test('the terminal shows what was said, how well it tells, and by weakness and language', () => {
  expect(stdout).toContain('club: 32 labelled findings, 15 real, 17 not');
  expect(stdout).toMatch(/^a real finding is +\d+ +\d+ +0$/m);
  expect(stdout).toMatch(/^MCC +0\.\d{3}/m);
  expect(stdout).toMatch(/^CWE-89 +10 +4 /m);
  expect(stdout).toMatch(/^php +4 +2 /m);
  expect(stdout.trimEnd().split('\n').slice(-3)).toEqual(
    ['eval.json', 'eval-times.json', 'eval.html'].map((name) => `  assay-eval/${name}`),
  );
});

test('the same set gives the same bytes, wherever it lies and as JSON on standard output', async () => {
  const { stdout: json, stderr } = await assay(cwd, [
    'eval',
    '--set',
    path.join(cwd, 'club'),
    '--out',
    'again',
    '--format',
    'json',
    '--quiet',
  ]);
  expect(json).toBe(readFileSync(path.join(cwd, 'assay-eval', 'eval.json'), 'utf8'));
  expect(stderr).toBe('');
  expect(readdirSync(path.join(cwd, 'again')).sort()).toEqual(['eval-times.json', 'eval.html', 'eval.json']);
});

describe('the exit code', () => {
  /** The earlier evaluation, with one verdict changed. */
  const earlier = (name: string, changed: Partial<Evaluation['subjects'][number]['verdicts'][number]>) => {
    const evaluation = evaluationIn('assay-eval');
    const verdicts = evaluation.subjects[0]?.verdicts.map((one) =>
      one.key === 'club/billing/server.js:15:command-injection' ? { ...one, ...changed } : one,
    );
    const subjects = evaluation.subjects.map((subject) => ({ ...subject, verdicts }));
    writeFileSync(path.join(cwd, name), JSON.stringify({ ...evaluation, subjects }));
    return name;
  };
  const compare = (...words: string[]) =>
    assay(cwd, ['eval', '--set', 'club', '--out', 'out', '--compare', ...words]);

  test('is 0 where nothing changed, or it got better', async () => {
    expect(await compare('assay-eval/eval.json')).toMatchObject({ exitCode: 0 });
    const better = await compare(earlier('worse.json', { verdict: 'needs_review' }));
    expect(better.exitCode).toBe(0);
    expect(better.stdout).toMatch(
      /billing\/server\.js:15 +command-injection +not real +needs review +false positive +better/,
    );
  });

  test('is 1 where a real finding is newly dismissed', async () => {
    cpSync(path.join(cwd, 'club'), path.join(cwd, 'other', 'club'), { recursive: true });
    const labels = path.join(cwd, 'other', 'club', 'labels.csv');
    const text = readFileSync(labels, 'utf8');
    writeFileSync(labels, text.replace(/^(billing\/server\.js,15,.*),false$/m, '$1,true'));
    const before = earlier('before.json', { verdict: 'needs_review' });
    const { exitCode, stderr } = await assay(cwd, [
      'eval',
      '--set',
      'other/club',
      '--out',
      'out',
      '--compare',
      before,
      '--tolerance',
      '1',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Regression of builtin: 1 real finding is newly dismissed.');
  });

  test('is 2 for a wrong request, with the file and the line', async () => {
    writeFileSync(path.join(cwd, 'club', 'labels-bad.csv'), 'id,label\na,maybe\n');
    cpSync(path.join(cwd, 'club', 'findings.sarif'), path.join(cwd, 'club', 'findings-bad.sarif'));
    const wrong: readonly (readonly [words: readonly string[], message: string])[] = [
      [['--set', 'club/findings-bad.sarif'], 'club/bad: labels-bad.csv:2: the label is "maybe".'],
      [['--set', 'nowhere'], 'There is no folder nowhere.'],
      [['--set', 'club/findings.sarif', '--judge', 'model'], '--judge model needs a language model.'],
      [['--set', 'club/findings.sarif', '--tolerance', 'much'], 'Expected a number from 0 to 1'],
      [['--set', 'club/findings.sarif', '--compare', 'club/labels.csv'], 'club/labels.csv is no evaluation'],
      [[], "required option '--set <dir>' not specified"],
    ];
    for (const [words, message] of wrong) {
      const { exitCode, stderr } = await assay(cwd, ['eval', '--out', 'refused', ...words]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    }
    expect(readdirSync(cwd)).not.toContain('refused');
  });

  test('is 3 where a report could not be read to its end', async () => {
    cpSync(path.join(cwd, 'club'), path.join(cwd, 'failed', 'club'), { recursive: true });
    const report = path.join(cwd, 'failed', 'club', 'findings.sarif');
    const sarif = JSON.parse(readFileSync(report, 'utf8'));
    sarif.runs[0].invocations = [{ executionSuccessful: false }];
    writeFileSync(report, JSON.stringify(sarif));
    const { exitCode } = await assay(cwd, [
      'eval',
      '--set',
      'failed/club/findings.sarif',
      '--out',
      'unfinished',
    ]);
    expect(exitCode).toBe(3);
    expect(readdirSync(path.join(cwd, 'unfinished'))).toContain('eval.json');
  });
});
