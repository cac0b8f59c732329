// The patch text is judged by git itself: it must take it, and the file must come out byte for byte.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import { editsBetween } from '#patch/edits-between.ts';
import { unifiedDiff } from '#patch/unified-diff.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';

const root = createTemporaryFolder();
execFileSync('git', ['init', '-q'], { cwd: root });

/** What stands in the file after git applied the patch. */
function applyWithGit(path: string, before: string, patch: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, before);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', ...args], {
      cwd: root,
      input: patch,
      stdio: 'pipe',
    });
  git('--check');
  git();
  return readFileSync(file, 'utf8');
}

const lineEnd = fc.constantFrom('\n', '\r\n');
const line = fc.oneof(
  fc.constantFrom('', ' ', '}', '-- a', '+++ b', '@@ -1 +1 @@', '\\ No newline', '```', 'naïve 中文 😀'),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\n\0]/g, '')),
);
const text = fc
  .tuple(fc.array(fc.tuple(line, lineEnd), { maxLength: 25 }), fc.option(line), fc.constantFrom('', '\uFEFF'))
  .map(([lines, last, mark]) => mark + lines.map(([content, end]) => content + end).join('') + (last ?? ''));
/** A text and the same one with some lines gone, replaced or added. */
const change = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(30), fc.nat(3), text), { maxLength: 3 }))
  .map(([before, cuts]) => {
    const lines = before.split(/(?<=\n)/);
    for (const [at, length, added] of cuts) lines.splice(at, length, added);
    return { before, after: lines.join('') };
  })
  .filter(({ before, after }) => !/\r(?!\n)/.test(before) && !/\r(?!\n)/.test(after));

describe('edits between two texts', () => {
  test('lead from one to the other, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.oneof(change, fc.record({ before: text, after: text })), ({ before, after }) => {
        expect(applyEdits(before, editsBetween(before, after))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('touch only lines that differ', () => {
    expect(editsBetween('a\nb\nc\nd\ne\n', 'a\nB\nc\ne\nf\n')).toEqual([
      { startLine: 2, lines: 1, newText: 'B\n' },
      { startLine: 4, lines: 1, newText: '' },
      { startLine: 6, lines: 0, newText: 'f\n' },
    ]);
  });

  test('are one when nearly everything differs', () => {
    const many = (mark: string) => Array.from({ length: 1000 }, (_, index) => `${mark}${index}\n`).join('');
    const edits = editsBetween(many('a'), many('b'));
    expect(edits).toHaveLength(1);
    expect(applyEdits(many('a'), edits)).toBe(many('b'));
  });
});

describe('the patch text', () => {
  test('reads as git writes it', () => {
    expect(unifiedDiff('src/a file.py', 'one\ntwo\nthree', 'one\n2\nthree')).toBe(
      'diff --git a/src/a file.py b/src/a file.py\n--- a/src/a file.py\t\n+++ b/src/a file.py\t\n' +
        '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n\\ No newline at end of file\n',
    );
    expect(unifiedDiff('a.py', 'same\n', 'same\n')).toBe('');
  });

  test('is taken by git, which makes exactly the file that was meant', () => {
    fc.assert(
      fc.property(change, ({ before, after }) => {
        fc.pre(before !== after);
        expect(applyWithGit('src/file.txt', before, unifiedDiff('src/file.txt', before, after))).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['a file that becomes empty', 'a\n', ''],
    ['an empty file that gets lines', '', 'a\nb'],
    ['a last line end added', 'a\nb', 'a\nb\n'],
    ['a last line end taken away', 'a\nb\n', 'a\nb'],
    ['CRLF', 'a\r\nb\r\nc', 'a\r\nB\r\nc'],
    ['line ends changed', 'a\r\nb\r\n', 'a\nb\n'],
  ])('is taken by git: %s', (_what, before, after) => {
    expect(applyWithGit('edge.txt', before, unifiedDiff('edge.txt', before, after))).toBe(after);
  });

  test.each([
    'with space.txt',
    'a b/c d.txt',
    ' lead.txt',
    'trail .txt ',
    '"quoted".txt',
    "it's.txt",
    'back\\slash.txt',
    'tab\there.txt',
    'line\nend.txt',
    'bell\u0007 and \u007f.txt',
    'ümläut 中文 😀.txt',
    'b/a b/a.txt',
    '-n.txt',
    '/dev'.slice(1),
    'x => {y}.txt',
    'caf\u0065\u0301 name.txt',
  ])('is taken by git for a file named %j', (path) => {
    expect(applyWithGit(`odd/${path}`, 'a\nb\n', unifiedDiff(`odd/${path}`, 'a\nb\n', 'a\nB\n'))).toBe(
      'a\nB\n',
    );
  });
});
