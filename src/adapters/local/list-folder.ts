// What lies in one folder, by name: for commands that are given a folder and look for known files in it.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

export interface FolderContent {
  /** Sorted by code unit; links are followed by whoever opens them. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Null when there is no such folder, or it may not be read. */
export async function listFolder(folder: string): Promise<FolderContent | null> {
  const entries = await readdir(path.resolve(folder), { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const names = (wanted: boolean): readonly string[] =>
    entries
      .filter((entry) => entry.isDirectory() === wanted)
      .map(({ name }) => name)
      .sort();
  return { files: names(false), folders: names(true) };
}
