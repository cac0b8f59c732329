// The files that hold OSV records, and the texts in them.
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { markOutside } from '../../support/mark-outside.ts';
import type { FoundText } from './found-text.ts';
import { readArchive } from './record-archive.ts';

export interface RecordFile {
  /** Absolute. */
  readonly file: string;
  /** Below the folder that was named; '' for that itself. */
  readonly name: string;
}

const RECORDS = /\.(?:json|jsonl|ndjson|zip)$/i;
const LINES = /\.(?:jsonl|ndjson)$/i;
/** The largest records, of operating systems' kernels, have some megabytes. */
const LARGEST_RECORD = 16 * 1024 * 1024;
/** GitHub's database has some 300,000 files. */
const MOST_FILES = 2_000_000;

/** In the order of their names. Links to files are followed, links to folders are not. */
export async function* listRecordFiles(root: string): AsyncGenerator<RecordFile> {
  const folders = [''];
  let files = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      yield { file: path.join(root, folder), name: folder };
      continue;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === '.git') continue;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(name);
      else if (RECORDS.test(entry.name)) yield { file: path.join(root, name), name };
      files += 1;
      if (files > MOST_FILES) return yield { file: '', name: 'the rest of the folder' };
    }
  }
}

/** Never throws for what the file is: what cannot be read is told. */
export async function* readRecordFile({ file, name }: RecordFile): AsyncGenerator<FoundText> {
  const told = markOutside(name === '' ? path.basename(file) : name);
  try {
    if (file === '') yield { kind: 'gap', why: `More than ${MOST_FILES} files are not read.` };
    else if (!(await stat(file)).isFile()) yield { kind: 'gap', why: `${told} is no file that can be read.` };
    else if (await isArchive(file)) yield* readArchive(file, told);
    else if (LINES.test(file)) yield* readLines(file, told);
    else yield await readOne(file, told);
  } catch (error) {
    yield { kind: 'gap', why: `${told} cannot be read (${codeOf(error)}).` };
  }
}

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && ['504b0304', '504b0506'].includes(buffer.toString('hex'));
  } finally {
    await handle.close();
  }
}

async function readOne(file: string, name: string): Promise<FoundText> {
  const { size } = await stat(file);
  if (size > LARGEST_RECORD) return tooLarge(name);
  return { kind: 'text', name, text: await readFile(file, 'utf8') };
}

async function* readLines(file: string, name: string): AsyncGenerator<FoundText> {
  let pending = '';
  let isSkipping = false;
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (!isSkipping && line.trim() !== '') yield { kind: 'text', name, text: line };
      isSkipping = false;
    }
    if (isSkipping) pending = '';
    if (pending.length <= LARGEST_RECORD) continue;
    yield tooLarge(name);
    [pending, isSkipping] = ['', true];
  }
  if (!isSkipping && pending.trim() !== '') yield { kind: 'text', name, text: pending };
}

function tooLarge(name: string): FoundText {
  return { kind: 'gap', why: `A record of ${name} has more than the ${LARGEST_RECORD} bytes that are read.` };
}

const CODE = /^[A-Z][A-Z0-9_]{1,40}$/;

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && CODE.test(code) ? code : 'unknown';
}
