// `assay knowledge search`: what is known about a question, and why it was found.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { type KnowledgeSearchRequest, searchKnowledge } from '../../app/knowledge.ts';

export function addKnowledge(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('knowledge')
    .description("work with what is known: weakness cards, the team's documents, past decisions")
    .command('search')
    .description('show what would be retrieved for a question, and why')
    .argument('[question]', 'words, in English or Chinese', '')
    .option('--cwe <numbers>', 'the weakness it is about, for example 89; several with commas', readCwe, [])
    .option('--limit <count>', 'passages at most', Number, 8)
    .addOption(new Option('--format <format>', 'what to print').choices(['table', 'json']).default('table'))
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'read policy and documents from here (default: the working tree)')
    .option('--config <file>', 'a policy file from outside the change')
    .addOption(new Option('--language <language>', 'of cards and reasons').choices(['en', 'zh-CN']))
    .option('--allow-http', 'reach an embedding model on another host without TLS')
    .action(async (question: string, options: Partial<KnowledgeSearchRequest>) => {
      const defaults = { cwe: [], limit: 8, format: 'table' as const, repo: '.', allowHttp: false };
      const unset = { base: null, config: null, language: null };
      const request = { ...defaults, ...unset, ...options, question, cwd: environment.cwd };
      process.stdout.write(await searchKnowledge(request, environment));
    });
}

function readCwe(text: string, before: readonly number[]): readonly number[] {
  const numbers = text.split(',').map((part) => /^\s*(?:CWE-)?([1-9]\d{0,4})\s*$/i.exec(part)?.[1]);
  if (numbers.some((number) => number === undefined)) {
    throw new InvalidArgumentError('expected a CWE such as 89 or CWE-89');
  }
  return [...before, ...numbers.map(Number)];
}
