// `assay doctor`: what works here and what does not, each with the way to mend it.
import type { Command } from 'commander';
import { diagnose } from '../../app/diagnose.ts';
import type { Environment } from '../../app/environment.ts';

export function addDoctor(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('doctor')
    .description('check that everything a run needs is here')
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'the base that runs will use')
    .option('--out <dir>', 'where the files will go', 'assay-out')
    .action(async (options: { repo: string; base?: string; out: string }) => {
      const outcome = await diagnose(
        { ...options, base: options.base ?? null, cwd: environment.cwd },
        environment,
      );
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
