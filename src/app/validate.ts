// `assay validate`: whether a report is valid by its standard, and what of it a run would not use.
import { EXIT, type ExitCode } from '#domain/errors.ts';
import type { OpenReport } from '#ports/report-source.ts';
import { createFileReports } from '../adapters/local/file-reports.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { type SarifValidation, validateSarif } from '../ingest/sarif/validate-sarif.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import type { Environment } from './environment.ts';

export interface ValidateOutcome {
  readonly exitCode: ExitCode;
  readonly display: string;
}

/** Exit code 0 when every file is valid, 1 when one is not, 2 when one is no report that Assay can read. */
export async function validate(
  request: { readonly files: readonly string[]; readonly cwd: string },
  environment: Environment,
): Promise<ValidateOutcome> {
  const source = createFileReports({ patterns: request.files, cwd: request.cwd, stdin: environment.stdin });
  const assets = new PackageAssets();
  const texts: string[] = [];
  let exitCode: ExitCode = EXIT.passed;
  for (const report of await source.open()) {
    const validation = await validateSarif(await readAll(report), report.name, assets);
    texts.push(describe(report.name, validation));
    exitCode = worst(exitCode, exitCodeOf(validation));
  }
  return { exitCode, display: texts.join('\n') };
}

async function readAll(report: OpenReport): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(report.bytes));
}

function exitCodeOf({ report, problems }: SarifValidation): ExitCode {
  if (report.fault !== null && report.fault.kind !== 'truncated') return EXIT.usage;
  return problems.length > 0 || report.fault !== null ? EXIT.failed : EXIT.passed;
}

function worst(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}

function describe(name: string, { report, problems, ignored }: SarifValidation): string {
  const lines = [`${name}: ${verdictOn(report, problems.length)}`];
  if (report.fault !== null) lines.push(`  ${report.fault.message}`);
  for (const { pointer, line, message } of problems) {
    lines.push(
      `  ${line === null ? '' : `line ${line}: `}${pointer === '' ? 'the document' : pointer}: ${message}`,
    );
  }
  if (ignored.length > 0)
    lines.push('  What a run would not use, or not be able to:', ...ignored.map((text) => `    ${text}`));
  return `${lines.map(toTerminal).join('\n')}\n`;
}

function verdictOn(report: SarifValidation['report'], problems: number): string {
  if (report.fault !== null) return `not readable as ${report.kind.name}.`;
  const results = report.runs.reduce((sum, run) => sum + run.results, 0);
  const content = `${count(report.runs.length, 'run')}, ${count(results, 'result')}`;
  return problems === 0
    ? `valid ${report.kind.name}, ${content}.`
    : `not valid ${report.kind.name} (${content}):`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
