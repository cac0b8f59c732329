// Where a fix may be made: exactly what the report says, or nowhere.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TreeDiff } from '#domain/change.ts';
import type { ColumnKind, RawRegion } from '#domain/report.ts';
import { locateExactRegion } from '#findings/locate-exactly.ts';
import { createHeadMap } from '#findings/map-to-head.ts';
import { createSourceTexts } from '#findings/source-texts.ts';
import { sayLocation } from '#findings/unsaid-location.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { collect, rawRegion, reportOf } from './raw-results.ts';

const TEXT = 'ab\r\n😀 cd\r\nef\r\n';

interface Asked {
  readonly text?: string | Uint8Array;
  readonly diff?: TreeDiff | null;
  readonly columnKind?: ColumnKind;
}

async function locate(
  region: Partial<RawRegion>,
  { text = TEXT, diff = null, columnKind = 'utf16CodeUnits' }: Asked = {},
) {
  const texts = createSourceTexts(createMemoryWorkspace({ 'a.c': text, 'new.c': text }));
  const unsaid = await locateExactRegion('a.c', rawRegion(region), {
    headMap: createHeadMap(diff),
    texts,
    columnKind,
  });
  const found = sayLocation(unsaid, null);
  const { path, startLine, startColumn, endLine, endColumn } = found;
  return found.resolved ? [path, startLine, startColumn, endLine, endColumn] : found.why;
}

function edited(
  oldStart: number,
  oldLines: number,
  newStart: number,
  newLines: number,
  newPath = 'a.c',
): TreeDiff {
  const hunks = [{ oldStart, oldLines, newStart, newLines }];
  return { files: [{ status: 'modified', oldPath: 'a.c', newPath, binary: false, hunks }] };
}

describe('a place that can be told', () => {
  test.each<[what: string, region: Partial<RawRegion>, found: readonly (number | null)[], asked?: Asked]>([
    ['whole lines have no columns', { startLine: 2 }, [2, null, 2, null]],
    ['a missing start column is the first', { startLine: 1, endColumn: 2 }, [1, 1, 1, 2]],
    ['a missing end column is the end before the line end', { startLine: 1, startColumn: 2 }, [1, 2, 1, 3]],
    ['columns over lines', { startLine: 1, startColumn: 3, endLine: 3, endColumn: 1 }, [1, 3, 3, 1]],
    ['an insertion', { startLine: 3, startColumn: 2, endColumn: 2 }, [3, 2, 3, 2]],
    ['the end of the file', { startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 }, [3, 1, 4, 1]],
    [
      'columns of code points',
      { startLine: 2, startColumn: 3, endColumn: 5 },
      [2, 4, 2, 6],
      { columnKind: 'unicodeCodePoints' },
    ],
    ['an offset with a length', { charOffset: 1, charLength: 1 }, [1, 2, 1, 3]],
    ['an offset alone inserts', { charOffset: 4 }, [2, 1, 2, 1]],
    ['an offset at the end of the file', { charOffset: TEXT.length }, [4, 1, 4, 1]],
    ['an offset in bytes', { byteOffset: 1, byteLength: 1 }, [1, 2, 1, 3]],
    [
      'lines above which others came',
      { startLine: 3, startColumn: 1, endColumn: 2 },
      [3, 1, 3, 2],
      { diff: edited(1, 1, 1, 1) },
    ],
  ])('%s', async (_what, region, found, asked) =>
    expect(await locate(region, asked)).toEqual(['a.c', ...found]),
  );

  test('is found under the new name of a file', async () => {
    expect(await locate({ startLine: 2 }, { diff: edited(1, 0, 1, 0, 'new.c') })).toEqual([
      'new.c',
      2,
      null,
      2,
      null,
    ]);
    expect(await locate({ startLine: 1 }, { diff: edited(0, 0, 1, 1) })).toEqual(['a.c', 2, null, 2, null]);
  });
});

