// `assay explain ID`: why a finding of an earlier run was judged as it was.
import type { Command } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { explain } from '../../app/explain.ts';

export function addExplain(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('explain')
    .description('why a finding was judged as it was, with the cited lines')
    .argument('<id>', 'a finding id, or its first characters')
    .option('--result <file>', 'the result of a run', 'assay-out/assay.json')
    .action(async (id: string, options: { result: string }) => {
      process.stdout.write(await explain({ id, result: options.result, cwd: environment.cwd }, environment));
    });
}
