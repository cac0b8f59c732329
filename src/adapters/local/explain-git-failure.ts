// Turns what git prints when it fails into an error that says how to mend it.
import { AssayError } from '../../domain/errors.ts';

export interface GitFailure {
  readonly folder: string;
  readonly stderr: string;
  /** What child_process says: exit code, signal, or that a limit was passed. */
  readonly cause: unknown;
}

/** What to set where a clone is too shallow to compare with the base. */
export const DEPTH_HINT =
  'On GitHub set "fetch-depth: 0" for actions/checkout; on GitLab set the variable GIT_DEPTH: "0"; elsewhere run: git fetch --unshallow';

const EXPLANATIONS: readonly {
  readonly sign: RegExp;
  readonly message: (failure: GitFailure) => string;
  readonly hint: (failure: GitFailure) => string;
}[] = [
  {
    sign: /dubious ownership|unsafe repository/,
    message: ({ folder }) => `git refuses ${folder}: another user owns it.`,
    hint: ({ folder }) =>
      `If you trust that folder, run: git config --global --add safe.directory ${JSON.stringify(folder)}`,
  },
  {
    sign: /not a git repository/,
    message: ({ folder }) => `${folder} is not a git repository.`,
    hint: () => 'Give the folder of a clone with --repo, or leave --base and --head out.',
  },
  {
    sign: /must be run in a work tree|cannot use bare repository/,
    message: ({ folder }) => `${folder} is a bare repository: it has no files to read.`,
    hint: () => 'Give a clone with a working tree.',
  },
  {
    sign: /bad config|unable to parse config|bad numeric config|bad boolean config/,
    message: ({ folder, stderr }) => `The git configuration of ${folder} is broken: ${firstLine(stderr)}`,
    hint: () => 'Mend the file that git names.',
  },
  {
    sign: /lazy fetch|promisor remote|could not fetch .* from promisor/,
    message: ({ folder }) => `${folder} is a partial clone that lacks content this comparison needs.`,
    hint: () => 'Clone without --filter (for actions/checkout: without "filter").',
  },
  {
    sign: /unable to read tree|bad object|missing (blob|tree|commit)|is corrupt|invalid object/,
    message: ({ folder, stderr }) => `${folder} lacks objects that git needs: ${firstLine(stderr)}`,
    hint: () => 'Run git fsck there, or clone again.',
  },
];

/** `command` is the git command that failed, for example `diff`. */
export function explainGitFailure(command: string, failure: GitFailure): AssayError {
  const limit = passedLimit(failure.cause);
  if (limit !== null) {
    return new AssayError('repository', `git ${command} in ${failure.folder} ${limit}.`, {
      hint: 'Compare with a closer base, or run Assay on a smaller change.',
      cause: failure.cause,
    });
  }
  const known = EXPLANATIONS.find(({ sign }) => sign.test(failure.stderr));
  if (known !== undefined) {
    return new AssayError('repository', known.message(failure), {
      hint: known.hint(failure),
      cause: failure.cause,
    });
  }
  const said = firstLine(failure.stderr);
  return new AssayError(
    'repository',
    `git ${command} failed in ${failure.folder}${said === '' ? '.' : `: ${said}`}`,
    {
      cause: failure.cause,
    },
  );
}

function passedLimit(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  if ('code' in cause && cause.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return 'printed more than Assay reads';
  if ('killed' in cause && cause.killed === true) return 'took too long and was stopped';
  return null;
}

/** The first line that matters, without the credentials that a remote's address may hold. */
function firstLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /^(fatal|error):/.test(candidate)) ?? lines[0] ?? '';
  return line
    .replace(/^(fatal|error): /, '')
    .replace(/:\/\/[^/\s@]+@/g, '://')
    .slice(0, 500);
}
