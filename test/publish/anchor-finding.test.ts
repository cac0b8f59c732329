import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseHunks } from '#domain/parse-hunks.ts';
import type { ReviewDiff, ReviewFile } from '#domain/review-diff.ts';
import { anchorFinding, anchorRange } from '../../src/publish/anchors/anchor-finding.ts';
import { anchorRecord } from '../../src/publish/anchors/anchor-record.ts';
import { aDependencyFinding } from '../doubles/dependency-finding.ts';
import { createPatchReader, fileTexts } from '../doubles/git-patches.ts';

const PATCH = [
  '@@ -4,4 +4,5 @@ f()',
  ...[' four', '-five', '+FIVE', '+more', ' six', ' seven'],
  '@@ -20,2 +21,2 @@',
  ...['-twenty', '+TWENTY', ' twenty-one'],
  '@@ -22 +23 @@',
  ...['-twenty-two', '+TWENTY-TWO'],
].join('\n');

const file = (change: Partial<ReviewFile> = {}): ReviewFile => ({
  status: 'modified',
  oldPath: 'src/a.ts',
  newPath: 'src/a.ts',
  hunks: parseHunks(PATCH),
  ...change,
});

const diffOf = (...files: ReviewFile[]): ReviewDiff => ({ files, complete: true });

const at = (startLine: number, path = 'src/a.ts') => ({ path, startLine, resolved: true });

const line = (number: number, oldLine: number | null, more: object = {}) => ({
  kind: 'anchor',
  anchor: {
    ...{ kind: 'line', path: 'src/a.ts', oldPath: 'src/a.ts', line: number, oldLine },
    ...{ startLine: null, startOldLine: null, ...more },
  },
  why: null,
});

const wholeFile = (why: string, path = 'src/a.ts', oldPath = path) => ({
  kind: 'anchor',
  anchor: { kind: 'file', path, oldPath },
  why,
});

describe('a comment stands at the line of its finding', () => {
  it('when the change added the line, without an old line; or shows it, with its old line', () => {
    const diff = diffOf(file());
    expect(anchorFinding(at(4), diff)).toEqual(line(4, 4));
    expect(anchorFinding(at(5), diff)).toEqual(line(5, null));
    expect(anchorFinding(at(6), diff)).toEqual(line(6, null));
    expect(anchorFinding(at(8), diff)).toEqual(line(8, 7));
    expect(anchorFinding(at(22), diff)).toEqual(line(22, 21));
  });

  it('names the old path of a renamed file, and its own of an added one', () => {
    const renamed = anchorFinding(at(5), diffOf(file({ status: 'renamed', oldPath: 'old.ts' })));
    expect(renamed).toEqual(line(5, null, { oldPath: 'old.ts' }));
    const added = file({ status: 'added', oldPath: null, hunks: parseHunks('@@ -0,0 +1,2 @@\n+a\n+b') });
    expect(anchorFinding(at(2), diffOf(added))).toEqual(line(2, null));
  });
});

describe('a comment stands at the file', () => {
  it('when no hunk shows the line', () => {
    for (const number of [1, 3, 9, 20, 24, 4000]) {
      expect(anchorFinding(at(number), diffOf(file()))).toEqual(wholeFile('outside_hunks'));
    }
    expect(anchorFinding(at(1), diffOf(file({ status: 'renamed', oldPath: 'b', hunks: [] })))).toEqual(
      wholeFile('outside_hunks', 'src/a.ts', 'b'),
    );
  });

  it('when the diff shows none of its lines, or the report names none', () => {
    expect(anchorFinding(at(5), diffOf(file({ hunks: null })))).toEqual(wholeFile('not_shown'));
    expect(anchorFinding({ ...at(1), wholeFile: true }, diffOf(file()))).toEqual(wholeFile('whole_file'));
  });
});

describe('a comment stands nowhere in the diff', () => {
  const none = (why: string) => ({ kind: 'none', why });

  it('when the file is not in it, is gone, or was never found', () => {
    const gone = file({ status: 'deleted', newPath: null, hunks: parseHunks('@@ -1 +0,0 @@\n-a') });
    expect(anchorFinding(at(5, 'b.ts'), diffOf(file()))).toEqual(none('not_in_diff'));
    expect(anchorFinding({ ...at(1, 'b.ts'), wholeFile: true }, diffOf(file()))).toEqual(none('not_in_diff'));
    expect(anchorFinding(at(1), diffOf(gone))).toEqual(none('deleted'));
    expect(anchorFinding({ ...at(5), resolved: false }, diffOf(file()))).toEqual(none('unresolved'));
    expect(anchorRange(gone, { startLine: 1, endLine: 1 })).toEqual(none('deleted'));
  });

  it('when the old name of a renamed file is meant', () => {
    const renamed = file({ status: 'renamed', oldPath: 'old.ts' });
    expect(anchorFinding(at(5, 'old.ts'), diffOf(renamed))).toEqual(none('not_in_diff'));
  });

  it('and says so when the host showed only a part of the change', () => {
    expect(anchorFinding(at(5, 'b.ts'), { files: [file()], complete: false })).toEqual(none('diff_cut'));
  });
});

