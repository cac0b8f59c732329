// Files of a run on disk: whole or not there at all.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import { explainDiskFault } from '../../../src/adapters/local/disk-fault.ts';
import { DiskOutput } from '../../../src/adapters/local/disk-output.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'assay-output-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function errorOf(work: Promise<unknown>): Promise<AssayError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AssayError) return error;
  throw new Error('no AssayError was thrown', { cause: error });
}

describe('the output folder', () => {
  it('is made on the first write, and a file is replaced whole', async () => {
    const folder = path.join(root, 'deep/assay-out');
    const output = new DiskOutput(folder, 'deep/assay-out');
    await output.write('assay.json', 'first, and longer');
    await output.write('assay.json', 'second');
    expect(await readFile(path.join(folder, 'assay.json'), 'utf8')).toBe('second');
    expect(await readdir(folder)).toEqual(['assay.json']);
  });

  it("loses an earlier run's file, and does not mind when there is none", async () => {
    const output = new DiskOutput(root, 'out');
    await output.write('assay.json', '{}');
    await output.remove('assay.json');
    await output.remove('assay.json');
    expect(await readdir(root)).toEqual([]);
  });

  it('is readable by the other steps of a job', async () => {
    await new DiskOutput(root, 'out').write('assay.json', '{}');
    // Windows knows only whether a file may be written.
    const readable = process.platform === 'win32' ? 0o666 : 0o644 & ~process.umask();
    expect((await stat(path.join(root, 'assay.json'))).mode & 0o777).toBe(readable);
  });

  it.each(['../assay.json', 'a/b/c', 'a/../b', '../a/b', 'a\\b', '.hidden', '', 'nul\0', '/etc/passwd'])(
    'refuses the name %j',
    async (name) => {
      const error = await errorOf(new DiskOutput(root, 'out').write(name, 'x'));
      expect(error.code).toBe('internal');
      expect(await readdir(root)).toEqual([]);
    },
  );

  it('makes one folder deep, and never through a link that somebody left there', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'assay-elsewhere-'));
    await symlink(elsewhere, path.join(root, 'patches'));
    await new DiskOutput(root, 'out').write('patches/c0ffee0000000001.patch', 'diff');
    expect(await readFile(path.join(root, 'patches/c0ffee0000000001.patch'), 'utf8')).toBe('diff');
    expect(await readdir(elsewhere)).toEqual([]);
    await new DiskOutput(root, 'out').remove('patches');
    expect(await readdir(root)).toEqual([]);
  });

  it('says so when a file is in the way of the folder', async () => {
    await writeFile(path.join(root, 'out'), 'I was here first');
    const error = await errorOf(new DiskOutput(path.join(root, 'out'), 'out').write('assay.json', 'x'));
    expect(error.code).toBe('output');
    expect(error.message).toBe('out cannot be made a folder: a file is in the way.');
    expect(error.hint).toContain('--out');
  });

  it('says so when a folder is in the way of the file, and leaves no temporary file behind', async () => {
    await mkdir(path.join(root, 'assay.json'));
    const error = await errorOf(new DiskOutput(root, 'out').write('assay.json', 'x'));
    expect(error.code).toBe('output');
    expect(error.message).toContain('out/assay.json cannot be written');
    expect(await readdir(root)).toEqual(['assay.json']);
  });

  it.each([
    ['EACCES', 'access is denied', 'Make the folder writable'],
    ['EPERM', 'access is denied', 'Make the folder writable'],
    ['EROFS', 'access is denied', 'Make the folder writable'],
    ['ENOSPC', 'the disk is full', 'Make room'],
    ['EDQUOT', 'the disk is full', 'Make room'],
  ])('explains %s as: %s', (code, message, hint) => {
    const error = explainDiskFault(Object.assign(new Error('raw'), { code }), {
      folder: 'out',
      name: 'assay.json',
    });
    expect(error.code).toBe('output');
    expect(error.message).toBe(`out/assay.json cannot be written: ${message}.`);
    expect(error.hint).toContain(hint);
  });
});
