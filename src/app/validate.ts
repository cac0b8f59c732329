// `assay validate`: whether a report is valid by its standard, or can be read as what it is, and what of it a run would not use.
import { EXIT, type ExitCode } from '#domain/errors.ts';
import type { OpenReport } from '#ports/report-source.ts';
import { createFileReports } from '../adapters/local/file-reports.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { type ReportValidation, validateReport } from '../ingest/validate-report.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import type { Environment } from './environment.ts';

export interface ValidateOutcome {
  readonly exitCode: ExitCode;
  readonly display: string;
}

/** Exit code 0 when every file is valid and all of it can be read, 1 when one is not, 2 when one is no report that Assay can read. */
export async function validate(
  request: { readonly files: readonly string[]; readonly cwd: string },
  environment: Environment,
): Promise<ValidateOutcome> {
  const source = createFileReports({ patterns: request.files, cwd: request.cwd, stdin: environment.stdin });
  const assets = new PackageAssets();
  const texts: string[] = [];
  let exitCode: ExitCode = EXIT.passed;
  for (const report of await source.open()) {
    const validation = await validateReport(await readAll(report), report.name, assets);
    texts.push(describe(report.name, validation));
    exitCode = worst(exitCode, exitCodeOf(validation));
  }
  return { exitCode, display: texts.join('\n') };
}

async function readAll(report: OpenReport): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(report.bytes));
}

function exitCodeOf({ report, problems, checkedBy }: ReportValidation): ExitCode {
  if (report.fault !== null && report.fault.kind !== 'truncated') return EXIT.usage;
  const isRefused = checkedBy === 'reading' && report.results.some(({ kind }) => kind === 'rejected');
  return problems.length > 0 || isRefused || report.fault !== null ? EXIT.failed : EXIT.passed;
}

function worst(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}

function describe(name: string, validation: ReportValidation): string {
  const { report, problems, ignored } = validation;
  const lines = [`${name}: ${verdictOn(validation)}`];
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

function verdictOn({ report, problems, checkedBy }: ReportValidation): string {
  const { kind, fault, runs, inventory, statements } = report;
  if (fault !== null) return `not readable as ${kind.name}.`;
  const results = runs.reduce((sum, run) => sum + run.results, 0);
  const content = [
    ...(checkedBy === 'schema' ? [count(runs.length, 'run')] : []),
    ...(inventory === undefined ? [] : [count(inventory.components.length, 'component')]),
    ...(statements === undefined ? [] : [count(statements.length, 'decision')]),
    ...(results > 0 || (inventory === undefined && statements === undefined)
      ? [count(results, 'result')]
      : []),
  ].join(', ');
  if (checkedBy === 'reading') return `read as ${kind.name}, ${content}; its schema was not checked.`;
  return problems.length === 0 ? `valid ${kind.name}, ${content}.` : `not valid ${kind.name} (${content}):`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
