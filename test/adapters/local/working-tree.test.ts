import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceCache } from '../../../src/adapters/local/source-cache.ts';
import { walkFolder } from '../../../src/adapters/local/walk-folder.ts';
import { openWorkingTree, type WorkingTree } from '../../../src/adapters/local/working-tree.ts';
import { pathProblem } from '../../../src/code/source-path.ts';
import { describeStoredText, describeWorkspace } from '../../contract/workspace.contract.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';

async function buildTree(files: ReadonlyMap<string, string | Uint8Array>) {
  const root = createTemporaryFolder();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { workspace: await openWorkingTree(root), dispose: () => rmSync(root, { recursive: true }) };
}

describeWorkspace('the working tree', buildTree);
describeStoredText('the working tree', buildTree);

describe('the working tree reads below its root and nothing else', () => {
  let outer: string;
  let tree: WorkingTree;
  beforeEach(async () => {
    outer = createTemporaryFolder();
    mkdirSync(join(outer, 'repo/src'), { recursive: true });
    writeFileSync(join(outer, 'secret'), 'token');
    writeFileSync(join(outer, 'repo/src/a.ts'), 'text');
    tree = await openWorkingTree(join(outer, 'repo'));
  });
  afterEach(() => rmSync(outer, { recursive: true }));

  it('follows no link, wherever it leads', async () => {
    symlinkSync('../../secret', join(outer, 'repo/src/out.ts'));
    symlinkSync('a.ts', join(outer, 'repo/src/in.ts'));
    symlinkSync('/proc/self/environ', join(outer, 'repo/src/proc.ts'));
    symlinkSync('nowhere', join(outer, 'repo/src/dangling.ts'));
    for (const name of ['out', 'in', 'proc']) {
      expect(await tree.read(`src/${name}.ts`)).toEqual({ kind: 'refused', why: 'is a symbolic link' });
      expect(await tree.readBytes(`src/${name}.ts`)).toBeNull();
    }
    expect(await tree.read('src/dangling.ts')).toEqual({ kind: 'missing' });
  });

  it('goes through no linked folder, also when it stays inside', async () => {
    symlinkSync('..', join(outer, 'repo/up'));
    symlinkSync('src', join(outer, 'repo/alias'));
    expect(await tree.read('up/secret')).toEqual({ kind: 'refused', why: 'lies behind a symbolic link' });
    expect(await tree.read('alias/a.ts')).toEqual({ kind: 'refused', why: 'lies behind a symbolic link' });
  });

  // Windows has no named pipes in the file system.
  it.skipIf(process.platform === 'win32')(
    'opens regular files only, and does not wait for a named pipe',
    async () => {
      execFileSync('sh', ['-c', 'mkfifo "$0"', join(outer, 'repo/pipe')]);
      expect(await tree.read('pipe')).toEqual({ kind: 'refused', why: 'is not a regular file' });
      expect(await tree.read('src')).toEqual({ kind: 'refused', why: 'is a folder' });
    },
  );

  it('reads a hard link as the file that it is', async () => {
    linkSync(join(outer, 'repo/src/a.ts'), join(outer, 'repo/src/hard.ts'));
    expect(await tree.read('src/hard.ts')).toMatchObject({ kind: 'text', text: 'text' });
  });

  it.each([
    '.git/config',
    '.GIT/config',
    'sub/.git/config',
    '.git',
    'git~1/config',
    '.g\u200cit/config',
    '.git. /x',
  ])("keeps git's own folder closed under the name %j", async (path) => {
    mkdirSync(join(outer, 'repo/.git'));
    writeFileSync(join(outer, 'repo/.git/config'), 'extraheader = token');
    expect(await tree.read(path)).toEqual({ kind: 'refused', why: "lies in git's own folder" });
    expect(await tree.readBytes(path)).toBeNull();
  });

  it('lists links but not what they lead to, and no .git folder', async () => {
    mkdirSync(join(outer, 'repo/src/.git'));
    writeFileSync(join(outer, 'repo/src/.git/config'), '');
    symlinkSync('..', join(outer, 'repo/up'));
    expect(await tree.files()).toEqual(['src/a.ts', 'up']);
  });

  it('ends with a clear error when a folder holds more files than can be listed', async () => {
    writeFileSync(join(outer, 'repo/src/b.ts'), '');
    await expect(walkFolder(join(outer, 'repo'), 1)).rejects.toMatchObject({
      code: 'repository',
      message: `${join(outer, 'repo')} holds more than 1 files.`,
      hint: 'Point --repo at the project itself, not at a folder above it.',
    });
  });

  it('reads many files at once without running out of handles', async () => {
    for (let index = 0; index < 300; index += 1) writeFileSync(join(outer, `repo/${index}.ts`), `${index}`);
    const read = await Promise.all(Array.from({ length: 300 }, (_, index) => tree.read(`${index}.ts`)));
    expect(read.every((outcome, index) => outcome.kind === 'text' && outcome.text === `${index}`)).toBe(true);
  });
});

describe('paths that Windows would read otherwise', () => {
  it.each([
    ['src\\..\\..\\secret', 'holds a character that Windows reads as a separator'],
    ['C:/secret', 'holds a character that Windows reads as a separator'],
    ['a.ts:stream', 'holds a character that Windows reads as a separator'],
    ['src/.. /secret', 'has a segment that Windows reads without its last character'],
    ['a.ts.', 'has a segment that Windows reads without its last character'],
    ['src/NUL', 'names a device'],
    ['com1.ts', 'names a device'],
    ['.git::$INDEX_ALLOCATION/config', "lies in git's own folder"],
  ])('are refused there: %j', (path, why) => {
    expect(pathProblem(path, 'win32')).toBe(why);
  });

  it('are names like any other elsewhere', () => {
    expect(pathProblem('back\\slash:name.', 'linux')).toBeNull();
  });
});

describe('a run reads each file once', () => {
  it('however often and in whatever form it is asked for', async () => {
    const loads: string[] = [];
    const cache = new SourceCache(async (path) => {
      loads.push(path);
      return { kind: 'bytes', bytes: Buffer.from(path) };
    });
    await Promise.all([cache.read('a'), cache.readBytes('a'), cache.read('b')]);
    await cache.read('a');
    expect(loads).toEqual(['a', 'b']);
  });

  it('unless memory is short: then the longest unused file goes first', async () => {
    const loads: string[] = [];
    const cache = new SourceCache(async (path) => {
      loads.push(path);
      return { kind: 'bytes', bytes: Buffer.alloc(1000) };
    }, 3500);
    for (const path of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.read(path);
    expect(loads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('and tries again after an error of the system', async () => {
    let attempts = 0;
    const cache = new SourceCache(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('too many open files');
      return { kind: 'missing' };
    });
    await expect(cache.read('a')).rejects.toThrow('too many open files');
    expect(await cache.read('a')).toEqual({ kind: 'missing' });
  });
});
