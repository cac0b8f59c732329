// The bundle under test, built once for all test files: kept in a folder named for the sources that it was made of.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { build, ROOT } from '../../scripts/build.ts';

const SOURCES = [
  'src/**',
  'rules/**',
  'scripts/build.ts',
  'scripts/build/**',
  'scripts/grammars.sha256',
  'scripts/check-node.cjs',
  'package.json',
  'package-lock.json',
  'README.md',
  'LICENSE',
];
const KEPT = path.join(ROOT, '.work/bundles');
const HOUR = 3_600_000;

/** Absolute folder that holds what `npm run build` makes of the present sources. */
export async function builtBundle(): Promise<string> {
  const folder = path.join(KEPT, sourcesHash());
  if (existsSync(folder)) return folder;
  await mkdir(KEPT, { recursive: true });
  await forgetOldOnes();
  const scratch = await mkdtemp(path.join(KEPT, 'building-'));
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

/** A build takes some 40 MB; one that a running test may be using is younger than an hour. */
async function forgetOldOnes(): Promise<void> {
  for (const name of await readdir(KEPT)) {
    const folder = path.join(KEPT, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > HOUR) await rm(folder, { recursive: true, force: true });
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
