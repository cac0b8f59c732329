// An error, told to a person: what happened and how to mend it; a stack only when asked for.

import { AssayError, type ErrorCode, EXIT, type ExitCode } from '#domain/errors.ts';
import { createStderrLog } from '../adapters/local/stderr-log.ts';
import type { Environment } from './environment.ts';

const EXIT_CODES: Record<ErrorCode, ExitCode> = {
  usage: EXIT.usage,
  configuration: EXIT.usage,
  input: EXIT.usage,
  repository: EXIT.usage,
  output: EXIT.unfinished,
  interrupted: EXIT.unfinished,
  internal: EXIT.unfinished,
};

/** Logs the error and returns the exit code that it ends the process with. */
export function explainError(
  error: unknown,
  environment: Pick<Environment, 'interactive'>,
  verbose: boolean,
): ExitCode {
  const log = createStderrLog({ interactive: environment.interactive, quiet: false, verbose });
  if (error instanceof AssayError) {
    log.error(error.message);
    if (error.hint !== null) log.error(error.hint);
    if (verbose && error.cause !== undefined) log.debug(String(error.cause));
    return EXIT_CODES[error.code];
  }
  log.error(`Assay failed: ${error instanceof Error ? error.message : String(error)}`);
  log.error('This is a defect of Assay. Run again with --verbose and report what it prints.');
  if (verbose && error instanceof Error) log.debug(error.stack ?? '');
  return EXIT.unfinished;
}
