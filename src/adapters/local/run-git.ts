// The only place that starts git: by argument list, without a shell, deaf to what a repository configures. Another program starts in run-lock-tool.ts alone.
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { AssayError } from '../../domain/errors.ts';
import { explainGitFailure } from './explain-git-failure.ts';
import { findGitProgram, gitEnvironment } from './git-program.ts';
import { FILTER_NAMES, fixedSettings, withoutFilters } from './git-settings.ts';

const DEFAULT_TIMEOUT = 300_000;
const DEFAULT_OUTPUT_CAP = 512 * 1024 * 1024;

/** Everything that is the same for all git processes of one folder. */
export interface GitSession {
  readonly program: string;
  /** Where git runs: absolute. */
  readonly folder: string;
  readonly settings: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface GitOptions {
  /** Milliseconds; the process is killed after. */
  readonly timeout?: number;
  /** Bytes of stdout at most. */
  readonly outputCap?: number;
  /** Exit codes that are answers, not failures; 0 is always one. */
  readonly answers?: readonly number[];
}

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

/**
 * Prepares git for local work in `folder`: it speaks to no remote. Null when git is not installed. Throws AssayError `repository`
 * when the repository's configuration cannot be read or made harmless.
 */
export async function openGitSession(folder: string): Promise<GitSession | null> {
  const program = await findGitProgram(process.env.PATH);
  if (program === null) return null;
  const session = {
    program,
    folder,
    settings: fixedSettings(),
    environment: gitEnvironment(process.env, []),
  };
  return { ...session, settings: [...session.settings, ...(await repositorySettings(session))] };
}

/** The same session for a fetch over `protocols`. */
export function withProtocols(session: GitSession, protocols: readonly string[]): GitSession {
  return { ...session, environment: gitEnvironment(process.env, protocols) };
}

async function repositorySettings(session: GitSession): Promise<readonly string[]> {
  const args = ['config', '--null', '--name-only', '--get-regexp', FILTER_NAMES];
  const { stdout } = await runGit(session, args, { answers: [1] });
  try {
    return [...withoutFilters(splitNul(stdout)), ...(await lineEndSettings(session))];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AssayError(
      'repository',
      `The git configuration of ${session.folder} has a filter that cannot be turned off: ${error.message}.`,
      {
        hint: 'Rename the filter so that its name holds no "=", or run Assay on a fresh clone.',
      },
    );
  }
}

/** Git for Windows sets core.autocrlf in the system configuration, which is not read otherwise: without it every line would differ. */
async function lineEndSettings(session: GitSession): Promise<readonly string[]> {
  if (process.platform !== 'win32') return [];
  const withSystem = { ...session, environment: { ...session.environment, GIT_CONFIG_NOSYSTEM: '0' } };
  const { stdout } = await runGit(withSystem, ['config', '--get', 'core.autocrlf'], { answers: [1] });
  const value = stdout.toString('utf8').trim();
  return value === '' ? [] : ['-c', `core.autocrlf=${value}`];
}

/**
 * Runs one git command to its end. Throws AssayError `repository` when it fails, takes too long or prints too much.
 *
 * @param args the command and its arguments; the caller puts `--end-of-options` or `--` before anything from outside
 */
export function runGit(
  session: GitSession,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    execFile(
      session.program,
      [...commonArguments(session), ...args],
      {
        env: session.environment,
        encoding: 'buffer',
        timeout: options.timeout ?? DEFAULT_TIMEOUT,
        maxBuffer: options.outputCap ?? DEFAULT_OUTPUT_CAP,
        killSignal: 'SIGKILL',
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === 'number' && (exitCode === 0 || options.answers?.includes(exitCode))) {
          resolve({ exitCode, stdout });
        } else {
          reject(
            explainGitFailure(args[0] ?? '', {
              folder: session.folder,
              stderr: stderr.toString('utf8'),
              cause: error,
            }),
          );
        }
      },
    );
  });
}

/** Starts a git command that is talked to while it runs. The caller ends it by closing its stdin. */
export function startGit(session: GitSession, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(session.program, [...commonArguments(session), ...args], {
    env: session.environment,
    stdio: 'pipe',
    windowsHide: true,
  });
}

function commonArguments(session: GitSession): readonly string[] {
  return ['--no-pager', '-C', session.folder, ...session.settings];
}

/** The parts of a `-z` output, as text. Bytes that are not UTF-8 become U+FFFD. */
export function splitNul(output: Buffer): readonly string[] {
  const parts = output.toString('utf8').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}
