// Lists the files of a folder that is no git repository.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../domain/errors.ts';

/** Files that a listing may have. */
export const LISTING_CAP = 500_000;

/**
 * Paths of all files below `root`, links included and none followed, `.git` folders left out; not sorted.
 * Throws AssayError `repository` beyond `cap` entries. A folder that may not be read is passed over.
 */
export async function walkFolder(root: string, cap: number = LISTING_CAP): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await listFolder(join(root, folder))) {
      if (entry.name === '.git') continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
    }
    if (files.length + folders.length > cap) throw tooManyFiles(root, cap);
  }
  return files;
}

/** The error for a folder or tree with more files than Assay lists. */
export function tooManyFiles(root: string, cap: number): AssayError {
  return new AssayError('repository', `${root} holds more than ${cap} files.`, {
    hint: 'Point --repo at the project itself, not at a folder above it.',
  });
}

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
