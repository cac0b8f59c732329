// `assay baseline`: accepts today's findings as existing.
import type { Command } from 'commander';
import { acceptBaseline } from '../../app/accept-baseline.ts';
import type { Environment } from '../../app/environment.ts';
import { defaultRequest } from '../../app/run-request.ts';
import { addRunOptions, type RunOptions } from './triage.ts';

export function addBaseline(program: Command, environment: Environment & { cwd: string }): void {
  addRunOptions(program.command('baseline'))
    .description("accept today's findings as existing, so that only newer ones count")
    .option('--output <file>', 'the baseline file to write', 'assay-baseline.json')
    .action(async (reports: string[], { output, ...options }: RunOptions & { output: string }) => {
      const request = { ...defaultRequest(environment.cwd), ...options, reports };
      const outcome = await acceptBaseline(request, output, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}