describe('a place that cannot be told', () => {
  const five = 'a\nb\nc\nd\ne\n';
  test.each<[why: RegExp, region: Partial<RawRegion>, asked?: Asked]>([
    [/beyond the end/, { startLine: 4 }],
    [/beyond the end/, { startLine: 2, endLine: 9 }],
    [/beyond the end/, { startLine: 1, startColumn: 1, endColumn: 4 }],
    [/beyond the end/, { startLine: 1, startColumn: 4, endColumn: 4 }],
    [/beyond the end/, { startLine: 4, startColumn: 1, endColumn: 1 }, { text: 'a\nb\nc' }],
    [/beyond the end/, { charOffset: 10, charLength: 100 }],
    [/inside of a line end/, { charOffset: 3, charLength: 1 }],
    [/inside of a character/, { startLine: 2, startColumn: 2, endColumn: 4 }],
    [/inside of a character/, { byteOffset: 6, byteLength: 1 }],
    [/its end lies before/, { startLine: 3, endLine: 2 }],
    [/its end lies before/, { startLine: 1, startColumn: 3, endColumn: 2 }],
    [/whole numbers/, { startLine: 0, startColumn: 1 }],
    [/whole numbers/, { startLine: 1, startColumn: 1.5 }],
    [/whole numbers/, { startLine: 1, endLine: Number.NaN }],
    [/whole numbers/, { startLine: 1, startColumn: -1 }],
    [/whole numbers/, { charOffset: -1 }],
    [/more than 200 lines/, { startLine: 1, endLine: 2 ** 31 }],
    [/changed since/, { startLine: 2 }, { diff: edited(2, 1, 2, 1), text: five }],
    [/changed since/, { startLine: 1, endLine: 3 }, { diff: edited(2, 1, 2, 1), text: five }],
    [/changed since/, { startLine: 1, endLine: 3 }, { diff: edited(2, 0, 3, 1), text: five }],
    [/changed since/, { charOffset: 0, charLength: 1 }, { diff: edited(5, 1, 5, 1), text: five }],
    [/not read|not UTF-8/, { startLine: 1 }, { text: Uint8Array.of(0xff, 0x41) }],
  ])('%s: %j', async (why, region, asked) => expect(await locate(region, asked)).toMatch(why));

  test('a line of a file that git takes for binary and that changed', async () => {
    const files = [{ status: 'modified', oldPath: 'a.c', newPath: 'a.c', binary: true, hunks: [] }] as const;
    expect(await locate({ startLine: 1 }, { diff: { files } })).toMatch(/changed since/);
  });

  test('an offset, when the file has a byte order mark that may have been counted or not', async () => {
    const workspace = {
      ...createMemoryWorkspace({}),
      read: async () => ({ kind: 'text', text: 'ab\n', bytes: 6 }) as const,
    };
    const context = {
      headMap: createHeadMap(null),
      texts: createSourceTexts(workspace),
      columnKind: 'utf16CodeUnits',
    } as const;
    const found = await locateExactRegion('a.c', rawRegion({ charOffset: 1 }), context);
    expect(sayLocation(found, null)).toMatchObject({
      resolved: false,
      why: expect.stringMatching(/byte order mark/),
    });
  });

  test('no region, however absurd, is moved to another place', async () => {
    const number = fc.option(fc.oneof(fc.integer({ min: -2, max: 8 }), fc.double(), fc.maxSafeInteger()));
    const region = fc.record({ startLine: number, startColumn: number, endLine: number, endColumn: number });
    await fc.assert(
      fc.asyncProperty(region, async (raw) => {
        const found = await locate(raw);
        if (!Array.isArray(found)) return;
        const [, startLine, startColumn, endLine, endColumn] = found;
        expect([startLine, endLine]).toEqual([raw.startLine, raw.endLine ?? raw.startLine]);
        if (raw.startColumn !== null) expect(startColumn).toBe(raw.startColumn);
        if (raw.endColumn !== null) expect(endColumn).toBe(raw.endColumn);
      }),
    );
  });
});

test('a finding brings the exact places of its fixes, and says of each whether it can be used', async () => {
  const location = (line: number, startColumn: number, endColumn: number) => ({
    ...{ uri: 'a.c', uriProblem: null, message: null, logicalNames: [] },
    region: rawRegion({ startLine: line, startColumn, endColumn }),
  });
  const replacements = [
    { location: location(1, 1, 2), insertedText: 'x' },
    { location: location(1, 1, 99), insertedText: 'y' },
  ];
  const fixes = [{ description: 'd', replacements }];
  const { findings } = await collect([reportOf({ uri: 'a.c', at: [1], fixes })], { files: { 'a.c': TEXT } });
  expect(findings[0]?.fixes[0]?.replacements).toEqual([
    {
      insertedText: 'x',
      location: {
        path: 'a.c',
        startLine: 1,
        startColumn: 1,
        endLine: 1,
        endColumn: 2,
        resolved: true,
        why: null,
      },
    },
    {
      insertedText: 'y',
      location: expect.objectContaining({
        path: 'a.c',
        resolved: false,
        why: expect.stringMatching(/beyond/),
      }),
    },
  ]);
});
