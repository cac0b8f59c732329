// Makes a folder with those above it.
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Like `mkdir` with `recursive`, which never returns for a folder below one that says "no such file" to every name, such as `/proc`. Throws
 * what the system says; `EEXIST` when a file is in the way.
 */
export async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = path.dirname(folder);
    if (code === 'ENOENT' && above !== folder) {
      await makeFolders(above);
      await makeOne(folder);
    } else if (!(await isFolder(folder))) throw error;
  }
}

/** Another process may have been faster. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}
