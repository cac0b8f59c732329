// The SourceWriter port on disk: files of the working tree, each replaced whole, never through a link.
import { randomBytes } from 'node:crypto';
import { chmod, lstat, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathProblem } from '#code/source-path.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { SourceWriter, WriteOutcome } from '#ports/source-writer.ts';

/** @param root absolute, links resolved */
export function createSourceWriter(root: string): SourceWriter {
  return {
    async replace(name, before, after): Promise<WriteOutcome> {
      if (pathProblem(name, process.platform) !== null)
        return refused(phrase`has a name that leads out of the repository or into git's own folder`);
      const file = path.join(root, ...name.split('/'));
      const problem = await fileProblem(file, before);
      if (problem !== null) return refused(problem);
      return replaceWhole(file, after);
    },
  };
}

async function fileProblem(file: string, before: Uint8Array): Promise<Phrase | null> {
  try {
    // Equal only when no segment is a link, so that nothing below the root leads out of it.
    if ((await realpath(file)) !== file) return phrase`is a link or lies behind one`;
    if (!(await lstat(file)).isFile()) return phrase`is no regular file`;
    if (!(await readFile(file)).equals(before)) return phrase`was changed by somebody else meanwhile`;
    return null;
  } catch {
    return phrase`is not there, or may not be read`;
  }
}

/** In the same folder, so that the rename stays on one file system and is atomic. */
async function replaceWhole(file: string, after: Uint8Array): Promise<WriteOutcome> {
  const temporary = path.join(
    path.dirname(file),
    `.${path.basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    const { mode } = await lstat(file);
    await writeFile(temporary, after, { flag: 'wx', mode: 0o600 });
    await chmod(temporary, mode & 0o777);
    await rename(temporary, file);
    return { kind: 'written' };
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return refused(phrase`cannot be written: is the folder writable, and is there room on the disk?`);
  }
}

function refused(why: Phrase): WriteOutcome {
  return { kind: 'refused', why };
}
