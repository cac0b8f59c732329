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
  expect(performance.now() - started).toBeLessThan(20_000);
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

test('millions of tiny things stop at the limit of their number', async () => {
  const limits = { ...DEFAULT_LIMITS, elements: 1000 };
  for (const [start, filler, what] of [
    [`${START}`, ',0', 'results'],
    [`${START}],"artifacts":[0`, ',0', 'artifacts'],
    [`${START}]}`, ',{}', 'runs'],
  ] as const) {
    const report = await ingestReport({ name: 'r', bytes: endless(start, filler) }, 0, limits);
    expect(report.fault).toMatchObject({
      kind: 'truncated',
      message: expect.stringContaining(`there are more than 1000 ${what}`),
    });
    expect(report.results.length).toBeLessThanOrEqual(1000);
  }
  const keys = Array.from({ length: 2000 }, (_, index) => `,"k${index}":0`).join('');
  const report = await ingest(`${START}]${keys}}]}`, { limits: { elements: 1000 } });
  expect(report.fault?.message).toContain('there are more than 1000 keys inside runs[0]');
});

test('a result with far too many parts keeps the first of them, and says so', async () => {
  const many = (count: number, item: string): string => `[${item}${`,${item}`.repeat(count - 1)}]`;
  const step = '{"location":{"message":{"text":"s"}}}';
  const odd = `{"message":{"text":"m","arguments":${many(200_000, '"a"')}},"locations":${many(200_000, '{}')},"relatedLocations":${many(200_000, '0')},
    "codeFlows":[{"threadFlows":[{"locations":${many(6000, step)}},{"locations":${many(6000, step)}}]}],"fixes":${many(50_000, '{}')},
    "suppressions":${many(50_000, '{}')},"taxa":${many(50_000, '{}')},"properties":{"tags":${many(50_000, '"CWE-79"')}}}`;
  const report = await ingest(`${START},${odd}]}]}`);
  const entry = report.results[1];
  if (entry?.kind !== 'result') throw new Error('not read');
  const { relatedLocations, flows, suppressions, cwe } = entry.result;
  expect([relatedLocations.length, flows.map((flow) => flow.length), suppressions.length, cwe]).toEqual([
    1999,
    [6000, 4000],
    100,
    [79],
  ]);
  expect(report.notices.slice(0, 2)).toEqual([
    'a result has more than 1000 locations; the first are kept',
    'a result has more than 1000 relatedLocations; the first are kept',
  ]);
  expect(report.notices).toContain('a result has more than 100 flows or 10000 steps; the first are kept');
});
