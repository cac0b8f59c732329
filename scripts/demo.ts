// `npm run demo`: the main job on a small shop, with no key, no network and no scanner. Exits 0 although the gate fails, and says so.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_FIXTURES } from './demo/history.ts';
import { isolate } from './demo/isolated-git.ts';
import { makeRepository } from './demo/make-repository.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const WORK = path.join(ROOT, '.demo');
const OUT = path.join(WORK, 'assay-out');
const REPORTS = path.join(DEMO_FIXTURES, 'reports');

/** The day after the last commit of the demo: policies and waivers expire by the clock, and the demo must not. */
const DEMO_DAY = '2026-03-07T12:00:00Z';

/** Runs the real command as a user would; its tables and messages go straight to the terminal. */
function runAssay(words: readonly string[]): number {
  const cli = path.join(ROOT, 'src', 'entry', 'cli.ts');
  const done = spawnSync(process.execPath, [cli, ...words], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...isolate(process.env), ASSAY_NOW: DEMO_DAY },
  });
  if (done.error !== undefined) throw done.error;
  return done.status ?? 3;
}

function main(): number {
  const repository = makeRepository(path.join(WORK, 'order-service'));
  const reports = readdirSync(REPORTS).filter((name) => name.endsWith('.sarif'));
  say(`A shop's order service, and a branch that adds an admin page (${show(repository.folder)}).`);
  say(`${reports.length} reports of ${countTools(reports)} scanners of that branch (${show(REPORTS)}).`);
  const words = ['--repo', show(repository.folder), '--base', repository.base, '--head', repository.head];
  say(`assay triage ${show(REPORTS)}/*.sarif ${words.join(' ')} --out ${show(OUT)}\n`);
  const files = reports.map((name) => path.join(REPORTS, name));
  const exitCode = runAssay(['triage', ...files, ...words, '--out', OUT]);
  if (exitCode > 1) {
    say(`\nThe demo itself went wrong: assay ended with code ${exitCode}.`);
    return exitCode;
  }
  say('');
  for (const name of readdirSync(OUT).sort()) say(`wrote ${show(path.join(OUT, name))}`);
  say(
    exitCode === 1
      ? 'The gate failed, as it should: in a pipeline this command ends with code 1. The demo ends with 0.'
      : 'The gate passed.',
  );
  return 0;
}

function countTools(reports: readonly string[]): number {
  const logs = reports.map((name) =>
    JSON.parse(readFileSync(path.join(REPORTS, name), 'utf8').replace(/^\uFEFF/, '')),
  );
  return new Set(logs.map((log) => log.runs[0].tool.driver.name)).size;
}

/** A path as short as it can be told from where the project lies. */
function show(file: string): string {
  return path.relative(ROOT, file).replaceAll(path.sep, '/');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = main();
