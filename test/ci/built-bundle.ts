// The bundle under test, built once for all test files: kept in a temporary folder named for the sources that it was made of.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, ROOT } from '../../scripts/build.ts';

const SOURCES = [
  'src/**',
  'rules/**',
  'scripts/build.ts',
  'scripts/build/**',
  'package.json',
  'package-lock.json',
];

/** Absolute folder that holds what `npm run build` makes of the present sources. */
export async function builtBundle(): Promise<string> {
  const folder = path.join(tmpdir(), `assay-bundle-${sourcesHash()}`);
  if (existsSync(folder)) return folder;
  const scratch = await mkdtemp(path.join(tmpdir(), 'assay-building-'));
  await build(scratch);
  try {
    await rename(scratch, folder);
  } catch (error) {
    // Another test process was faster; the same sources give the same bytes.
    await rm(scratch, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
