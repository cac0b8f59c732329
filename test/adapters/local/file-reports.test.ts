import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileReports } from '../../../src/adapters/local/file-reports.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'assay-reports-'));
  await mkdir(path.join(cwd, 'out'));
  for (const name of ['out/b.sarif', 'out/a.sarif', 'out/[x].sarif', 'c.json'])
    await writeFile(path.join(cwd, name), name);
});
afterEach(() => rm(cwd, { recursive: true }));

async function* standardInput(): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode('piped');
}

async function open(...patterns: string[]): Promise<string[]> {
  const reports = await createFileReports({ patterns, cwd, stdin: standardInput() }).open();
  return Promise.all(
    reports.map(
      async ({ name, bytes }) => `${name}: ${Buffer.concat(await Array.fromAsync(bytes)).toString()}`,
    ),
  );
}

describe('reports named on the command line', () => {
  it('come in the order they were named, globs sorted, standard input by a dash', async () => {
    expect(await open('c.json', 'out/?.sarif', '-')).toEqual([
      'c.json: c.json',
      'out/a.sarif: out/a.sarif',
      'out/b.sarif: out/b.sarif',
      '-: piped',
    ]);
  });

  it('are read once, however often and by whatever name they are given', async () => {
    await symlink(path.join(cwd, 'c.json'), path.join(cwd, 'link.json'));
    expect(await open('c.json', './c.json', 'link.json', '*.json')).toEqual(['c.json: c.json']);
  });

  it('may have a name that looks like a glob', async () => {
    expect(await open('out/[x].sarif')).toEqual(['out/[x].sarif: out/[x].sarif']);
  });

  it('are refused with the way to mend it when they are not there', async () => {
    await expect(open('nowhere.sarif')).rejects.toThrow('There is no report nowhere.sarif.');
    await expect(open('none/*.sarif')).rejects.toThrow('The glob none/*.sarif matches no file.');
    await expect(open('out')).rejects.toThrow('out is a folder; a report is a file.');
  });
});
