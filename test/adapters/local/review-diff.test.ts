import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ReviewFile } from '#domain/review-diff.ts';
import { openLocalGit } from '../../../src/adapters/local/local-git.ts';
import { parseReviewDiff } from '../../../src/adapters/local/parse-git-diff.ts';
import { createPatchReader, fileTexts } from '../../doubles/git-patches.ts';
import { createGitRepository, type GitRepository } from '../../doubles/git-repository.ts';
import { HOSTILE_FILE_NAMES } from '../../doubles/hostile-file-names.ts';

const opened: GitRepository[] = [];
afterEach(() => {
  for (const repository of opened.splice(0)) repository.dispose();
});

function createRepository(): GitRepository {
  const repository = createGitRepository();
  opened.push(repository);
  return repository;
}

async function reviewOf(repository: GitRepository): Promise<readonly ReviewFile[]> {
  const [from = '', to = ''] = repository.git('rev-parse', 'HEAD~1', 'HEAD').split('\n');
  await using git = await openLocalGit({ folder: repository.root, base: null, head: null });
  const diff = await git?.reviewDiff(from, to);
  expect(diff?.complete).toBe(true);
  return diff?.files ?? [];
}

async function changeOne(before: string | Uint8Array, after: string | Uint8Array) {
  const repository = createRepository();
  repository.write('a.ts', before).commit();
  repository.write('a.ts', after).commit();
  const [file] = await reviewOf(repository);
  return file;
}

const numbered = (count: number, change: (line: number) => string = String) =>
  Array.from({ length: count }, (_, index) => `${change(index + 1)}\n`).join('');

