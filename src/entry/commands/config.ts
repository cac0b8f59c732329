// `assay config check`: is the policy valid, and what does it say.
import type { Command } from 'commander';
import { checkConfig } from '../../app/check-config.ts';
import type { Environment } from '../../app/environment.ts';

export function addConfig(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('config')
    .description('work with the policy file')
    .command('check')
    .description('check a policy file and say what it means')
    .argument('[file]', 'the policy file', 'assay.yml')
    .action(async (file: string) => {
      process.stdout.write(await checkConfig({ file, cwd: environment.cwd }, environment));
    });
}
