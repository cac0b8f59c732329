// `assay init`: a policy file and the workflow or job that runs Assay; asks before it writes.
import { type Command, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { initialise } from '../../app/initialise.ts';

export function addInit(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('init')
    .description('write assay.yml and the workflow or job file; asks first, never overwrites')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(
      new Option('--host <host>', 'which pipeline (default: what the repository shows)').choices([
        'github',
        'gitlab',
        'none',
      ]),
    )
    .option('-y, --yes', 'write without asking', false)
    .action(async (options: { repo: string; host?: 'github' | 'gitlab' | 'none'; yes: boolean }) => {
      process.stdout.write(
        await initialise({ ...options, host: options.host ?? null, cwd: environment.cwd }),
      );
    });
}
