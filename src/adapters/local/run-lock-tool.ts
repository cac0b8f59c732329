// The LockTool port: a package manager, by argument list, without a shell, in a copy of the sources and with nothing of the user's.
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { pathProblem } from '#code/source-path.ts';
import { AssayError } from '#domain/errors.ts';
import type { LockRoom, LockTool, ToolCommand, ToolOutcome } from '#ports/lock-tool.ts';
import { findTool, foldersOutside, toolEnvironment } from './tool-program.ts';
import { WorkingTree } from './working-tree.ts';

const TIME_LIMIT = 300_000;
/** Of what a tool prints, the end is kept. */
const MOST_SAID = 16 << 10;
const MOST_GIBIBYTES = 4;

export interface LockToolOptions {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Milliseconds for one command. */
  readonly timeLimit?: number;
}

export function createLockTool(options: LockToolOptions): LockTool {
  return { open: (files) => openRoom(files, options) };
}

async function openRoom(files: readonly string[], options: LockToolOptions): Promise<LockRoom> {
  const scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'assay-lock-')));
  const dispose = () => rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  try {
    const copy = path.join(scratch, 'sources');
    const home = path.join(scratch, 'home');
    await mkdir(copy);
    await mkdir(home);
    const copied = await copyFiles(files, options.root, copy);
    const folders = await foldersOutside(options.variables.PATH, options.root);
    const environment = toolEnvironment(options.variables, { folders, scratch: home });
    return {
      run: async ({ program, args, folder }) => {
        const found = await findTool(program, { folders, root: options.root, platform: process.platform });
        if (found === null) return { kind: 'missing' };
        const cwd = path.join(copy, ...folder.split('/'));
        const command = { program: found.file, args: [...found.before, ...args], folder: cwd };
        return runTool(command, environment, options);
      },
      replace: async (name, change) => {
        if (!copied.includes(name)) return;
        const file = joined(copy, name);
        await writeFile(file, change(await readFile(file, 'utf8')));
      },
      sources: () => new WorkingTree(copy, async () => copied),
      changed: async () => {
        const changed: string[] = [];
        for (const name of copied)
          if (!(await isSame(joined(options.root, name), joined(copy, name)))) changed.push(name);
        return changed;
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    if (error instanceof AssayError) throw error;
    throw new AssayError('output', 'The sources cannot be copied to the temporary folder.', {
      hint: 'Is it writable, and is there room on the disk?',
      cause: error,
    });
  }
}

/** What was copied, sorted. */
async function copyFiles(files: readonly string[], root: string, copy: string): Promise<readonly string[]> {
  const inTurn = pLimit(32);
  let bytes = 0;
  const copied = await Promise.all(
    files.map((name) =>
      inTurn(async () => {
        const source = joined(root, name);
        if (pathProblem(name, process.platform) !== null) return [];
        if ((await realpath(source).catch(() => null)) !== source) return [];
        const stat = await lstat(source);
        if (!stat.isFile()) return [];
        bytes += stat.size;
        if (bytes > MOST_GIBIBYTES * 2 ** 30) throw tooLarge();
        const target = joined(copy, name);
        await mkdir(path.dirname(target), { recursive: true });
        await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
        return [name];
      }),
    ),
  );
  return copied.flat().sort();
}

function runTool(
  { program, args, folder }: ToolCommand,
  environment: Readonly<Record<string, string>>,
  { signal, timeLimit = TIME_LIMIT }: LockToolOptions,
): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it started ends with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let said = '';
    let isLate = false;
    const end = () => {
      isLate = true;
      endGroup(child.pid);
      child.kill('SIGKILL');
    };
    const timer = setTimeout(end, timeLimit);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    const settle = (outcome: ToolOutcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(outcome);
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-MOST_SAID);
      });
    child.on('error', (error) => settle({ kind: 'failed', exitCode: null, said: error.message }));
    child.on('close', (exitCode) => {
      // What it left running behind itself.
      endGroup(child.pid);
      if (isLate) settle({ kind: 'late', said });
      else settle(exitCode === 0 ? { kind: 'done', said } : { kind: 'failed', exitCode, said });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

async function isSame(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(left), lstat(right)].map((stat) => stat.catch(() => null)));
  if (one?.isFile() !== true || other?.isFile() !== true || one.size !== other.size) return false;
  return (await readFile(left)).equals(await readFile(right));
}

function joined(root: string, name: string): string {
  return path.join(root, ...name.split('/'));
}

function tooLarge(): AssayError {
  return new AssayError('output', `The sources are larger than the ${MOST_GIBIBYTES} GiB that are copied.`, {
    hint: 'Leave --lock out and run the command by hand.',
  });
}
