import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import { say } from '#domain/phrase.ts';
import type { ReviewDiff, ReviewHunk } from '#domain/review-diff.ts';
import { climbLadder } from '#patch/climb-ladder.ts';
import { deniedPath } from '#patch/denied-paths.ts';
import { editsBetween } from '#patch/edits-between.ts';
import { mapSpan, mapThroughEdits, spanAfter } from '#patch/map-through-edits.ts';
import { policyProblem } from '#patch/patch-policy.ts';
import { createDraftCode } from '../../src/app/draft-code.ts';
import { assets } from './scanner-fix.ts';

const { understand } = createDraftCode(assets);

async function climb(path: string, before: string, after: string) {
  const place = { path, startLine: 1, endLine: 1 };
  const edits = editsBetween(before, after);
  const outcome = await climbLadder({ path, before, edits, place, cwe: [], reviewDiff: null, understand });
  return outcome.kind === 'fell'
    ? `${outcome.failed}: ${say(outcome.why, null)}`
    : outcome.checks.at(-1)?.outcome;
}

describe('the syntax of a patched file', () => {
  const broken = 'def f(:\n    pass\n\n\ndef g(a):\n    return a == None\n';

  test('may have the errors that it had, wherever the patch moves them', async () => {
    expect(await climb('a.py', broken, broken.replace('== None', 'is None'))).toBe('passed');
    expect(await climb('a.py', broken, `x = 1\n${broken}`)).toBe('passed');
  });

  test('may have no other error, and none in the lines that the patch wrote', async () => {
    expect(await climb('a.py', broken, broken.replace('== None', 'is (None'))).toMatch(
      /^parses: .*syntax error/,
    );
    expect(await climb('a.py', broken, broken.replace('def f(:', 'def f(::'))).toMatch(/^parses: .*line 1 /);
  });

  test('is not checked for a language that nobody knows, and that is said', async () => {
    expect(await climb('a.txt', 'a\n', 'b\n')).toBe('not_applicable');
  });
});

describe('where a patch may change lines', () => {
  const text = Array.from({ length: 100 }, (_, index) => `${index + 1}\n`).join('');
  const hunk = (newStart: number, newLines: number): ReviewHunk => ({
    ...{ oldStart: newStart, oldLines: newLines, newStart, newLines },
    ...{ marks: ' '.repeat(newLines), newlineMissing: false },
  });
  const shown = (hunks: readonly ReviewHunk[] | null, complete = true): ReviewDiff => ({
    files: [{ status: 'modified', oldPath: 'a.txt', newPath: 'a.txt', hunks }],
    complete,
  });
  const ask = (line: number, reviewDiff: ReviewDiff | null, lines = 1) => {
    const edits: readonly LineEdit[] = [{ startLine: line, lines, newText: 'x\n' }];
    const place = { path: 'a.txt', startLine: 50, endLine: 52 };
    const why = policyProblem({ path: 'a.txt', before: text, edits, place, cwe: [], reviewDiff });
    return why === null ? null : say(why, null);
  };

  test('three lines around a hunk, whatever the place of the finding', () => {
    const diff = shown([hunk(10, 5), hunk(80, 1)]);
    expect([7, 14, 17, 77, 83].map((line) => ask(line, diff))).toEqual([null, null, null, null, null]);
    for (const line of [6, 18, 50, 76, 84]) expect(ask(line, diff)).toMatch(/no part of the change/);
    expect(ask(16, diff, 2)).toBeNull();
    expect(ask(16, diff, 3)).toMatch(/no part of the change/);
  });

  test('twenty lines around the finding, where nobody knows what the change shows', () => {
    for (const diff of [null, shown(null), { files: [], complete: false }]) {
      expect([30, 72].map((line) => ask(line, diff))).toEqual([null, null]);
      expect(ask(29, diff)).toMatch(/from the finding/);
      expect(ask(73, diff)).toMatch(/from the finding/);
    }
  });

  test('nowhere in a file that the change leaves alone', () => {
    expect(ask(50, { files: [], complete: true })).toMatch(/does not touch/);
  });

  test('twenty lines at most', () => {
    expect(ask(45, null, 20)).toBeNull();
    expect(ask(45, null, 21)).toMatch(/takes away 21 lines/);
  });

  test.each([
    'src/hooks/use-cart.ts',
    'src/action.ts',
    'lib/update.py',
    'src/package/main.go',
    'docs/readme.md',
    'a/rules.ts',
    'src/build/step.rb',
  ])('an ordinary file such as %s may be touched', (path) => expect(deniedPath(path)).toBeNull());

  test.each([
    '../a.py',
    'a//b.py',
    '/a.py',
    'a\\b.py',
    'a/.env',
    'x/PACKAGE~1.JSO',
    'Cargo.toml',
    'eslint.config.js',
    'Dockerfile',
    'a/b/.husky/x',
    'PNPM-LOCK.YAML',
    'ＣＯＤＥＯＷＮＥＲＳ',
  ])('no file such as %s may be touched', (path) => expect(deniedPath(path)).not.toBeNull());
});

describe('a place after a patch', () => {
  const line = fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n');
  const lines = fc.array(line, { minLength: 1, maxLength: 12 });

  test('is the same text, where the patch left the line alone', () => {
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const edits = editsBetween(old.join(''), now.join(''));
        const after = splitLines(applyEdits(old.join(''), edits));
        for (const [index, content] of old.entries()) {
          const mapped = mapThroughEdits(edits, index + 1);
          if (mapped !== null) expect(after[mapped - 1]).toBe(content);
        }
      }),
    );
  });

  test('holds every new line of the edits that meet it, and is never empty', () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(11), fc.nat(3), (old, now, from, length) => {
        const startLine = (from % old.length) + 1;
        const endLine = Math.min(startLine + length, old.length);
        const edits = editsBetween(old.join(''), now.join(''));
        const span = mapSpan(edits, { startLine, endLine });
        expect(span.startLine).toBeGreaterThanOrEqual(1);
        expect(span.endLine).toBeGreaterThanOrEqual(span.startLine);
        for (const [index, edit] of edits.entries()) {
          const meets = edit.startLine <= endLine && edit.startLine + Math.max(edit.lines, 1) > startLine;
          const added = spanAfter(edits, index);
          if (!meets || added.endLine < added.startLine) continue;
          expect(span.startLine).toBeLessThanOrEqual(added.startLine);
          expect(span.endLine).toBeGreaterThanOrEqual(added.endLine);
        }
      }),
    );
  });
});
