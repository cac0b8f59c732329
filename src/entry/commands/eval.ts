// `assay eval`: options → how good the verdicts are on labelled sets, and whether they got worse.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import type { EvaluateRequest } from '../../app/evaluate/evaluate-request.ts';
import { evaluate } from '../../app/evaluate.ts';

type Options = Omit<EvaluateRequest, 'cwd' | 'sets' | 'models' | 'ablate'> & {
  readonly set: readonly string[];
  readonly model: readonly string[];
  readonly ablate: boolean | string;
};

export function addEval(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('eval')
    .description('measure verdicts on labelled findings, and compare models or an earlier result')
    .requiredOption(
      '--set <dir>',
      'a folder with findings.sarif, labels.csv and the sources in src/; may be repeated',
      append,
    )
    .option('--sources <dir>', 'where the code of the sets is (default: src/ of each)', asGiven, null)
    .addOption(
      new Option('--judge <judge>', 'who decides (default: auto with --model, else builtin)')
        .choices(['builtin', 'model', 'auto'])
        .default(null, 'none'),
    )
    .option(
      '--model <provider/name>',
      'a language model to measure; may be repeated, for a table over all',
      append,
      [],
    )
    .option('--compare <file>', 'an earlier eval.json; exits 1 when it got worse', asGiven, null)
    .option('--tolerance <number>', 'how much F1 and MCC may fall before that counts', toTolerance, 0)
    .option(
      '--ablate [parts]',
      'leave out each part of the prompt and each check in turn, or those named (a,b)',
    )
    .option('--config <file>', 'a policy file (default: the built-in defaults)', asGiven, null)
    .option('--out <dir>', 'where eval.json, eval-times.json and eval.html go', 'assay-eval')
    .addOption(new Option('--format <format>', 'what to print').choices(['table', 'json']).default('table'))
    .option('--allow-http', 'reach a model on another machine without TLS', false)
    .option('--quiet', 'only warnings and errors on stderr', false)
    .option('--verbose', 'details and stack traces on stderr', false)
    .action(async ({ set: sets, model: models, ablate = false, ...options }: Options) => {
      const parts = typeof ablate === 'string' ? ablate.split(',').map((name) => name.trim()) : ablate;
      const request = { ...options, cwd: environment.cwd, sets, models, ablate: parts };
      const outcome = await evaluate(request, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}

function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function asGiven(value: string): string {
  return value;
}

function toTolerance(value: string): number {
  const tolerance = Number(value);
  if (value.trim() !== '' && tolerance >= 0 && tolerance <= 1) return tolerance;
  throw new InvalidArgumentError('Expected a number from 0 to 1, for example 0.01.');
}
