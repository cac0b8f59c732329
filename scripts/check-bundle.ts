// Proves that the build is reproducible: builds twice, compares every file, and prints what would be published.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.ts';

/** Smaller chunks are counted, not listed. */
const SHOWN_FROM = 100 * 1024;

const scratch = await mkdtemp(path.join(tmpdir(), 'assay-bundle-'));
try {
  const first = await buildInto('first');
  const second = await buildInto('a-second-folder');
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  const different = names.filter((name) => first.get(name)?.sum !== second.get(name)?.sum);
  for (const name of different) process.stderr.write(`differs between two builds: ${name}\n`);
  if (different.length > 0) process.exitCode = 1;
  else report(first);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

interface BuiltFile {
  readonly sum: string;
  readonly bytes: number;
}

async function buildInto(name: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const folder = path.join(scratch, name);
  await build(folder);
  const files = new Map<string, BuiltFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    const sum = createHash('sha256').update(bytes).digest('hex');
    files.set(path.relative(folder, file).replaceAll('\\', '/'), { sum, bytes: bytes.length });
  }
  return files;
}

function report(files: ReadonlyMap<string, BuiltFile>): void {
  const whole = createHash('sha256');
  const totals = { action: 0, npm: 0 };
  for (const [name, { sum, bytes }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    whole.update(`${sum}  ${name}\n`);
    totals[name.startsWith('npm/') ? 'npm' : 'action'] += bytes;
    if (/^[^/]+\.js$/.test(name) && bytes >= SHOWN_FROM)
      process.stdout.write(`${kibibytes(bytes)}  ${name}\n`);
  }
  process.stdout.write(`${kibibytes(totals.action)}  Action with grammars and rules\n`);
  process.stdout.write(`${kibibytes(totals.npm)}  npm package, unpacked\n`);
  process.stdout.write(`two builds of ${files.size} files are byte-identical: ${whole.digest('hex')}\n`);
}

function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1).padStart(9)} KiB`;
}
