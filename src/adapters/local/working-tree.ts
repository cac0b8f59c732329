// The sources as they lie on disk: a Workspace that reads regular files below its root and nothing else.
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { pathProblem } from '#code/source-path.ts';
import type { ReadOutcome, Workspace } from '../../ports/workspace.ts';
import { FILE_CAP, type LoadedFile, SourceCache, tooLarge } from './source-cache.ts';
import { walkFolder } from './walk-folder.ts';

/** O_NONBLOCK: opening a named pipe must not wait for a writer. Windows knows neither flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export class WorkingTree implements Workspace {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly #list: () => Promise<readonly string[]>;
  readonly #cache: SourceCache;
  #files: Promise<readonly string[]> | null = null;

  /** @param list the files' paths; without it every file below the root but `.git` */
  constructor(root: string, list: () => Promise<readonly string[]> = () => walkFolder(root)) {
    this.root = root;
    this.#list = list;
    // Far below every system's limit of open files, which would look like an unreadable file.
    const inTurn = pLimit(32);
    this.#cache = new SourceCache((path) => inTurn(() => loadFile(root, path)));
  }

  async files(): Promise<readonly string[]> {
    this.#files ??= this.#list().then((paths) => [...paths].sort());
    return this.#files;
  }

  async read(path: string): Promise<ReadOutcome> {
    const problem = pathProblem(path, process.platform);
    return problem === null ? this.#cache.read(path) : { kind: 'refused', why: problem };
  }

  async readBytes(path: string): Promise<Uint8Array | null> {
    return pathProblem(path, process.platform) === null ? this.#cache.readBytes(path) : null;
  }
}

/** A working tree whose root is `folder`; throws when that is no folder. */
export async function openWorkingTree(folder: string): Promise<WorkingTree> {
  return new WorkingTree(await realpath(folder));
}

async function loadFile(root: string, path: string): Promise<LoadedFile> {
  const absolute = join(root, ...path.split('/'));
  try {
    // Equal only when no segment is a link, so that nothing below the root leads out of it.
    if ((await realpath(absolute)) !== absolute) return await explainDetour(absolute);
    const handle = await open(absolute, OPEN_FLAGS);
    try {
      return await loadOpened(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return explainFailure(error);
  }
}

async function loadOpened(handle: FileHandle): Promise<LoadedFile> {
  const stat = await handle.stat();
  if (stat.isDirectory()) return { kind: 'refused', why: 'is a folder' };
  if (!stat.isFile()) return { kind: 'refused', why: 'is not a regular file' };
  if (stat.size > FILE_CAP) return tooLarge(stat.size);
  // One byte more than stat said: a file that grows meanwhile is seen, and cannot pass the cap.
  const buffer = Buffer.alloc(stat.size + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  if (filled > stat.size) return { kind: 'refused', why: 'changed while it was read' };
  return { kind: 'bytes', bytes: buffer.subarray(0, filled) };
}

/** The path's real name is another one: a link, or (where names ignore case) a name that no file has. */
async function explainDetour(absolute: string): Promise<LoadedFile> {
  if ((await lstat(absolute)).isSymbolicLink()) return { kind: 'refused', why: 'is a symbolic link' };
  const real = await realpath(absolute);
  return real.toLowerCase() === absolute.toLowerCase()
    ? { kind: 'missing' }
    : { kind: 'refused', why: 'lies behind a symbolic link' };
}

function explainFailure(error: unknown): LoadedFile {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'EINVAL':
      return { kind: 'missing' };
    case 'ELOOP':
      return { kind: 'refused', why: 'is a symbolic link' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'refused', why: 'may not be read' };
    case 'EISDIR':
      return { kind: 'refused', why: 'is a folder' };
    default:
      return { kind: 'refused', why: `cannot be read (${String(code)})` };
  }
}
