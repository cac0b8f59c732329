// What we depend on: locked by content, from no particular registry, few, and under licences that may ship.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bundle } from '../../scripts/build/bundle.ts';
import { runProcess } from '../ci/run-process.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        license: z.string().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))).packages;
const { '': project, ...packages } = locked;

test('the lockfile holds a checksum for every package and the address of none', () => {
  const entries = Object.entries(packages);
  expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('a second opinion on the lockfile (lockfile-lint) agrees', async () => {
  const program = path.join(ROOT, 'node_modules/lockfile-lint/bin/lockfile-lint.js');
  const checks = [
    '--validate-https',
    '--validate-integrity',
    '--validate-package-names',
    '--allowed-hosts',
    'npm',
  ];
  const args = [program, '--path', 'package-lock.json', '--type', 'npm', ...checks];
  const { exitCode, stderr } = await runProcess(process.execPath, args, { cwd: ROOT });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('at most 140 packages are locked for run time, none with an install script', () => {
  const closure = runTimeClosure();
  expect(closure.length).toBeLessThanOrEqual(140);
  expect(closure.filter((name) => packages[name]?.hasInstallScript)).toEqual([]);
});

const MAY_SHIP = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  '(AFL-2.1 OR BSD-3-Clause)',
  // Lists of SPDX ids: data, no code.
  'CC0-1.0',
  'CC-BY-3.0',
];
const FOR_TOOLS = [
  ...MAY_SHIP,
  'MIT OR Apache-2.0',
  'MPL-2.0',
  'Python-2.0',
  '(BSD-2-Clause OR MIT OR Apache-2.0)',
];

test('every licence is on the list, a shorter one for what ships', () => {
  const closure = runTimeClosure();
  expect(closure.filter((name) => !MAY_SHIP.includes(packages[name]?.license ?? 'none'))).toEqual([]);
  const others = Object.keys(packages).filter(
    (name) => !FOR_TOOLS.includes(packages[name]?.license ?? 'none'),
  );
  expect(others).toEqual([]);
});

test('at most 40 packages are loaded by a run without a model, on either host or on none', async () => {
  const entries = { action: 'src/entry/action.ts', cli: 'src/entry/cli.ts', gitlab: 'src/entry/gitlab.ts' };
  const folder = createTemporaryFolder();
  const { loadedBy } = await bundle(ROOT, folder, entries);
  rmSync(folder, { recursive: true });
  const loaded = {
    local: loadedBy('src/entry/cli.ts', []),
    github: loadedBy('src/entry/action.ts', ['src/adapters/github/open-github.ts']),
    gitlab: loadedBy('src/entry/gitlab.ts', ['src/adapters/gitlab/open-gitlab.ts']),
  };
  expect(loaded.local).toContain('node_modules/zod');
  expect(loaded.github).toContain('node_modules/@octokit/rest');
  expect(loaded.gitlab).toContain('node_modules/@gitbeaker/rest');
  for (const packages of [loaded.local, loaded.github, loaded.gitlab]) {
    expect(packages.length).toBeLessThanOrEqual(40);
  }
  expect(loaded.local.filter((name) => /octokit|gitbeaker/.test(name))).toEqual([]);
  // Each is in the bundle all the same, behind an import that only a run with a model reaches.
  const forModels = /\/(?:ai|@ai-sdk\/.*|@smithy\/.*|@aws.*|minisearch|@secretlint\/.*)$/;
  const withModel = loadedBy('src/entry/cli.ts', [
    'src/app/model/judge-with-model.ts',
    'src/adapters/models/open-language-model.ts',
  ]);
  expect(withModel.filter((name) => forModels.test(name))).not.toEqual([]);
  const packages = [...loaded.local, ...loaded.github, ...loaded.gitlab];
  expect(packages.filter((name) => forModels.test(name))).toEqual([]);
});

function runTimeClosure(): readonly string[] {
  const seen = new Set<string>();
  const open = Object.keys(project?.dependencies ?? {}).map((name) => resolve('', name));
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const name of Object.keys(packages[at]?.dependencies ?? {})) open.push(resolve(at, name));
  }
  return [...seen];
}

/** Node's own look-up: the nearest `node_modules` from the inside out. */
function resolve(from: string, name: string): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (folder === '') throw new Error(`${from} needs ${name}, which is not locked`);
  }
}
