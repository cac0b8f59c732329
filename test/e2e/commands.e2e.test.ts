// The other commands as a person runs them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createReviewedRepository,
  type ReviewedRepository,
  sarif,
  UNSAFE_LINE,
} from '../ci/pull-request-repository.ts';
import { assay } from './run-cli.ts';

let scene: ReviewedRepository;
let root: string;
beforeAll(() => {
  scene = createReviewedRepository();
  root = scene.repository.root;
  scene.repository.git('switch', '--quiet', 'change');
  mkdirSync(`${root}/reports`);
  writeFileSync(`${root}/reports/scan.sarif`, sarif([{ line: 4 }, { line: UNSAFE_LINE }]));
});
afterAll(() => scene.repository.dispose());

describe('help', () => {
  test('says what to type, and the exit codes', async () => {
    const { stdout, exitCode } = await assay(root, ['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('assay triage scan.sarif');
    expect(stdout).toContain('3 could not finish');
  });

  test('names the command that was probably meant', async () => {
    const { stderr, exitCode } = await assay(root, ['triag']);
    expect(stderr).toContain('Did you mean triage?');
    expect(exitCode).toBe(2);
  });
});

describe('explain', () => {
  test('tells one finding in full, by the first characters of its id', async () => {
    await assay(root, ['triage', 'reports/scan.sarif']);
    const document = JSON.parse(readFileSync(`${root}/assay-out/assay.json`, 'utf8'));
    const safe = document.findings.find(
      (finding: { location: { startLine: number } }) => finding.location.startLine === 4,
    );
    const { stdout, exitCode } = await assay(root, ['explain', safe.id.slice(0, 8)]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("return execSync('git --version').toString();");
    expect(stdout).toContain(safe.id);
  });

  test('names some ids when there is no such finding', async () => {
    const { stderr, exitCode } = await assay(root, ['explain', 'ffffffffffffffff']);
    expect(stderr).toContain('No finding has the id');
    expect(exitCode).toBe(2);
  });

  test('refuses a result that is none', async () => {
    const { stderr, exitCode } = await assay(root, ['explain', 'ffff', '--result', 'reports/scan.sarif']);
    expect(stderr).toContain('reports/scan.sarif');
    expect(exitCode).toBe(2);
  });
});

describe('validate', () => {
  test('passes a valid file and fails one that breaks the schema, with the place', async () => {
    const valid = await assay(root, ['validate', 'reports/scan.sarif']);
    expect(valid.stdout).toContain('reports/scan.sarif: valid');
    expect(valid.exitCode).toBe(0);
    writeFileSync(
      `${root}/reports/odd.sarif`,
      sarif([{ line: 4 }]).replace('"startLine":4', '"startLine":0'),
    );
    const odd = await assay(root, ['validate', 'reports/odd.sarif']);
    expect(odd.stdout).toContain('/runs/0/results/0/locations/0/physicalLocation/region/startLine');
    expect(odd.exitCode).toBe(1);
  });

  test('reads other kinds of reports as what they are, and says what they hold', async () => {
    const component = { type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' };
    const bill = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components: [component] };
    const vex = {
      ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.com/1', author: 'us' },
      ...{ timestamp: '2026-11-01T00:00:00Z', version: 1 },
      statements: [
        {
          ...{ vulnerability: { name: 'CVE-2021-23337' }, products: [{ '@id': 'pkg:npm/lodash@4.17.20' }] },
          ...{ status: 'not_affected', justification: 'vulnerable_code_not_present' },
        },
      ],
    };
    writeFileSync(`${root}/reports/bom.json`, JSON.stringify(bill));
    writeFileSync(`${root}/reports/vex.json`, JSON.stringify(vex));
    const { stdout, exitCode } = await assay(root, ['validate', 'reports/bom.json', 'reports/vex.json']);
    expect(stdout).toMatch(/bom\.json: read as .*CycloneDX.*, 1 component; its schema was not checked\./);
    expect(stdout).toMatch(/vex\.json: read as .*OpenVEX.*, 1 decision; its schema was not checked\./);
    expect(stdout).not.toContain('valid');
    expect(exitCode).toBe(0);
    writeFileSync(`${root}/reports/cut.json`, JSON.stringify(bill).slice(0, -20));
    const cut = await assay(root, ['validate', 'reports/cut.json']);
    expect(cut.exitCode).toBeGreaterThan(0);
  });
});

describe('config check', () => {
  test('says what a policy means, and where it is wrong', async () => {
    writeFileSync(
      `${root}/good.yml`,
      'version: 1\ngate:\n  mode: report\ncomments:\n  limit: 5\ncode_scanning:\n  upload: true\n',
    );
    const good = await assay(root, ['config', 'check', 'good.yml']);
    expect(good.stdout).toContain('good.yml is valid.');
    expect(good.stdout).toContain('comments: 5 at most, findings that need review inline');
    expect(good.stdout).toContain('code scanning: upload\n');
    expect(good.exitCode).toBe(0);
    writeFileSync(`${root}/bad.yml`, 'version: 1\ngate:\n  mod: report\n');
    const bad = await assay(root, ['config', 'check', 'bad.yml']);
    expect(bad.stderr).toContain('bad.yml:3:3');
    expect(bad.stderr).toContain('mode');
    expect(bad.exitCode).toBe(2);
  });
});

describe('baseline', () => {
  test("accepts today's findings, and only newer ones count from then on", async () => {
    writeFileSync(`${root}/reports/old.sarif`, sarif([{ line: 4 }]));
    const { stdout } = await assay(root, ['baseline', 'reports/old.sarif', '--output', 'accepted.json']);
    expect(stdout).toContain('accepts one finding');
    await assay(root, ['triage', 'reports/scan.sarif', '--baseline', 'accepted.json']);
    const document = JSON.parse(readFileSync(`${root}/assay-out/assay.json`, 'utf8'));
    const states = document.findings.map(
      (finding: { location: { startLine: number }; scope: { state: string } }) => [
        finding.location.startLine,
        finding.scope.state,
      ],
    );
    expect(Object.fromEntries(states)).toEqual({ 4: 'existing', [UNSAFE_LINE]: 'new' });
  });
});

test('a baseline is never overwritten by nothing', async () => {
  writeFileSync(`${root}/kept.json`, 'kept');
  expect((await assay(root, ['baseline', '--output', 'kept.json'])).exitCode).toBe(2);
  writeFileSync(`${root}/reports/broken.sarif`, '{');
  expect((await assay(root, ['baseline', 'reports/broken.sarif', '--output', 'kept.json'])).exitCode).toBe(2);
  expect(readFileSync(`${root}/kept.json`, 'utf8')).toBe('kept');
});

describe('doctor', () => {
  test('tries everything a run needs', async () => {
    const { stdout, exitCode } = await assay(root, ['doctor', '--base', 'main']);
    expect(stdout).toContain('11 languages can be read');
    expect(stdout).toContain('Everything that a run needs is here.');
    expect(exitCode).toBe(0);
  });

  test('says what is wrong with a base that is not there', async () => {
    const { stdout, exitCode } = await assay(root, ['doctor', '--base', 'nowhere']);
    expect(stdout).toContain('FAILS');
    expect(exitCode).toBe(1);
  });
});

describe('init', () => {
  test('writes a policy that is valid, and a workflow; leaves what is there; never without asking', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-init-'));
    try {
      const silent = await assay(folder, ['init', '--host', 'github']);
      expect(silent.exitCode).toBe(2);
      expect(silent.stderr).toContain('--yes');
      const written = await assay(folder, ['init', '--host', 'github', '--yes']);
      expect(written.stdout).toContain('assay.yml was written.');
      expect(written.stdout).toContain('.github/workflows/assay.yml was written.');
      expect((await assay(folder, ['config', 'check'])).exitCode).toBe(0);
      const again = await assay(folder, ['init', '--host', 'github', '--yes']);
      expect(again.stdout).toContain('assay.yml is there already and was left as it is.');
      const gitlab = await assay(folder, ['init', '--host', 'gitlab', '--yes']);
      expect(gitlab.stdout).toContain('.gitlab/assay.yml was written.');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
