// `assay validate FILE`: is it valid or readable as what it is, and what of it would Assay not use.
import type { Command } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { validate } from '../../app/validate.ts';

export function addValidate(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('validate')
    .description(
      'check SARIF against its schema and other reports by reading them, and list what Assay could not use',
    )
    .argument(
      '<file...>',
      'reports of scanners (SARIF and others), bills of materials, VEX; globs, or - for standard input',
    )
    .action(async (files: string[]) => {
      const outcome = await validate({ files, cwd: environment.cwd }, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