describe('a comment on several lines', () => {
  it('spans them when one hunk holds both ends, and is a single line when they are one', () => {
    const spanned = anchorFinding(at(5), diffOf(file()), { startLine: 4, endLine: 7 });
    expect(spanned).toEqual(line(7, 6, { startLine: 4, startOldLine: 4 }));
    const single = anchorFinding(at(5), diffOf(file()), { startLine: 6, endLine: 6 });
    expect(single).toEqual(line(6, null));
  });

  it('never spans two hunks, even such as touch: then it stands at the line of the finding', () => {
    const diff = diffOf(file());
    expect(anchorFinding(at(22), diff, { startLine: 22, endLine: 23 })).toEqual({
      ...line(22, 21),
      why: 'two_hunks',
    });
    expect(anchorFinding(at(8), diff, { startLine: 8, endLine: 9 })).toEqual({
      ...line(8, 7),
      why: 'outside_hunks',
    });
    expect(anchorFinding(at(5), diff, { startLine: 7, endLine: 5 })).toEqual({
      ...line(5, null),
      why: 'outside_hunks',
    });
  });
});

describe('against git itself', () => {
  const reader = createPatchReader();
  afterAll(() => reader.dispose());

  it('every line that the diff shows can be commented on, with its true old line, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fileTexts, fileTexts), { minLength: 20, maxLength: 30 }), (pairs) => {
        for (const { before, after, patch, file: changed } of reader.read(pairs)) {
          const shown = shownLines(patch);
          const [old, now] = [before.split('\n'), after.split('\n')];
          for (let number = 0; number <= now.length + 3; number += 1) {
            const found = anchorRange(changed, { startLine: number, endLine: number });
            const expected = shown.get(number);
            expect(found.kind).toBe(expected === undefined ? 'none' : 'anchor');
            if (found.kind === 'none' || found.anchor.kind !== 'line') continue;
            expect(found.anchor.oldLine).toBe(expected?.oldLine);
            const { oldLine } = found.anchor;
            if (oldLine !== null) expect(old[oldLine - 1]).toBe(now[number - 1]);
          }
          for (const [startLine, { hunk }] of shown) {
            for (const [endLine, other] of shown) {
              const found = anchorRange(changed, { startLine, endLine });
              expect(found.kind === 'anchor').toBe(startLine <= endLine && hunk === other.hunk);
            }
          }
        }
      }),
      { numRuns: 5 },
    );
  });
});

/** Told by hand from the patch: new line → its hunk and old line. */
function shownLines(patch: string): Map<number, { hunk: number; oldLine: number | null }> {
  const shown = new Map<number, { hunk: number; oldLine: number | null }>();
  let [hunk, oldLine, newLine, oldLeft, newLeft] = [0, 0, 0, 0, 0];
  for (const text of patch.split('\n')) {
    if (oldLeft === 0 && newLeft === 0) {
      const numbers = /^@@ -(\d+),?(\d*) \+(\d+),?(\d*) @@/.exec(text)?.slice(1);
      if (numbers === undefined) continue;
      const [oldStart = '', oldCount = '', newStart = '', newCount = ''] = numbers;
      [oldLine, newLine] = [Number(oldStart), Number(newStart)];
      [oldLeft, newLeft] = [Number(oldCount || '1'), Number(newCount || '1')];
      hunk += 1;
    } else if (text.startsWith('+')) {
      shown.set(newLine, { hunk, oldLine: null });
      [newLine, newLeft] = [newLine + 1, newLeft - 1];
    } else if (text.startsWith('-')) {
      [oldLine, oldLeft] = [oldLine + 1, oldLeft - 1];
    } else if (!text.startsWith('\\')) {
      shown.set(newLine, { hunk, oldLine });
      [newLine, newLeft, oldLine, oldLeft] = [newLine + 1, newLeft - 1, oldLine + 1, oldLeft - 1];
    }
  }
  return shown;
}

describe('a comment on a package', () => {
  const asking = file({ newPath: 'package.json', oldPath: 'package.json' });
  const finding = (startLine: number) =>
    aDependencyFinding({
      location: { ...aDependencyFinding().location, startLine: 6, endLine: 6 },
      patch: {
        ...{ path: 'src/a.ts', origin: 'upgrade', tool: null, description: null, checks: [] },
        edits: [{ startLine, lines: 1, newText: 'x\n' }],
        ...{ before: 'a'.repeat(64), after: 'b'.repeat(64) },
      },
    });

  it('stands where the upgrade changes a version that is said in another file, so that one click writes it', () => {
    expect(anchorRecord(finding(5), diffOf(asking, file()))).toEqual(line(5, null));
  });

  it('stands at its own line where the diff does not show that one', () => {
    const own = { kind: 'anchor', anchor: { kind: 'line', path: 'package.json', line: 6 }, why: null };
    expect(anchorRecord(finding(90), diffOf(asking, file()))).toMatchObject(own);
    expect(anchorRecord(finding(5), diffOf(asking))).toMatchObject(own);
  });
});
