// Runs one scanner over the demo's code and brings its reports home, free of this machine's paths.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command, Scanner } from './scanners.ts';

/** The folders of one remaking. All absolute. */
export interface Bench {
  /** Where the npm scanners are installed. */
  readonly scanners: string;
  /** Where the demo's head tree lies while it is scanned. */
  readonly code: string;
  readonly scratch: string;
  readonly fixtures: string;
}

/** What stands in committed reports instead of the folder of the scan: where a hosted runner checks the repository out. */
const NEUTRAL_FOLDER = '/home/runner/work/demo/demo';

export type Outcome =
  | { readonly kind: 'made'; readonly version: string }
  | { readonly kind: 'missing'; readonly program: string };

/** Makes a scanner's reports, or says which program is not installed; throws when it ran and wrote no report. */
export function runScanner(scanner: Scanner, bench: Bench): Outcome {
  for (const command of [scanner.version, ...scanner.commands]) {
    if (findProgram(command.program, bench) === null) return { kind: 'missing', program: command.program };
  }
  const version = firstVersion(runCommand(scanner.version, bench));
  for (const command of scanner.commands) runCommand(command, bench);
  for (const [made, kept] of Object.entries(scanner.reports)) {
    const target = path.join(bench.fixtures, kept);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, cleanReport(path.join(bench.scratch, made), scanner, bench));
  }
  return { kind: 'made', version };
}

function cleanReport(file: string, scanner: Scanner, bench: Bench): string {
  const report = readFileSync(file, 'utf8').replaceAll(bench.code, NEUTRAL_FOLDER);
  for (const folder of [bench.scanners, bench.scratch, process.cwd()]) {
    if (report.includes(folder)) throw new Error(`${scanner.name} wrote ${folder} into its report.`);
  }
  return scanner.tidy?.(report) ?? report;
}

function findProgram(program: string, bench: Bench): string | null {
  const folders = [
    path.join(bench.scanners, 'node_modules', '.bin'),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? null;
}

/** Runs a command; scanners exit with 1 or 2 when they find something, so only a program that did not run is a fault. */
function runCommand(command: Command, bench: Bench): string {
  const words = command.words.map((word) =>
    word.replace('{scanners}', bench.scanners).replace('{work}', bench.scratch).replace('{code}', bench.code),
  );
  const done = spawnSync(findProgram(command.program, bench) ?? command.program, words, {
    cwd: path.join(bench.code, command.folder ?? '.'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Invariant globalisation: sarif-multitool would otherwise need the ICU libraries.
    env: { ...process.env, NO_COLOR: '1', CI: '', DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  });
  if (done.error !== undefined || done.signal !== null || (done.status ?? 0) > 2) {
    throw new Error(`${command.program} failed (${done.signal ?? done.status}): ${done.stderr}`, {
      cause: done.error,
    });
  }
  if (command.stdout !== undefined) writeFileSync(path.join(bench.scratch, command.stdout), done.stdout);
  if (command.stderr !== undefined) writeFileSync(path.join(bench.scratch, command.stderr), done.stderr);
  return done.stdout + done.stderr;
}

function firstVersion(said: string): string {
  return /\d+\.\d+[.\w-]*/.exec(said)?.[0] ?? 'unknown';
}
