// `assay baseline`: accepts today's findings as existing.
import type { Command } from 'commander';
import { acceptBaseline } from '../../app/accept-baseline.ts';
import type { Environment } from '../../app/environment.ts';
import type { RunRequest } from '../../app/run-request.ts';
import { addRunOptions, FROM_CI } from './triage.ts';

type Options = Omit<RunRequest, 'reports' | 'cwd' | keyof typeof FROM_CI | 'format'> & { output: string };

export function addBaseline(program: Command, environment: Environment & { cwd: string }): void {
  addRunOptions(program.command('baseline'))
    .description("accept today's findings as existing, so that only newer ones count")
    .option('--output <file>', 'the baseline file to write', 'assay-baseline.json')
    .action(async (reports: string[], { output, ...options }: Options) => {
      const request: RunRequest = {
        ...options,
        reports,
        cwd: environment.cwd,
        ...FROM_CI,
        format: 'none',
      };
      const outcome = await acceptBaseline(request, output, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
