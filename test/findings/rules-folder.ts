// The shipped rules as assets, read from the checkout.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assets } from '#ports/assets.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export const shippedAssets: Assets = {
  bytes: async (path) => new Uint8Array(await readFile(join(ROOT, path))),
  text: (path) => readFile(join(ROOT, path), 'utf8'),
  list: async (folder) => {
    const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath.slice(ROOT.length + 1).replaceAll('\\', '/')}/${entry.name}`)
      .sort();
  },
};
