// Files named by whoever runs Assay, relative to where they stand.
import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OperatorFile, OperatorFiles } from '#ports/operator-files.ts';
import { makeFolders } from './make-folders.ts';

/** A result of 10,000 findings takes some 30 MiB; beyond this a name is taken for a mistake. */
const MAXIMUM_BYTES = 512 << 20;

/** `repository` is the root that `repositoryPath` is relative to. */
export function createOperatorFiles(options: { cwd: string; repository: string }): OperatorFiles {
  const absolute = (name: string) => path.resolve(options.cwd, name);
  return {
    async read(name: string): Promise<OperatorFile> {
      const file = absolute(name);
      return { text: await readText(file, name), repositoryPath: await pathInside(options.repository, file) };
    },
    async exists(name: string): Promise<boolean> {
      return (await stat(absolute(name)).catch(() => null)) !== null;
    },
    async write(name: string, text: string): Promise<void> {
      try {
        await makeFolders(path.dirname(absolute(name)));
        await writeFile(absolute(name), text);
      } catch (cause) {
        throw new AssayError('output', `${name} cannot be written: ${reason(cause)}.`, {
          hint: 'Is the folder writable, and is there room on the disk?',
          cause,
        });
      }
    },
  };
}

async function readText(file: string, name: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAXIMUM_BYTES) {
      throw new AssayError('usage', `${name} has ${size} bytes; at most ${MAXIMUM_BYTES} are read.`);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError('usage', `${name} cannot be read: ${reason(cause)}.`, {
      hint: `Relative names start at ${path.dirname(file)}; the file must be UTF-8 text.`,
      cause,
    });
  }
}

async function pathInside(repository: string, file: string): Promise<string | null> {
  const [root, target] = await Promise.all([realpath(repository).catch(() => repository), realpath(file)]);
  const relative = path.relative(root, target);
  const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  return inside ? relative.split(path.sep).join('/') : null;
}

function reason(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  return cause instanceof Error ? cause.message : String(cause);
}
