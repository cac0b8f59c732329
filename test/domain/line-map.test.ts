import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change.ts';
import { isNewLine, mapLine } from '#domain/line-map.ts';

const file = (hunks: ChangedFile['hunks'], over: Partial<ChangedFile> = {}): ChangedFile => ({
  status: 'modified',
  oldPath: 'a.ts',
  newPath: 'a.ts',
  binary: false,
  hunks,
  ...over,
});

describe('a line of the scanned commit is shown where it stands at head', () => {
  it('stays where nothing changed above it', () => {
    const diff = { files: [file([{ oldStart: 10, oldLines: 1, newStart: 10, newLines: 3 }])] };
    expect(mapLine(diff, 'a.ts', 9)).toEqual({ path: 'a.ts', line: 9 });
    expect(mapLine(diff, 'other.ts', 9)).toEqual({ path: 'other.ts', line: 9 });
  });

  it('moves down by what was inserted above, and a pure insertion keeps the line it follows', () => {
    const diff = { files: [file([{ oldStart: 3, oldLines: 0, newStart: 4, newLines: 2 }])] };
    expect(mapLine(diff, 'a.ts', 3).line).toBe(3);
    expect(mapLine(diff, 'a.ts', 4).line).toBe(6);
  });

  it('moves up by what was deleted above', () => {
    const diff = { files: [file([{ oldStart: 2, oldLines: 3, newStart: 1, newLines: 0 }])] };
    expect(mapLine(diff, 'a.ts', 5).line).toBe(2);
  });

  it('is nowhere when it was replaced, or its file deleted', () => {
    const diff = {
      files: [
        file([{ oldStart: 2, oldLines: 2, newStart: 2, newLines: 2 }]),
        file([], { status: 'deleted', oldPath: 'gone.ts', newPath: null }),
      ],
    };
    expect(mapLine(diff, 'a.ts', 3).line).toBeNull();
    expect(mapLine(diff, 'gone.ts', 1).line).toBeNull();
  });

  it('follows a rename', () => {
    const diff = { files: [file([], { status: 'renamed', newPath: 'b.ts' })] };
    expect(mapLine(diff, 'a.ts', 7)).toEqual({ path: 'b.ts', line: 7 });
  });

  it('knows which lines of head are new', () => {
    const changed = file([{ oldStart: 3, oldLines: 0, newStart: 4, newLines: 2 }]);
    expect([3, 4, 5, 6].map((line) => isNewLine(changed, line))).toEqual([false, true, true, false]);
  });
});
