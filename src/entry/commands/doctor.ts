// `assay doctor`: what works here and what does not, each with the way to mend it.
import type { Command } from 'commander';
import { type DoctorRequest, diagnose } from '../../app/diagnose.ts';
import type { Environment } from '../../app/environment.ts';

export function addDoctor(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('doctor')
    .description('check that everything a run needs is here')
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'the base that runs will use')
    .option('--out <dir>', 'where the files will go', 'assay-out')
    .option('--pull-request <owner/repo#7>', 'the pull request that will be commented on')
    .option('--merge-request <group/project!7>', 'the merge request that will be commented on')
    .option('--model <provider/name>', 'the language model to try (default: what the policy says)')
    .option('--allow-http', 'reach a host other than this machine without TLS')
    .action(async (options: Partial<DoctorRequest>) => {
      const asked = {
        ...{ repo: '.', base: null, out: 'assay-out', pullRequest: null, mergeRequest: null },
        ...{ model: null, allowHttp: false },
      };
      const outcome = await diagnose({ ...asked, ...options, cwd: environment.cwd }, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
