// Starts a program as a CI runner would: a bare environment, its own folder, nothing of the tester's.
import { type ChildProcess, spawn } from 'node:child_process';

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment but PATH, which holds Node 24 and git, and what Windows cannot start a program without. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folders put before the usual PATH. */
  readonly pathBefore?: readonly string[];
  /** What the program reads on standard input; none when left out. */
  readonly input?: string | Uint8Array;
  /** Told the process once it runs. */
  readonly started?: (child: ChildProcess) => void;
}

const SYSTEM = process.env.SYSTEMROOT === undefined ? {} : { SYSTEMROOT: process.env.SYSTEMROOT };

/** Where Node keeps compiled code from one process to the next (vitest.config.ts). It changes how long a program takes to start, and nothing else. */
export const COMPILE_CACHE: Readonly<Record<string, string>> =
  process.env.NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };

export function runProcess(
  program: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const PATH = [...(options.pathBefore ?? []), process.env.PATH ?? ''].join(
    process.platform === 'win32' ? ';' : ':',
  );
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: { ...SYSTEM, ...COMPILE_CACHE, ...options.variables, PATH },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    options.started?.(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
