// `assay triage`: options → RunRequest → exit code.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import { type PathMapping, type RunRequest, refuseUnavailable } from '../../app/run-request.ts';
import { runTriage } from '../../app/triage.ts';

/** What only a CI door knows. */
export const FROM_CI = { scannedRevision: null, policyRevision: null };

type Options = Omit<RunRequest, 'reports' | 'cwd' | keyof typeof FROM_CI> & {
  publish: string;
  dryRun: boolean;
};

export function addTriage(program: Command, environment: Environment & { cwd: string }): void {
  addRunOptions(program.command('triage'))
    .description('judge what scanners report, and pass or fail by your policy')
    .addOption(
      choice('--format <format>', 'what to print on stdout', ['table', 'json', 'markdown', 'none']).default(
        'table',
      ),
    )
    .addOption(
      choice('--publish <host>', 'post to the change request', ['github', 'gitlab', 'auto', 'none']).default(
        'none',
      ),
    )
    .option('--dry-run', 'post nothing, write what would be posted', false)
    .action(async (reports: string[], options: Options) => {
      refuseUnavailable(options);
      const { publish: _publish, dryRun: _dryRun, ...request } = options;
      const outcome = await runTriage({ ...request, reports, cwd: environment.cwd, ...FROM_CI }, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}

/** The options that every command which runs the main job shares. */
export function addRunOptions(command: Command): Command {
  return command
    .argument('[reports...]', 'SARIF files, globs, or - for standard input')
    .option('--repo <dir>', 'the repository the reports speak of', '.')
    .option('--base <ref>', 'what the change is compared with; its policy binds', orNull, null)
    .option('--head <ref>', 'read the sources from this commit instead of the working tree', orNull, null)
    .option('--out <dir>', 'where the files go', 'assay-out')
    .option(
      '--config <file>',
      'a policy file from outside the change (default: assay.yml of the base)',
      orNull,
      null,
    )
    .option('--trust-head-config', 'read assay.yml from the working tree; refused in CI', false)
    .option('--baseline <file>', 'findings accepted as existing (see assay baseline)', orNull, null)
    .addOption(
      choice('--fail-on <severity>', 'fail from this severity on', [
        'critical',
        'high',
        'medium',
        'low',
        'never',
      ]).default(null),
    )
    .addOption(
      choice('--scope <scope>', 'which findings to judge (default: new with a base or baseline, else all)', [
        'new',
        'changed',
        'all',
      ]).default(null),
    )
    .option('--path-map <A=B>', 'read paths that start with A as B; may be repeated', addPathMapping, [])
    .addOption(choice('--judge <judge>', 'who decides', ['builtin', 'model', 'auto']).default('auto'))
    .addOption(choice('--language <language>', 'language of the texts', ['en', 'zh-CN']).default(null))
    .option('--category <name>', 'names this run among several of one pipeline', orNull, null)
    .option('--quiet', 'errors only on stderr', false)
    .option('--verbose', 'details and stack traces on stderr', false);
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

function orNull(value: string): string | null {
  return value === '' ? null : value;
}

function addPathMapping(value: string, before: readonly PathMapping[]): readonly PathMapping[] {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected A=B, for example /builds/app=. or build/src=src.');
  return [...before, { from: value.slice(0, at), to: value.slice(at + 1) }];
}
