// Runs the command line as a person does: a child process, in a folder, with nothing of the test's environment but PATH.
import { fileURLToPath } from 'node:url';
import { type ProcessOptions, type ProcessResult, runProcess } from '../ci/run-process.ts';

const CLI = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url));

/** A day on which nothing in the tests has expired. */
const TODAY = '2026-03-01T00:00:00Z';

export function assay(
  cwd: string,
  words: readonly string[],
  options: Partial<ProcessOptions> = {},
): Promise<ProcessResult> {
  const variables = { ASSAY_NOW: TODAY, HOME: cwd, ...options.variables };
  return runProcess(process.execPath, [CLI, ...words], { ...options, cwd, variables });
}
