// `assay publish RESULT`: what an earlier run found goes to the change request; nothing is judged again.
import type { Command } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { publishFile } from '../../app/publish/publish-file.ts';
import { defaultRequest, type PublishRequest } from '../../app/run-request.ts';
import { addPublishingOptions, publishOption } from './triage.ts';

export function addPublish(program: Command, environment: Environment & { cwd: string }): void {
  const command = program
    .command('publish')
    .description('comment on the change request with the result of an earlier run')
    .argument('<result>', 'the assay.json that assay triage wrote')
    .addOption(publishOption('auto'))
    .option('--repo <dir>', 'a clone of the repository, if there is one', '.')
    .option('--out <dir>', 'where publication.json goes', 'assay-out')
    .option('--config <file>', 'a policy file from outside the change (default: assay.yml of the base)')
    .option('--quiet', 'only warnings and errors on stderr')
    .option('--verbose', 'details and stack traces on stderr');
  addPublishingOptions(command).action(async (result: string, options: Partial<PublishRequest>) => {
    const request = { ...defaultRequest(environment.cwd), ...options, result };
    const outcome = await publishFile(request, environment);
    process.stdout.write(outcome.display);
    process.exitCode = outcome.exitCode;
  });
}
