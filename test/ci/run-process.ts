// Starts a program as a CI runner would: a bare environment, its own folder, nothing of the tester's.
import { spawn } from 'node:child_process';

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment but PATH, which holds Node 24 and git. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folders put before the usual PATH. */
  readonly pathBefore?: readonly string[];
}

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
      env: { ...options.variables, PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
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
