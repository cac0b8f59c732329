// `assay validate FILE`: is it SARIF as the standard has it, and what of it would Assay not use.
import type { Command } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { validate } from '../../app/validate.ts';

export function addValidate(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('validate')
    .description('check a report against its schema, and list what Assay could not use of it')
    .argument('<file...>', 'SARIF files, globs, or - for standard input')
    .action(async (files: string[]) => {
      const outcome = await validate({ files, cwd: environment.cwd }, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
