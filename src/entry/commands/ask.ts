// `assay ask QUESTION`: answers about a finding or a run of before.
import { type Command, Option } from 'commander';
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
    .addOption(
      new Option('--language <language>', "of the answer (default: the question's)").choices(['en', 'zh-CN']),
    )
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'read policy, prompts and documents from here (default: the working tree)')
    .option('--allow-http', 'reach a model on another host without TLS')
    .action(async (question: string, options: Partial<AskRequest>) => {
      const unset = { finding: null, model: null, language: null, base: null, allowHttp: false };
      const defaults = { ...unset, result: 'assay-out/assay.json', repo: '.' };
      const request = { ...defaults, ...options, question, cwd: environment.cwd };
      const outlet = { write: (text: string) => void process.stdout.write(text) };
      process.exitCode = await ask(request, environment, outlet);
    });
}