describe('the change as a forge shows it', () => {
  it('has three lines around each change, and one hunk where they meet', async () => {
    const file = await changeOne(
      numbered(30),
      numbered(30, (line) => ([5, 12, 24].includes(line) ? 'X' : String(line))),
    );
    expect(file?.hunks).toEqual([
      {
        oldStart: 2,
        oldLines: 14,
        newStart: 2,
        newLines: 14,
        marks: '   -+      -+   ',
        newlineMissing: false,
      },
      { oldStart: 21, oldLines: 7, newStart: 21, newLines: 7, marks: '   -+   ', newlineMissing: false },
    ]);
  });

  it('parts two changes with seven lines between them, though their hunks touch', async () => {
    const file = await changeOne(
      numbered(20),
      numbered(20, (line) => ([4, 12].includes(line) ? 'X' : String(line))),
    );
    expect(file?.hunks?.map(({ newStart, newLines }) => [newStart, newLines])).toEqual([
      [1, 7],
      [9, 7],
    ]);
  });

  it('tells on which side the last line has no line end', async () => {
    expect((await changeOne('a\nb', 'a\nb\n'))?.hunks?.[0]).toMatchObject({
      marks: ' -+',
      newlineMissing: false,
    });
    expect((await changeOne('a\nb\n', 'a\nb'))?.hunks?.[0]).toMatchObject({
      marks: ' -+',
      newlineMissing: true,
    });
    expect((await changeOne('a\nb', 'X\nb'))?.hunks?.[0]).toMatchObject({
      marks: '-+ ',
      newlineMissing: true,
    });
    expect((await changeOne('a\nb\nc', 'a\nb\n'))?.hunks?.[0]).toMatchObject({
      marks: '  -',
      newlineMissing: false,
    });
    expect((await changeOne('a\nb\nc\n', 'a'))?.hunks?.[0]).toMatchObject({
      marks: '---+',
      newlineMissing: true,
    });
    expect(
      (await changeOne(numbered(20), numbered(20).replace('1\n', 'X\n').trimEnd()))?.hunks,
    ).toMatchObject([{ newlineMissing: false }, { newlineMissing: true }]);
  });

  it('keeps to lines as git counts them in files with CRLF, and shows none where a CR stands alone', async () => {
    expect((await changeOne('a\r\nb\r\n\r\n', 'a\r\nX\r\n\r\n'))?.hunks?.[0]).toMatchObject({
      marks: ' -+ ',
    });
    expect((await changeOne('a\r\nb\r', 'a\r\nX\r'))?.hunks?.[0]).toMatchObject({
      marks: ' -+',
      newlineMissing: true,
    });
    expect((await changeOne('a\nb\n', 'a\nb\rc\n'))?.hunks).toBeNull();
  });

  it('counts empty lines of context, also for who tells git to leave their space out', async () => {
    const repository = createRepository();
    repository.write('a.ts', '\n\na\n\n\n').commit();
    repository.write('a.ts', '\n\nb\n\n\n').commit();
    repository.git('config', 'diff.suppressBlankEmpty', 'true');
    expect((await reviewOf(repository))[0]?.hunks?.[0]?.marks).toBe('  -+  ');
  });

  it('is not misled by code that looks like a diff', async () => {
    const text =
      '-- a/x\n++ b/x\n@@ -1 +1 @@\ndiff --git a/a.ts b/a.ts\n\\ No newline\nBinary files differ\n';
    const file = await changeOne(text, text.replaceAll('\n', '!\n'));
    expect(file?.hunks).toEqual([
      { oldStart: 1, oldLines: 6, newStart: 1, newLines: 6, marks: '------++++++', newlineMissing: false },
    ]);
  });

  it('tells added, deleted and empty files', async () => {
    const repository = createRepository();
    repository.write('gone.ts', 'x\ny\n').write('empty-gone', '').commit();
    repository.remove('gone.ts').remove('empty-gone').write('new.ts', '1\n2').write('z', '').commit();
    expect(await reviewOf(repository)).toEqual([
      { status: 'deleted', oldPath: 'empty-gone', newPath: null, hunks: [] },
      {
        status: 'deleted',
        oldPath: 'gone.ts',
        newPath: null,
        hunks: [{ oldStart: 1, oldLines: 2, newStart: 0, newLines: 0, marks: '--', newlineMissing: false }],
      },
      {
        status: 'added',
        oldPath: null,
        newPath: 'new.ts',
        hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 2, marks: '++', newlineMissing: true }],
      },
      { status: 'added', oldPath: null, newPath: 'z', hunks: [] },
    ]);
  });

  it('follows renames, with their lines, and knows copies where a host was asked for them', async () => {
    const repository = createRepository();
    repository
      .write('pure.ts', numbered(20))
      .write(
        'edited name.ts',
        numbered(20, (line) => `l${line}`),
      )
      .commit();
    repository.move('pure.ts', 'to/pure.ts').move('edited name.ts', 'to/edited name.ts');
    repository
      .write(
        'to/edited name.ts',
        numbered(20, (line) => (line === 20 ? 'X' : `l${line}`)),
      )
      .commit();
    expect(await reviewOf(repository)).toEqual([
      {
        status: 'renamed',
        oldPath: 'edited name.ts',
        newPath: 'to/edited name.ts',
        hunks: [
          { oldStart: 17, oldLines: 4, newStart: 17, newLines: 4, marks: '   -+', newlineMissing: false },
        ],
      },
      { status: 'renamed', oldPath: 'pure.ts', newPath: 'to/pure.ts', hunks: [] },
    ]);
    repository.write('copy.ts', `${numbered(20)}more\n`).commit();
    const output = repository.git('diff', '--raw', '-p', '--find-copies-harder', 'HEAD~1', 'HEAD');
    expect(parseReviewDiff(Buffer.from(`${output}\n`)).files).toMatchObject([
      {
        status: 'copied',
        oldPath: 'to/pure.ts',
        newPath: 'copy.ts',
        hunks: [{ newStart: 18, marks: '   +' }],
      },
    ]);
  });

  it('shows no lines of binary files, links that were files, and submodules; a changed mode changes no line', async () => {
    const repository = createRepository();
    repository
      .write('bin', Buffer.from([0, 1]))
      .write('run.sh', '1\n')
      .write('link', '1\n2\n')
      .commit();
    repository
      .write('bin', Buffer.from([0, 2]))
      .makeExecutable('run.sh')
      .remove('link')
      .link('link', 'run.sh');
    repository.git('add', '--all');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    repository.git('commit', '-qm', 'kinds');
    expect(await reviewOf(repository)).toEqual([
      { status: 'modified', oldPath: 'bin', newPath: 'bin', hunks: null },
      { status: 'type_changed', oldPath: 'link', newPath: 'link', hunks: null },
      { status: 'added', oldPath: null, newPath: 'module', hunks: null },
      { status: 'modified', oldPath: 'run.sh', newPath: 'run.sh', hunks: [] },
    ]);
  });

  it('gives every hostile name its own lines', async () => {
    const repository = createRepository();
    const names = HOSTILE_FILE_NAMES.filter((name) => !name.endsWith('/'));
    for (const [index, name] of names.entries()) repository.write(name, numbered(index + 1));
    repository.commit();
    for (const [index, name] of names.entries())
      repository.write(name, `@@ -9 +9 @@\n${numbered(index + 1)}`);
    repository.commit();
    const files = await reviewOf(repository);
    expect(files).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      const context = Math.min(3, index + 1);
      expect(files.find(({ newPath }) => newPath === name)?.hunks).toEqual([
        {
          oldStart: 1,
          oldLines: context,
          newStart: 1,
          newLines: context + 1,
          marks: `+${' '.repeat(context)}`,
          newlineMissing: false,
        },
      ]);
    }
  });

  it('is the same whatever the clone configures for diffs', async () => {
    const repository = createRepository();
    const body = 'f() {\n  a\n}\n\n';
    repository.write('a.ts', body.repeat(3)).commit();
    repository.write('a.ts', body.repeat(4)).commit();
    const plain = await reviewOf(repository);
    for (const [key, value] of [
      ['diff.context', '9'],
      ['diff.interHunkContext', '9'],
      ['diff.indentHeuristic', 'false'],
      ['diff.algorithm', 'patience'],
      ['diff.noprefix', 'true'],
      ['core.quotePath', 'false'],
      ['color.ui', 'always'],
    ] as const) {
      repository.git('config', key, value);
    }
    expect(await reviewOf(repository)).toEqual(plain);
  });

  it('is unknown when a commit is not here, and unreadable when it is torn', async () => {
    const repository = createRepository();
    const head = repository.write('a', '1\n').commit();
    await using git = await openLocalGit({ folder: repository.root, base: null, head: null });
    expect(await git?.reviewDiff('f'.repeat(40), head)).toBeNull();
    const raw = `:100644 100644 ${'a'.repeat(40)} ${'b'.repeat(40)} M\ta\n\ndiff --git a/a b/a\n`;
    expect(() => parseReviewDiff(Buffer.from(`${raw}@@ -1,3 +1,3 @@\n a\n-b\n`))).toThrow('@@ -1,3 +1,3 @@');
  });
});

describe('against git itself', () => {
  const reader = createPatchReader();
  afterAll(() => reader.dispose());

  it('its marks turn the old text into the new one, line by line', () => {
    const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    fc.assert(
      fc.property(fc.array(fc.tuple(fileTexts, fileTexts), { minLength: 30, maxLength: 40 }), (pairs) => {
        for (const { before, after, file } of reader.read(pairs)) {
          const [old, now] = [linesOf(before), linesOf(after)];
          const built: string[] = [];
          let oldAt = 0;
          for (const hunk of file.hunks ?? []) {
            const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
            built.push(...old.slice(oldAt, start));
            oldAt = start;
            for (const mark of hunk.marks) {
              if (mark === '+') built.push(now[built.length] ?? '?');
              else {
                if (mark === ' ') built.push(old[oldAt] ?? '?');
                oldAt += 1;
              }
            }
            const last = hunk.newStart + hunk.newLines - 1;
            expect(hunk.newlineMissing).toBe(
              hunk.newLines > 0 && last === now.length && !after.endsWith('\n'),
            );
          }
          expect([...built, ...old.slice(oldAt)]).toEqual(now);
        }
      }),
      { numRuns: 6 },
    );
  });
});
