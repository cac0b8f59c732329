// The npm package as a user gets it: packed, installed without a network, and run.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/build.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { builtBundle } from './built-bundle.ts';
import { sarif } from './pull-request-repository.ts';
import { runProcess } from './run-process.ts';

// Started by npm, its program is a script that Node runs anywhere; a `.cmd` file could not be started without a shell.
const [NPM = 'npm', ...NPM_SCRIPT] =
  process.env.npm_execpath === undefined ? ['npm'] : [process.execPath, process.env.npm_execpath];
const folder = createTemporaryFolder();
let npmFolder: string;
const OFFLINE = ['--offline', '--no-audit', '--no-fund', '--cache', path.join(folder, 'cache')];
const npm = (args: readonly string[], cwd = folder) =>
  runProcess(NPM, [...NPM_SCRIPT, ...OFFLINE, ...args], { cwd, variables: { HOME: folder } });

beforeAll(async () => {
  npmFolder = path.join(await builtBundle(), 'npm');
  const packed = await npm(['pack', npmFolder, '--pack-destination', folder]);
  expect(packed.exitCode, packed.stderr).toBe(0);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
  await mkdir(path.join(folder, 'project'));
  await writeFile(path.join(folder, 'project/package.json'), '{"private": true}');
  const installed = await npm(['install', path.join(folder, tarball)], path.join(folder, 'project'));
  expect(installed.exitCode, installed.stderr).toBe(0);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const assay = (command: string, ...args: string[]) =>
  npm(['exec', '--no', '--', command, ...args], path.join(folder, 'project'));

describe('the installed package', () => {
  test('shows its help and its version', async () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect((await assay('assay', '--help')).stdout).toContain('assay triage');
    expect((await assay('assay', '--version')).stdout.trim()).toBe(version);
  });

  test('judges a small report', async () => {
    await writeFile(
      path.join(folder, 'project/app.js'),
      "require('child_process').execSync('ls ' + process.argv[2]);\n",
    );
    await writeFile(path.join(folder, 'project/scan.sarif'), sarif([{ line: 1 }]));
    const { exitCode, stdout, stderr } = await assay('assay', 'triage', 'scan.sarif');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('app.js');
    const result = JSON.parse(readFileSync(path.join(folder, 'project/assay-out/assay.json'), 'utf8'));
    expect(result.accounting).toMatchObject({ in: 1, findings: 1, judged: 1 });
  });

  test('has the GitLab job as a command of its own', async () => {
    const { exitCode, stderr } = await assay('assay-gitlab');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"reports"');
  });
});

describe('what is published', () => {
  test('depends on nothing, runs no script, and asks for Node 24', () => {
    const manifest = JSON.parse(readFileSync(path.join(npmFolder, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'assay',
      type: 'module',
      engines: { node: '>=24' },
      bin: { assay: 'assay.js', 'assay-gitlab': 'assay-gitlab.js' },
    });
    for (const key of ['dependencies', 'devDependencies', 'scripts'])
      expect(manifest).not.toHaveProperty(key);
  });

  test('holds the licence texts of everything in it', () => {
    const notice = readFileSync(path.join(npmFolder, 'NOTICE'), 'utf8');
    for (const name of [
      'commander',
      'zod',
      'yaml',
      'web-tree-sitter',
      '@vscode/tree-sitter-wasm',
      'tree-sitter-c',
    ]) {
      expect(notice).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
    }
    expect(existsSync(path.join(npmFolder, 'LICENSE'))).toBe(true);
  });

  test('passes publint', async () => {
    const { messages } = await publint({ pkgDir: npmFolder, pack: false, strict: true });
    expect(messages).toEqual([]);
  });
});
