// `assay triage`: options → RunRequest → exit code.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import {
  defaultRequest,
  type PathMapping,
  type PublishChoice,
  type RunRequest,
} from '../../app/run-request.ts';
import { runTriage } from '../../app/triage.ts';

export type RunOptions = Partial<RunRequest>;

export function addTriage(program: Command, environment: Environment & { cwd: string }): void {
  const command = addRunOptions(program.command('triage'))
    .description('judge what scanners report, and pass or fail by your policy')
    .addOption(
      choice('--format <format>', 'what to print', ['table', 'json', 'markdown', 'none']).default('table'),
    )
    .addOption(publishOption('none'));
  addPublishingOptions(command).action(async (reports: string[], options: RunOptions) => {
    const request = { ...defaultRequest(environment.cwd), ...options, reports };
    const outcome = await runTriage(request, environment);
    process.stdout.write(outcome.display);
    process.exitCode = outcome.exitCode;
  });
}

export function publishOption(standard: PublishChoice): Option {
  return choice('--publish <host>', 'comment on the change request', [
    'github',
    'gitlab',
    'auto',
    'none',
  ]).default(standard);
}

/** What is said where, for the commands that post. */
export function addPublishingOptions(command: Command): Command {
  return command
    .option('--dry-run', 'write what would be posted as files, and post nothing')
    .option('--pull-request <owner/repo#7>', 'the pull request to comment on (default: what the event says)')
    .option(
      '--merge-request <group/project!7>',
      'the merge request to comment on (default: what the pipeline says)',
    )
    .option('--allow-http', 'reach a host other than this machine without TLS');
}

/** The options that every command which runs the main job shares; what is not given is left out. */
export function addRunOptions(command: Command): Command {
  return command
    .argument(
      '[reports...]',
      'reports of scanners (SARIF and others), bills of materials, VEX; globs, or - for standard input',
    )
    .option('--repo <dir>', 'the repository the reports speak of', '.')
    .option('--base <ref>', 'what the change is compared with; its policy binds')
    .option('--head <ref>', 'read the sources from this commit (default: the working tree)')
    .option('--out <dir>', 'where the files go', 'assay-out')
    .option('--config <file>', 'a policy file from outside the change (default: assay.yml of the base)')
    .option('--trust-head-config', 'read assay.yml from the working tree; refused in CI')
    .option('--baseline <file>', 'findings accepted as existing (see assay baseline)')
    .addOption(
      choice('--fail-on <severity>', 'fail from this severity on', [
        'critical',
        'high',
        'medium',
        'low',
        'never',
      ]),
    )
    .addOption(
      choice('--scope <scope>', 'which findings to judge; new with a base or baseline, else all', [
        'new',
        'changed',
        'all',
      ]),
    )
    .option('--path-map <A=B>', 'read paths that start with A as B; may be repeated', addPathMapping)
    .addOption(
      choice('--judge <judge>', 'who decides (default: what the policy says, else auto)', [
        'builtin',
        'model',
        'auto',
      ]),
    )
    .option('--model <provider/name>', 'the language model to ask (default: what the policy says)')
    .option('--osv <where>', 'advisories for bills of materials: a folder or zip of OSV records, or online')
    .option('--epss <file>', 'EPSS scores, as first.org publishes them')
    .option('--kev <file>', "CISA's known exploited vulnerabilities")
    .option('--dump-prompts <dir>', 'write what would be sent to the model as files, and send nothing')
    .option('--estimate', 'say what asking the model would cost, and ask nothing')
    .addOption(choice('--language <language>', 'language of the texts', ['en', 'zh-CN']))
    .option('--category <name>', 'names this run among several of one pipeline')
    .option('--quiet', 'only warnings and errors on stderr')
    .option('--verbose', 'details and stack traces on stderr');
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

function addPathMapping(value: string, before: readonly PathMapping[] = []): readonly PathMapping[] {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected A=B, for example /builds/app=. or build/src=src.');
  return [...before, { from: value.slice(0, at), to: value.slice(at + 1) }];
}
