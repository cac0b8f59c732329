import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change.ts';
import { openLocalGit } from '../../../src/adapters/local/local-git.ts';
import { parseGitDiff } from '../../../src/adapters/local/parse-git-diff.ts';
import { decodeQuotedName } from '../../../src/adapters/local/quoted-name.ts';
import { createGitRepository, type GitRepository } from '../../doubles/git-repository.ts';

const opened: GitRepository[] = [];
afterEach(() => {
  for (const repository of opened.splice(0)) repository.dispose();
});

function createRepository(): GitRepository {
  const repository = createGitRepository();
  opened.push(repository);
  return repository;
}

/** The change between the two last commits. */
async function diffOf(repository: GitRepository): Promise<readonly ChangedFile[]> {
  await using git = await openLocalGit({ folder: repository.root, base: 'HEAD~1', head: 'HEAD' });
  return (await git?.diff())?.files ?? [];
}

async function changeOne(before: string | Uint8Array, after: string | Uint8Array) {
  const repository = createRepository();
  repository.write('a.ts', before).commit();
  repository.write('a.ts', after).commit();
  const [file] = await diffOf(repository);
  return file;
}

const hunk = (oldStart: number, oldLines: number, newStart: number, newLines: number) => ({
  oldStart,
  oldLines,
  newStart,
  newLines,
});

