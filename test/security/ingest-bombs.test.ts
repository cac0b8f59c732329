// Row 19: reports that are huge, unpack to something huge, or never end.
import { createGzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { ingest } from '../doubles/memory-report.ts';

const MEBIBYTE = 1024 * 1024;
const START =
  '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}},"results":[{"ruleId":"a","message":{"text":"first"}}';

/** A .gz of `start` and then `length` times the same byte, made in pieces. */
async function bomb(start: string, byte: number, length: number): Promise<Uint8Array> {
  const gzip = createGzip();
  const pieces: Uint8Array[] = [];
  gzip.on('data', (piece: Uint8Array) => pieces.push(piece));
  gzip.write(start);
  const block = Buffer.alloc(4 * MEBIBYTE, byte);
  for (let written = 0; written < length; written += block.length) {
    if (!gzip.write(block)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await new Promise((resolve) => gzip.once('end', resolve));
  return Buffer.concat(pieces);
}

async function* endless(start: string, filler: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start);
  const block = Buffer.from(filler.repeat(1024));
  for (;;) yield block;
}

test('a gzip bomb is refused early: little time, little memory, and what came before it is kept', async () => {
  const bytes = await bomb(START, 0x20, 200 * MEBIBYTE);
  expect(bytes.length).toBeLessThan(MEBIBYTE);
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const report = await ingest(bytes);
  expect(performance.now() - started).toBeLessThan(2000);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEBIBYTE);
  expect(report.fault).toMatchObject({
    kind: 'truncated',
    message: expect.stringContaining('unpacks to more than 200 times its size'),
  });
  expect(report.results).toHaveLength(1);
});

test('a gzip bomb of nothing but zeros is refused as well', async () => {
  const report = await ingest(await bomb('', 0, 64 * MEBIBYTE));
  expect(report.fault?.kind).toBe('unreadable');
  expect(report.results).toEqual([]);
});

test('a gzip bomb inside a gzip bomb is not unpacked twice', async () => {
  const report = await ingest(gzipSync(await bomb('', 0x20, 8 * MEBIBYTE)));
  expect(report.fault).toMatchObject({ kind: 'unreadable' });
});

test('an honest report compresses well and is read', async () => {
  const results = Array.from({ length: 20_000 }, (_, index) => ({
    ruleId: `r${index % 7}`,
    message: { text: `message ${index} of many` },
  }));
  const report = await ingest(
    gzipSync(JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'S' } }, results }] })),
  );
  expect(report.fault).toBeNull();
  expect(report.results).toHaveLength(20_000);
});

test('a report that never ends stops at the limit of all bytes', async () => {
  const limits = { ...DEFAULT_LIMITS, totalBytes: 2 * MEBIBYTE };
  const report = await ingestReport(
    { name: 'r', bytes: endless(START, ',{"message":{"text":"more"}}') },
    0,
    limits,
  );
  expect(report.fault).toMatchObject({
    kind: 'truncated',
    byteOffset: 2 * MEBIBYTE,
    message: expect.stringContaining('larger than 2 MiB'),
  });
  expect(report.bytes).toBeLessThan(3 * MEBIBYTE);
  expect(report.results.length).toBeGreaterThan(1000);
});

test.each([
  [
    'a string without end in a result',
    `${START},`,
    '{"ruleId":"',
    'x',
    'runs[0].results[1] is larger than 1 MiB',
  ],
  [
    'a member without end in a run',
    `${START}],"properties":`,
    '["',
    'x',
    'runs[0].properties is larger than 1 MiB',
  ],
  ['a key without end', `${START}],`, '"', 'x', 'a key inside runs[0] is larger than 1 MiB'],
  ['a number without end', `${START},`, '1', '1', 'runs[0].results[1] is larger than 1 MiB'],
])('%s stops at the limit of one element', async (_, start, opening, filler, words) => {
  const limits = { ...DEFAULT_LIMITS, elementBytes: MEBIBYTE, totalBytes: 64 * MEBIBYTE };
  const report = await ingestReport({ name: 'r', bytes: endless(start + opening, filler) }, 0, limits);
  expect(report.fault).toMatchObject({ kind: 'truncated', message: expect.stringContaining(words) });
  expect(report.fault?.byteOffset).toBe(Buffer.byteLength(start));
});
