// Row 20: JSON so deep that whatever walks over it recurses to its death.
import { expect, test } from 'vitest';
import { ingest } from '../doubles/memory-report.ts';

const before =
  '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}},"results":[{"message":{"text":"kept"}},';

/** A result nested so that the document is `depth` levels deep: the result itself is level 5. */
function nested(depth: number): string {
  return `${'{"properties":'.repeat(depth - 4)}1${'}'.repeat(depth - 4)}`;
}

test('64 levels are read', async () => {
  const report = await ingest(`${before}${nested(64)}]}]}`);
  expect(report.fault).toBeNull();
  expect(report.results).toHaveLength(2);
});

test('65 levels are refused at the byte that opens the last one', async () => {
  const report = await ingest(`${before}${nested(65)}]}]}`);
  const offset = before.length + '{"properties":'.length * 60;
  expect(report.fault).toEqual({
    kind: 'truncated',
    byteOffset: offset,
    message: `report.sarif: the JSON is nested too deeply, at byte ${offset}. No scanner nests a report that deep: check how the file was made. The result before it is kept.`,
  });
});

test.each([
  ['in a result', `${before}${'['.repeat(5_000_000)}`],
  ['in a run', `${before}1],"x":${'['.repeat(5_000_000)}`],
  ['in the log', `{"version":"2.1.0","runs":[],"x":${'{"a":'.repeat(2_000_000)}`],
])('millions of levels %s are refused at once', async (_, text) => {
  const started = performance.now();
  expect((await ingest(text)).fault?.message).toContain('nested too deeply');
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a file of nothing but brackets is no report', async () => {
  for (const text of ['['.repeat(1_000_000), '{"a":'.repeat(500_000)])
    expect((await ingest(text)).fault?.kind).toBe('unsupported');
});
