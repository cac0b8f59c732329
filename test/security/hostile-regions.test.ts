// Threat: regions that are huge, negative, no numbers, reversed or beyond the file (security row 18).
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RawRegion } from '#domain/report.ts';
import { collect, rawRegion, reportOf } from '../findings/raw-results.ts';

const SOURCE = 'one\ntwo 𝄞 ö\r\n\r\nfour\n';
const LINES = ['one', 'two 𝄞 ö', '', 'four'];
const BEYOND = 'it lies beyond the end of the file: the report is of another version';

async function locate(region: Partial<RawRegion>, source = SOURCE) {
  const { findings } = await collect([reportOf({ region: rawRegion(region) })], {
    files: { 'src/app.c': source },
  });
  return findings[0]?.location;
}

it.each<[Partial<RawRegion>, object]>([
  [{}, { startLine: 1, endLine: 1, resolved: true, why: 'the report names the whole file' }],
  [{ startLine: 0 }, { startLine: 1, resolved: true, why: 'the report names the whole file' }],
  [
    { startLine: -7, endLine: 3 },
    { startLine: 1, endLine: 1, resolved: true },
  ],
  [{ startLine: Number.NaN }, { startLine: 1, resolved: true }],
  [
    { startLine: 2 },
    { startLine: 2, endLine: 2, startColumn: null, endColumn: null, resolved: true, why: null },
  ],
  [{ startLine: 2.9 }, { startLine: 2 }],
  [{ startLine: 5 }, { startLine: 4, endLine: 4, resolved: true }],
  [{ startLine: 6 }, { startLine: 4, resolved: false, why: BEYOND }],
  [{ startLine: 1e308 }, { startLine: 4, endLine: 4, resolved: false, why: BEYOND }],
  [{ startLine: Number.POSITIVE_INFINITY }, { startLine: 4, resolved: false, why: BEYOND }],
  [
    { startLine: 2, endLine: 99 },
    { startLine: 2, endLine: 4, endColumn: null, resolved: false, why: BEYOND },
  ],
  [
    { startLine: 3, endLine: 2 },
    {
      startLine: 3,
      endLine: 3,
      endColumn: null,
      resolved: true,
      why: 'its end lies before its start and is left out',
    },
  ],
  [
    { startLine: 1, startColumn: 3, endColumn: 2 },
    { startColumn: 3, endColumn: null, resolved: true },
  ],
  [
    { startLine: 1, startColumn: 2, endColumn: 900 },
    { startColumn: 2, endColumn: 4, resolved: true },
  ],
  [
    { startLine: 1, startColumn: 900 },
    {
      startColumn: null,
      endColumn: null,
      resolved: true,
      why: 'its columns are not in the line and are left out',
    },
  ],
  [
    { startLine: 1, startColumn: -1 },
    { startColumn: null, resolved: true },
  ],
])('%j lies at %j', async (region, expected) => {
  expect(await locate(region)).toMatchObject(expected);
});

it.each<[Partial<RawRegion>, object]>([
  [
    { charOffset: 0, charLength: 3 },
    { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
  ],
  [
    { charOffset: 8, charLength: 2 },
    { startLine: 2, startColumn: 5, endLine: 2, endColumn: 7 },
  ],
  [
    { charOffset: 16, charLength: 4 },
    { startLine: 4, startColumn: 1, endLine: 4, endColumn: 5 },
  ],
  [
    { byteOffset: 8, byteLength: 4 },
    { startLine: 2, startColumn: 5, endLine: 2, endColumn: 7 },
  ],
  [
    { byteOffset: 13, byteLength: 2 },
    { startLine: 2, startColumn: 8, endLine: 2, endColumn: 9 },
  ],
  [
    { byteOffset: 19, byteLength: 4 },
    { startLine: 4, startColumn: 1, endLine: 4, endColumn: 5 },
  ],
  [{ charOffset: 500 }, { startLine: 4, resolved: false, why: BEYOND }],
  [{ byteOffset: 500 }, { startLine: 4, resolved: false, why: BEYOND }],
  [
    { charOffset: 0, charLength: 500 },
    { startLine: 1, resolved: false, why: BEYOND },
  ],
  [
    { charOffset: -1, byteOffset: -1 },
    { startLine: 1, resolved: true, why: 'the report names the whole file' },
  ],
  [
    { startLine: 4, charOffset: 0 },
    { startLine: 4, resolved: true },
  ],
])('by offsets, %j lies at %j', async (region, expected) => {
  expect(await locate(region)).toMatchObject(expected);
});

it('columns and offsets that count code points are turned into UTF-16 code units', async () => {
  const place = async (region: Partial<RawRegion>) => {
    const result = reportOf({ region: rawRegion(region), columnKind: 'unicodeCodePoints' });
    const { findings } = await collect([result], { files: { 'src/app.c': SOURCE } });
    return findings[0]?.location;
  };
  const note = { startLine: 2, startColumn: 8, endLine: 2, endColumn: 9 };
  expect(await place({ startLine: 2, startColumn: 7, endColumn: 8 })).toMatchObject(note);
  expect(await place({ charOffset: 10, charLength: 1 })).toMatchObject(note);
  expect(await place({ startLine: 1, startColumn: 2 ** 30 })).toMatchObject({ startColumn: null });
});

it('byte offsets count a byte order mark that the file has', async () => {
  expect(await locate({ byteOffset: 7, byteLength: 3 }, '\uFEFFone\ntwo\n')).toMatchObject({
    startLine: 2,
    startColumn: 1,
  });
});

it('a file that is not text, and an empty one, have a place too', async () => {
  const binary = await collect([reportOf({ at: [3] })], {
    files: { 'src/app.c': new Uint8Array([0xff, 0xfe, 0xfd]) },
  });
  expect(binary.findings[0]?.location).toMatchObject({
    resolved: false,
    why: 'the file is not read: not UTF-8 text',
  });
  expect(await locate({ startLine: 1 }, '')).toMatchObject({ startLine: 1, resolved: true });
});

it('whatever numbers a report writes, the place exists in the file and its ends are in order', async () => {
  const number = fc.option(fc.oneof(fc.integer({ min: -3, max: 30 }), fc.double(), fc.maxSafeInteger()));
  const region = fc.record({
    startLine: number,
    startColumn: number,
    endLine: number,
    endColumn: number,
    charOffset: number,
    charLength: number,
    byteOffset: number,
    byteLength: number,
  });
  await fc.assert(
    fc.asyncProperty(region, async (raw) => {
      const place = await locate(raw);
      if (place === undefined) throw new Error('the finding is gone');
      const { startLine, startColumn, endLine, endColumn } = place;
      expect(startLine).toBeGreaterThanOrEqual(1);
      expect(endLine).toBeGreaterThanOrEqual(startLine);
      expect(LINES.length).toBeGreaterThanOrEqual(endLine);
      for (const [line, column] of [
        [startLine, startColumn],
        [endLine, endColumn],
      ] as const) {
        if (column === null) continue;
        expect(Number.isSafeInteger(column) && column >= 1).toBe(true);
        expect(column).toBeLessThanOrEqual((LINES[line - 1] ?? '').length + 2);
      }
      if (startColumn !== null && endColumn !== null && startLine === endLine) {
        expect(endColumn).toBeGreaterThanOrEqual(startColumn);
      }
      if (!place.resolved) expect(place.why).toBe(BEYOND);
    }),
    { numRuns: 400 },
  );
});
