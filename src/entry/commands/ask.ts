// `assay ask QUESTION`: answers about a finding or a run of before.
import type { Command } from 'commander';
import { type AskRequest, ask } from '../../app/ask.ts';
import type { Environment } from '../../app/environment.ts';

export function addAsk(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('ask')
    .description('answer a question about a finding, with the lines it rests on')
    .argument('<question>', 'in English or Chinese')
    .option('--finding <id>', 'the finding, or its first characters (default: what the question names)')
    .option('--result <file>', 'the result of a run', 'assay-out/assay.json')
    .option(
      '--model <provider/name>',
      'the language model to ask (default: what the policy says; none: facts alone)',
    )
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'read policy, prompts and documents from here (default: the working tree)')
    .option('--allow-http', 'reach a model on another host without TLS')
    .action(async (question: string, options: Partial<AskRequest>) => {
      const defaults = { finding: null, result: 'assay-out/assay.json', model: null, repo: '.', base: null };
      const request = { ...defaults, allowHttp: false, ...options, question, cwd: environment.cwd };
      await ask(request, environment, { write: (text) => void process.stdout.write(text) });
    });
}
