// `npm run demo [-- FOLDER]`: the main job on a small shop, and what reviewers would read, with no key, no network and no scanner. Exits 0
// although the gate fails, and says so.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_FIXTURES } from './demo/history.ts';
import { isolate } from './demo/isolated-git.ts';
import { makeRepository } from './demo/make-repository.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CLI = path.join(ROOT, 'src', 'entry', 'cli.ts');
/** Where the repository and the results go: `.demo`, which git ignores, or the folder that is named. */
const WORK = path.resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? path.join(ROOT, '.demo'));
const OUT = path.join(WORK, 'assay-out');
const PUBLICATION = path.join(OUT, 'publication');
const REPORTS = path.join(DEMO_FIXTURES, 'reports');
/** What the bill of materials is compared with; nothing is asked of anybody. */
const ADVISORIES = path.join(DEMO_FIXTURES, 'advisories');

/** The day after the last commit of the demo: waivers expire by the clock, and the demo must not. */
const DEMO_DAY = '2026-03-07T12:00:00Z';

const GATE_FAILED = 1;
const UNFINISHED = 3;

/** What a CI job says of its own change and its tokens: the demo is about another one, and asks nobody. */
const OF_A_JOB = /^(?:CI|GITHUB|GITLAB|ASSAY)(?:_|$)/i;

/** Runs the real command from the project's folder, as a user would; what it prints goes straight to the terminal. */
function runAssay(words: readonly string[]): number {
  const kept = Object.entries(isolate(process.env)).filter(([name]) => !OF_A_JOB.test(name));
  const environment = { ...Object.fromEntries(kept), INIT_CWD: ROOT, ASSAY_NOW: DEMO_DAY };
  const done = spawnSync(process.execPath, [CLI, ...words], {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment,
  });
  if (done.error !== undefined) throw done.error;
  return done.status ?? UNFINISHED;
}

function main(): number {
  const repository = makeRepository(path.join(WORK, 'order-service'));
  // What an earlier run left behind must not be taken for this one's.
  rmSync(OUT, { recursive: true, force: true });
  const sarif = readdirSync(REPORTS).filter((name) => name.endsWith('.sarif'));
  say(`The code:     an order service in ${show(repository.folder)}, where the branch`);
  say(`              ${repository.head} adds an admin page.`);
  say(`The reports:  ${sarif.length} SARIF files, by ${listTools(sarif)};`);
  say('              a bill of materials and an audit by npm, and advisories in a folder.');
  const words = ['triage', `${show(REPORTS)}/*.sarif`, `${show(REPORTS)}/*.json`];
  words.push('--osv', show(ADVISORIES), '--repo', show(repository.folder));
  words.push('--base', repository.base, '--head', repository.head, '--out', show(OUT));
  words.push('--publish', 'github', '--dry-run');
  say(`The command:  assay ${words.join(' ')}\n`);
  return conclude(runAssay(words));
}

/** The demo's own exit code, with a last line for the reader. */
function conclude(exitCode: number): number {
  if (exitCode > GATE_FAILED || !existsSync(path.join(OUT, 'assay.json'))) {
    say(`\nThe demo itself went wrong: assay ended with code ${exitCode}.`);
    return Math.max(exitCode, GATE_FAILED);
  }
  const comment = firstSuggestion();
  if (comment !== null) say(`\nWhat a reviewer would read, with a fix to click:\n  ${show(comment)}`);
  say(
    exitCode === GATE_FAILED
      ? '\nThe gate failed, as it should: in a pipeline this command ends with code 1. The demo ends with 0.'
      : '\nThe gate passed.',
  );
  return 0;
}

/** The first comment that carries a suggestion, of those that the dry run wrote. */
function firstSuggestion(): string | null {
  const comments = readdirSync(PUBLICATION).filter((name) => name.startsWith('comment-'));
  const files = comments.sort().map((name) => path.join(PUBLICATION, name));
  return files.find((file) => readFileSync(file, 'utf8').includes('```suggestion')) ?? null;
}

function listTools(reports: readonly string[]): string {
  const names = reports.map((name) => {
    const log = JSON.parse(readFileSync(path.join(REPORTS, name), 'utf8'));
    return String(log.runs[0].tool.driver.name);
  });
  return [...new Set(names)].join(', ');
}

/** A path as it is told from the project's folder, where it lies below that. */
function show(file: string): string {
  const relative = path.relative(ROOT, file);
  return (relative.startsWith('..') ? file : relative).replaceAll(path.sep, '/');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = main();
