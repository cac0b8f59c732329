// `assay fix [RESULT]`: the proved patches of an earlier run, made in the working tree.
import { type Command, Option } from 'commander';
import type { Environment } from '../../app/environment.ts';
import type { FixRequest } from '../../app/fix/fix-request.ts';
import { fix } from '../../app/fix.ts';

const AFTER = `
Without --write nothing is changed. Every patch is proved again against the file as it is now.
--lock starts the package manager of the project (npm, yarn, pnpm, poetry, uv, go, cargo, composer, bundle,
dotnet) in a copy of the sources; it reaches its registry by itself. Nothing else makes Assay start one.
--open writes to GitHub or GitLab by their API, with the token and the variables that publishing takes; git pushes
nothing. Without --write it says what the request would hold.

Exit codes: 0 done, 2 usage error, 3 something was left out or left alone, or a lock file could not be written.`;

export function addFix(program: Command, environment: Environment & { cwd: string }): void {
  program
    .command('fix')
    .description('make the proved patches of an earlier run in the working tree')
    .argument('[result]', 'the assay.json that assay triage wrote', 'assay-out/assay.json')
    .option('--repo <dir>', 'the repository to change', '.')
    .option('--finding <id>', 'only this finding, by the start of its id; may be repeated', collect)
    .addOption(new Option('--kind <kind>', 'only upgrades, or only code').choices(['sca', 'sast']))
    .option('--write', 'make the changes')
    .option('--force', 'also in files with changes that are not committed')
    .option('--lock', "have the project's own tool write the lock file again")
    .option('--branch <name>', 'commit them to a new branch; with --open, the name of the branch on the host')
    .option('--open', 'commit them on the host, and open or update the pull or merge request')
    .option(
      '--target <branch>',
      "the branch that the request is for (default: the change's own, else the default one)",
    )
    .option('--pull-request <owner/repo#7>', 'with --open: fixes for the branch of this pull request')
    .option('--merge-request <group/project!7>', 'with --open: fixes for the branch of this merge request')
    .option('--allow-http', 'with --open: reach a host other than this machine without TLS')
    .option('--quiet', 'only warnings and errors on stderr')
    .option('--verbose', 'details and stack traces on stderr')
    .addHelpText('after', AFTER)
    .action(async (result: string, { finding, ...options }: FixOptions) => {
      const request = { ...DEFAULTS, ...options, findings: finding ?? [], cwd: environment.cwd, result };
      const outcome = await fix(request, environment);
      process.stdout.write(outcome.display);
      process.exitCode = outcome.exitCode;
    });
}

type FixOptions = Partial<Omit<FixRequest, 'findings'>> & { readonly finding?: readonly string[] };

const DEFAULTS = {
  ...{ repo: '.', kind: null, branch: null, target: null, pullRequest: null, mergeRequest: null },
  ...{ write: false, force: false, lock: false, open: false, allowHttp: false, quiet: false, verbose: false },
} as const;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
