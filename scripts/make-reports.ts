// Remakes the demo's reports by running the real scanners over its head tree: `node scripts/make-reports.ts [--install] [--scanners DIR]`.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { makeRepository } from './demo/make-repository.ts';
import { type Bench, runScanner } from './make-reports/run-scanner.ts';
import { SCANNERS } from './make-reports/scanners.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** They come without the right to be run, which their install scripts would give. */
const PROGRAMS = [
  '@microsoft/sarif-multitool-linux/Sarif.Multitool',
  '@ast-grep/cli-linux-x64-gnu/ast-grep',
  '@ast-grep/cli-linux-arm64-gnu/ast-grep',
];

/** Lays out the code, the scanners' own settings and a scratch folder. */
function prepareBench(scanners: string): Bench {
  // A fixed folder, because some tools write absolute paths: it has to be recognised in their reports.
  const bench = {
    scanners,
    code: '/tmp/assay-fixture',
    scratch: '/tmp/assay-fixture-reports',
    fixtures: FIXTURES,
  };
  makeRepository(bench.code);
  rmSync(path.join(bench.code, '.git'), { recursive: true });
  rmSync(bench.scratch, { recursive: true, force: true });
  for (const folder of [bench.scratch, scanners]) mkdirSync(folder, { recursive: true });
  const settings = path.join(FIXTURES, 'demo', 'scanners');
  cpSync(settings, scanners, { recursive: true });
  return bench;
}

function installScanners(folder: string): void {
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const done = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('npm could not install the scanners.');
  for (const program of PROGRAMS.map((name) => path.join(folder, 'node_modules', name)))
    if (existsSync(program)) chmodSync(program, 0o755);
}

function main(): void {
  const { values } = parseArgs({
    options: { install: { type: 'boolean', default: false }, scanners: { type: 'string' } },
  });
  const bench = prepareBench(path.resolve(values.scanners ?? path.join(tmpdir(), 'assay-scanners')));
  if (values.install) installScanners(bench.scanners);
  const made: Record<string, { version: string; reports: string[] }> = {};
  for (const scanner of SCANNERS) {
    const outcome = runScanner(scanner, bench);
    if (outcome.kind === 'missing') {
      console.error(
        `skipped  ${scanner.name}: ${outcome.program} is not installed; its reports stay as they are`,
      );
      continue;
    }
    console.error(`made     ${scanner.name} ${outcome.version}`);
    made[scanner.name] = { version: outcome.version, reports: Object.values(scanner.reports) };
  }
  if (Object.keys(made).length === SCANNERS.length) {
    const head = '# Which version of which scanner made the reports; written by scripts/make-reports.ts.\n';
    writeFileSync(path.join(FIXTURES, 'provenance.yaml'), head + stringify(made));
  } else {
    console.error('fixtures/provenance.yaml stays as it is, because not every scanner ran');
  }
}

main();
