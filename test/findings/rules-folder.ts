// The shipped rules as assets, read from the checkout.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import type { Assets } from '#ports/assets.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const shipped = new PackageAssets();

export const shippedAssets: Assets = {
  data: (path) => shipped.data(path),
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
