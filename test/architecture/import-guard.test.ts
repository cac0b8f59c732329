// The import guard, guarded: it must see every source file, and every one of its rules must go red when it is broken.
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runProcess } from '../ci/run-process.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-guard-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const cruiseResult = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })),
  }),
});

const configuration = z.object({ default: z.object({ forbidden: z.array(z.object({ name: z.string() })) }) });

async function ruleNames(): Promise<readonly string[]> {
  const loaded: unknown = await import(path.join(ROOT, '.dependency-cruiser.mjs'));
  return configuration.parse(loaded).default.forbidden.map(({ name }) => name);
}

async function cruise(folder: string) {
  const program = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const { stdout, stderr } = await runProcess(process.execPath, args, { cwd: folder });
  if (stdout === '') throw new Error(stderr);
  const { modules, summary } = cruiseResult.parse(JSON.parse(stdout));
  return { seen: modules.map((module) => module.source), violations: summary.violations };
}

test('it sees every file under src, and nobody breaks a rule', async () => {
  const { seen, violations } = await cruise(ROOT);
  const onDisk = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => file.split(path.sep).join('/'));
  expect(onDisk.filter((file) => !seen.includes(file))).toEqual([]);
  expect(violations).toEqual([]);
});

/** For every rule, a file that breaks it: path → content. */
const BREACHES: Readonly<Record<string, readonly [file: string, content: string]>> = {
  'no-circular': ['src/domain/planted-circle-back.ts', "import './planted-circle.ts';"],
  'stage-is-an-island': ['src/gate/planted.ts', "import '../triage/planted-target.ts';"],
  'ground-floor': ['src/code/planted.ts', "import '../triage/planted-target.ts';"],
  'adapter-is-an-island': ['src/adapters/gitlab/planted.ts', "import '../github/event-file.ts';"],
  'ports-know-only-domain': ['src/ports/planted.ts', "import '../support/stable-json.ts';"],
  'domain-is-the-floor': ['src/domain/planted.ts', "import type {} from '#support/stable-json.ts';"],
  'support-is-wordless': ['src/support/planted.ts', "import '#domain/severity.ts';"],
  'entry-to-app-only': ['src/entry/planted.ts', "import '../domain/errors.ts';"],
  'nobody-imports-entry': ['src/app/planted-door.ts', "import '../entry/action.ts';"],
  'io-only-at-the-edges': ['src/gate/planted-io.ts', "import 'node:fs';"],
  'vendor-clients-in-adapters': ['src/app/planted-vendor.ts', "import '@octokit/rest';"],
  'actions-toolkit-at-the-edges': ['src/app/planted-toolkit.ts', "import '@actions/core';"],
  'src-never-sees-tests': ['src/app/planted-test.ts', "import '../../test/planted-target.ts';"],
};

test('every rule goes red on a breach planted in a copy', async () => {
  for (const name of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
    cpSync(path.join(ROOT, name), path.join(scratch, name), { recursive: true });
  }
  const plant = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
    writeFileSync(path.join(scratch, file), `${content}\nexport {};\n`);
  };
  for (const name of ['@octokit/rest', '@actions/core']) {
    plant(`node_modules/${name}/index.js`, '');
    plant(`node_modules/${name}/package.json`, '');
    writeFileSync(
      path.join(scratch, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
    );
  }
  plant('src/domain/planted-circle.ts', "import './planted-circle-back.ts';");
  plant('src/triage/planted-target.ts', '');
  plant('test/planted-target.ts', '');
  for (const [file, content] of Object.values(BREACHES)) plant(file, content);
  const { violations } = await cruise(scratch);
  const caught = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  const unnoticed = (await ruleNames()).filter((name) => !caught.has(`${name}: ${BREACHES[name]?.[0]}`));
  expect(unnoticed).toEqual([]);
});
