import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseHunks } from '#domain/parse-hunks.ts';
import type { ReviewHunk } from '#domain/review-diff.ts';
import { createPatchReader, fileTexts } from '../doubles/git-patches.ts';

const hunk = (
  [oldStart, oldLines, newStart, newLines]: readonly [number, number, number, number],
  marks: string,
  newlineMissing = false,
): ReviewHunk => ({ oldStart, oldLines, newStart, newLines, marks, newlineMissing });

describe('the hunks of one file as a host hands them out', () => {
  it('are read with context, function names and left-out counts of one', () => {
    const patch = '@@ -1 +1,2 @@\n-a\n+b\n+c\n@@ -10,2 +11 @@ function call() {\n x\n-y';
    expect(parseHunks(patch)).toEqual([hunk([1, 1, 1, 2], '-++'), hunk([10, 2, 11, 1], ' -')]);
  });

  it('are those of an added, a deleted and an unchanged file', () => {
    expect(parseHunks('@@ -0,0 +1,2 @@\n+a\n+b\n')).toEqual([hunk([0, 0, 1, 2], '++')]);
    expect(parseHunks('@@ -1 +0,0 @@\n-a\n')).toEqual([hunk([1, 1, 0, 0], '-')]);
    expect(parseHunks('')).toEqual([]);
  });

  it('say whether the last line of the new side has no line end', () => {
    const end = '\\ No newline at end of file';
    expect(parseHunks(`@@ -1 +1 @@\n-a\n${end}\n+a\n`)).toEqual([hunk([1, 1, 1, 1], '-+')]);
    expect(parseHunks(`@@ -1 +1 @@\n-a\n+a\n${end}`)).toEqual([hunk([1, 1, 1, 1], '-+', true)]);
    expect(parseHunks(`@@ -1 +1 @@\n-a\n${end}\n+b\n${end}\n`)).toEqual([hunk([1, 1, 1, 1], '-+', true)]);
    expect(parseHunks(`@@ -1,2 +1 @@\n a\n-b\n${end}\n`)).toEqual([hunk([1, 2, 1, 1], ' -')]);
  });

  it('are counted, so that code which looks like a diff is code', () => {
    const patch = '@@ -1,3 +1,3 @@\n @@ -1 +1 @@\n--- a/x\n+++ b/x\n \\ No newline at end of file\n';
    expect(parseHunks(patch)).toEqual([hunk([1, 3, 1, 3], ' -+ ')]);
  });

  it('hold empty context lines, with their space and without it, and lines that end in CRLF', () => {
    expect(parseHunks('@@ -1,3 +1,3 @@\n \n\n-a\r\n+b\r\n')).toEqual([hunk([1, 3, 1, 3], '  -+')]);
  });
});

describe('a patch that cannot be trusted gives no lines at all', () => {
  it.each([
    ['is cut inside a hunk', '@@ -1,3 +1,3 @@\n a\n-b'],
    ['is cut behind a header', '@@ -1,3 +1,3 @@'],
    ['has a line too many', '@@ -1 +1 @@\n-a\n+b\n+c\n'],
    ['has more of one side than it says', '@@ -1 +1,3 @@\n-a\n-b\n+c\n'],
    ['starts with something else', 'diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b\n'],
    ['has a line without a mark', '@@ -1,2 +1,2 @@\n a\nb\n'],
    ['starts at line 0', '@@ -0,1 +1 @@\n-a\n+b\n'],
    ['shows nothing', '@@ -1,0 +1,0 @@\n'],
    ['has unlike lines before the first hunk', '@@ -5 +6 @@\n-a\n+b\n'],
    ['goes backwards', '@@ -5 +5 @@\n-a\n+b\n@@ -2 +2 @@\n-a\n+b\n'],
    ['has unlike lines between two hunks', '@@ -1 +1,2 @@\n-a\n+b\n+c\n@@ -9 +9 @@\n-a\n+b\n'],
    ['goes on behind the end of the file', '@@ -1 +1 @@\n-a\n+b\n\\ No newline\n@@ -9 +9 @@\n-a\n+b\n'],
    ['ends the file before its last line', '@@ -1,2 +1,2 @@\n a\n\\ No newline\n-b\n+c\n'],
    ['ends a line twice', '@@ -1 +1 @@\n-a\n+b\n\\ No newline\n\\ No newline\n'],
    ['ends a line that is not there', '@@ -1 +1 @@\n\\ No newline\n-a\n+b\n'],
    ['has numbers beyond reason', '@@ -99999999999 +99999999999 @@\n-a\n+b\n'],
    ['has a CR inside of a line', '@@ -1 +1 @@\n-a\n+b\rc\n'],
  ])('when it %s', (_, patch) => {
    expect(parseHunks(patch)).toBeNull();
  });

  it('whatever a stranger writes, and in no time', () => {
    const piece = fc.constantFrom(
      '@@ -1 +1 @@',
      '@@ -1,2 +1,2 @@ x',
      '-a',
      '+b',
      ' c',
      '',
      '\\ No',
      '\r',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const { marks, oldLines, newLines } of parseHunks(pieces.join('\n')) ?? []) {
          expect(marks.replaceAll('+', '')).toHaveLength(oldLines);
          expect(marks.replaceAll('-', '')).toHaveLength(newLines);
        }
      }),
    );
    expect(parseHunks(`@@ -1,999999999 +1,999999999 @@\n${' x\n'.repeat(300_000)}`)).toBeNull();
  });
});

describe('against git itself', () => {
  const reader = createPatchReader();
  afterAll(() => reader.dispose());

  it('reads from one patch what the whole diff says of the file, and nothing from a torn one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fileTexts, fileTexts), { minLength: 30, maxLength: 40 }), (pairs) => {
        for (const { patch, file } of reader.read(pairs)) {
          expect(file.hunks?.length).toBeGreaterThan(0);
          expect(parseHunks(patch)).toEqual(file.hunks);
          expect(parseHunks(patch.replace(/\n$/, ''))).toEqual(file.hunks);
          const shown = patch.replace(/\n\\ No newline at end of file\n$/, '\n').split('\n');
          const torn = shown.slice(0, -2).join('\n');
          expect(torn === '' || parseHunks(torn) === null).toBe(true);
        }
      }),
      { numRuns: 6 },
    );
  });
});