describe('a diff tells which lines of which files differ', () => {
  it('lists modified, inserted and deleted lines as git counts them', async () => {
    const file = await changeOne('1\n2\n3\n4\n5\n', '0\n1\nTWO\n3\n5\n');
    expect(file).toEqual({
      status: 'modified',
      oldPath: 'a.ts',
      newPath: 'a.ts',
      binary: false,
      hunks: [hunk(0, 0, 1, 1), hunk(2, 1, 3, 1), hunk(4, 1, 4, 0)],
    });
  });

  it('is not misled by content that looks like a diff', async () => {
    const before =
      '-- a/x\n++ b/x\n@@ -1 +1 @@\ndiff --git a/a.ts b/a.ts\n\\ No newline\nBinary files differ\n';
    const file = await changeOne(before, `${before.replaceAll('\n', '!\n')}@@ -1,9 +1,9 @@\n`);
    expect(file?.hunks).toEqual([hunk(1, 6, 1, 7)]);
    expect(file?.binary).toBe(false);
  });

  it('counts a last line without its line end, and the end that is added to it', async () => {
    expect((await changeOne('1\n2', '1\n2\n'))?.hunks).toEqual([hunk(2, 1, 2, 1)]);
    expect((await changeOne('1\n2', '1\n2\n3'))?.hunks).toEqual([hunk(2, 1, 2, 2)]);
  });

  it('follows a rename, with and without changes, and calls a copy what it is: added', async () => {
    const repository = createRepository();
    const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
    repository
      .write('pure.ts', text)
      .write('edited.ts', `${text}edited\n`)
      .write('kept.ts', `${text}kept\n`)
      .commit();
    repository.move('pure.ts', 'moved/pure.ts').move('edited.ts', 'moved/edited.ts');
    repository.write('moved/edited.ts', `first\n${text}edited\n`).write('copy.ts', `${text}kept\n`).commit();
    expect(await diffOf(repository)).toEqual([
      { status: 'added', oldPath: null, newPath: 'copy.ts', binary: false, hunks: [hunk(0, 0, 1, 21)] },
      {
        status: 'renamed',
        oldPath: 'edited.ts',
        newPath: 'moved/edited.ts',
        binary: false,
        hunks: [hunk(0, 0, 1, 1)],
      },
      { status: 'renamed', oldPath: 'pure.ts', newPath: 'moved/pure.ts', binary: false, hunks: [] },
    ]);
  });

  it('tells added, deleted and empty files', async () => {
    const repository = createRepository();
    repository.write('gone.ts', 'x\ny\n').write('empty-gone', '').commit();
    repository.remove('gone.ts').remove('empty-gone').write('new.ts', '1\n').write('z', '').commit();
    const files = await diffOf(repository);
    expect(files).toContainEqual({
      status: 'deleted',
      oldPath: 'gone.ts',
      newPath: null,
      binary: false,
      hunks: [hunk(1, 2, 0, 0)],
    });
    expect(files).toContainEqual({
      status: 'added',
      oldPath: null,
      newPath: 'new.ts',
      binary: false,
      hunks: [hunk(0, 0, 1, 1)],
    });
    expect(files).toContainEqual(expect.objectContaining({ newPath: 'z', hunks: [] }));
  });

  it('sees a changed mode as no changed line, and a file that becomes a link as a whole', async () => {
    const repository = createRepository();
    repository.write('run.sh', '1\n2\n').write('link', '1\n2\n3\n').commit();
    repository.makeExecutable('run.sh').remove('link').link('link', 'run.sh').commit();
    expect(await diffOf(repository)).toEqual([
      { status: 'type_changed', oldPath: 'link', newPath: 'link', binary: false, hunks: [hunk(1, 3, 1, 1)] },
      { status: 'modified', oldPath: 'run.sh', newPath: 'run.sh', binary: false, hunks: [] },
    ]);
  });

  it('says that the lines of a binary file cannot be compared', async () => {
    const file = await changeOne(Buffer.from([0, 1, 2]), Buffer.from([0, 1, 3]));
    expect(file).toMatchObject({ binary: true, hunks: [] });
  });

  it('says the same of a source file that the change declares binary', async () => {
    const repository = createRepository();
    repository.write('a.ts', '1\n').commit();
    repository.write('a.ts', '1\neval(x)\n').write('.gitattributes', '*.ts binary\n').commit();
    expect(await diffOf(repository)).toContainEqual(
      expect.objectContaining({ newPath: 'a.ts', binary: true, hunks: [] }),
    );
  });

  it('says the same of lines that end in a lone CR, which git does not count', async () => {
    expect(await changeOne('1\n', '1\nsafe()\reval(x)\r\n')).toMatchObject({ binary: true });
    expect(await changeOne('1\r\n', '1\r\n2\r\n')).toMatchObject({
      binary: false,
      hunks: [hunk(1, 0, 2, 1)],
    });
  });

  it('reads a submodule as one file', async () => {
    const repository = createRepository();
    repository.write('a.ts', '').commit();
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    repository.git('commit', '-qm', 'module');
    expect(await diffOf(repository)).toEqual([
      { status: 'added', oldPath: null, newPath: 'module', binary: false, hunks: [hunk(0, 0, 1, 1)] },
    ]);
  });

  it('keeps to itself whatever the repository configures for diffs', async () => {
    const repository = createRepository();
    repository.write('dir/é.ts', '1\n2\n3\n4\n').commit();
    repository.write('dir/é.ts', '1\nTWO\n3\nFOUR\n').commit();
    for (const [key, value] of [
      ['diff.noprefix', 'true'],
      ['diff.mnemonicPrefix', 'true'],
      ['diff.renames', 'copies'],
      ['diff.context', '9'],
      ['diff.interHunkContext', '9'],
      ['diff.algorithm', 'patience'],
      ['diff.wordRegex', '.'],
      ['diff.submodule', 'log'],
      ['diff.orderFile', 'missing'],
      ['diff.relative', 'true'],
      ['diff.autoRefreshIndex', 'false'],
      ['diff.colorMoved', 'zebra'],
      ['color.ui', 'always'],
      ['color.diff', 'always'],
      ['core.quotePath', 'false'],
      ['core.abbrev', '4'],
    ] as const) {
      repository.git('config', key, value);
    }
    expect(await diffOf(repository)).toEqual([
      {
        status: 'modified',
        oldPath: 'dir/é.ts',
        newPath: 'dir/é.ts',
        binary: false,
        hunks: [hunk(2, 1, 2, 1), hunk(4, 1, 4, 1)],
      },
    ]);
  });

  it('reads a copy where a host was asked to find copies', async () => {
    const repository = createRepository();
    const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
    repository.write('a.ts', text).commit();
    repository.write('b c.ts', `${text}more\n`).commit();
    const output = repository.git('diff', '--raw', '-p', '-U0', '--find-copies-harder', 'HEAD~1', 'HEAD');
    expect(parseGitDiff(Buffer.from(output)).files).toEqual([
      { status: 'copied', oldPath: 'a.ts', newPath: 'b c.ts', binary: false, hunks: [hunk(20, 0, 21, 1)] },
    ]);
  });

  it('refuses output that is no diff', () => {
    expect(() => parseGitDiff(Buffer.from('hello\n'))).toThrow('does not understand: hello');
    expect(() => parseGitDiff(Buffer.from(':100644 100644 0a 0b M\ta\n\ndiff --git a/b b/b\n'))).toThrow(
      'does not understand: diff --git a/b b/b',
    );
  });

  it('reads ten thousand files in one pass', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `src/${index}.ts`);
    const raw = names.map((name) => `:100644 100644 ${'a'.repeat(40)} ${'b'.repeat(40)} M\t${name}\n`);
    const patches = names.map(
      (name) =>
        `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -3 +3,2 @@\n-x\n+${'y'.repeat(500)}\n+z\n`,
    );
    const started = performance.now();
    const { files } = parseGitDiff(Buffer.from(`${raw.join('')}\n${patches.join('')}`));
    expect(files).toHaveLength(10_000);
    expect(files.every((file) => file.hunks[0]?.newLines === 2)).toBe(true);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('names that git quotes', () => {
  it.each([
    ['plain name.ts', 'plain name.ts'],
    ['"a\\tb\\n\\"c\\"\\\\d"', 'a\tb\n"c"\\d'],
    ['"caf\\303\\251"', 'café'],
    ['"\\360\\237\\230\\200\\a\\b\\v\\f\\r\\001"', '😀\u0007\b\v\f\r\u0001'],
    ['"\\377"', '\uFFFD'],
  ])('%s means %j', (quoted, name) => {
    expect(decodeQuotedName(quoted)).toBe(name);
  });
});

/** The new text, rebuilt from the old one and the lines that the hunks give to the new side. */
function rebuild(before: readonly string[], after: readonly string[], hunks: ChangedFile['hunks']): string[] {
  const built: string[] = [];
  let at = 0;
  for (const { oldStart, oldLines, newStart, newLines } of hunks) {
    const from = oldLines === 0 ? oldStart : oldStart - 1;
    built.push(...before.slice(at, from));
    const to = newLines === 0 ? newStart : newStart - 1;
    built.push(...after.slice(to, to + newLines));
    at = from + oldLines;
  }
  return [...built, ...before.slice(at)];
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

describe('against git itself, on repositories made at random', () => {
  const line = fc.constantFrom(
    'a',
    'b',
    'c',
    '',
    '}',
    '-',
    '+x',
    '@@ -1 +1 @@',
    '\\ No newline at end of file',
    'd\r',
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));
  const tree = fc.dictionary(fc.constantFrom('a', 'b c', 'd"e', 'é', 'f\tg', 'h\ni', '-k'), text, {
    noNullPrototype: true,
  });

  it('finds the same files and lines, and its hunks turn the old text into the new', async () => {
    const repository = createRepository();
    repository.write('keep', '').commit();
    await fc.assert(
      fc.asyncProperty(tree, tree, async (before, after) => {
        for (const files of [before, after]) {
          repository.git('rm', '-rqf', '--ignore-unmatch', '.');
          repository.write('keep', '');
          for (const [path, content] of Object.entries(files)) repository.write(path, content);
          repository.commit();
        }
        const found = await diffOf(repository);
        expect(new Map(found.map((file) => [file.newPath ?? file.oldPath, countLines(file)]))).toEqual(
          numbersOfGit(repository),
        );
        for (const file of found) {
          const old = linesOf(before[file.oldPath ?? ''] ?? '');
          const now = linesOf(after[file.newPath ?? ''] ?? '');
          expect(rebuild(old, now, file.hunks)).toEqual(now);
        }
      }),
      { numRuns: 15 },
    );
  });
});

function countLines(file: ChangedFile): string {
  const sum = (side: 'newLines' | 'oldLines') => file.hunks.reduce((total, hunk) => total + hunk[side], 0);
  return `+${sum('newLines')} -${sum('oldLines')}`;
}

/** Path at the new side → lines added and deleted, from `--numstat -z`. */
function numbersOfGit(repository: GitRepository): Map<string, string> {
  const fields = repository
    .git('diff', '--numstat', '-z', '--find-renames', '--no-rename-empty', 'HEAD~1', 'HEAD')
    .split('\0');
  const numbers = new Map<string, string>();
  for (let at = 0; at < fields.length - 1; at += 1) {
    const [added, deleted, ...name] = (fields[at] ?? '').split('\t');
    const isRename = name.join('\t') === '';
    const path = isRename ? fields[at + 2] : name.join('\t');
    numbers.set(path ?? '', `+${added} -${deleted}`);
    if (isRename) at += 2;
  }
  return numbers;
}
