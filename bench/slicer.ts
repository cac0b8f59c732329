// Measures the byte slicer against JSON.parse of the same bytes, each in a process of its own so that its memory can be told.
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSlice } from '../src/ingest/json/parse-slice.ts';
import { LogSlicer } from '../src/ingest/json/slice-log.ts';
import { DEFAULT_LIMITS } from '../src/ingest/limits.ts';
import type { BenchRow } from './bench-row.ts';
import { writeSyntheticSarif } from './synthetic-sarif.ts';

export interface SlicerBenchOptions {
  /** Sizes of the synthetic reports, in millions of bytes. */
  readonly megabytes: readonly number[];
  /** Runs of each reader; the fastest counts, as other work on the machine only ever slows a run down. */
  readonly runs: number;
}

interface Measurement {
  readonly results: number;
  readonly seconds: number;
  readonly peakMebibytes: number;
}

const MEBIBYTE = 1024 * 1024;
const MEMORY_GOAL = 300;

/** Two rows a size: speed and memory. Where JSON.parse cannot read the file, memory is held against the goal. */
export async function benchSlicer(
  options: SlicerBenchOptions = { megabytes: [200, 1000], runs: 3 },
): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const rows: BenchRow[] = [];
    for (const megabytes of options.megabytes) {
      const file = join(folder, `${megabytes}.sarif`);
      const bytes = await writeSyntheticSarif(file, megabytes * 1_000_000);
      rows.push(...compare(`${megabytes} MB`, bytes, file, options.runs));
      rmSync(file);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(size: string, bytes: number, file: string, runs: number): readonly BenchRow[] {
  const slices: (Measurement | null)[] = [];
  const parses: (Measurement | null)[] = [];
  // In turns, so that other work on the machine slows both alike.
  for (let run = 0; run < runs; run++) {
    slices.push(measure('slice', file));
    if (!parses.includes(null)) parses.push(measure('parse', file));
  }
  const sliced = fastest(slices);
  const parsed = fastest(parses);
  if (sliced === null) throw new Error(`the slicer could not read the synthetic report of ${size}`);
  if (parsed !== null && parsed.results !== sliced.results)
    throw new Error('the readers count different results');
  const speed = (measured: Measurement): string => `${Math.round(bytes / MEBIBYTE / measured.seconds)} MiB/s`;
  const memory = (measured: Measurement): string => `${Math.round(measured.peakMebibytes)} MiB`;
  const sizeRow: BenchRow = {
    name: `slicer memory, ${size} (${sliced.results} results)`,
    figure: `peak ${memory(sliced)}`,
    baseline:
      parsed === null ? `JSON.parse cannot read it; goal ${MEMORY_GOAL} MiB` : `JSON.parse ${memory(parsed)}`,
    ratio: sliced.peakMebibytes / (parsed?.peakMebibytes ?? MEMORY_GOAL),
    goal: `peak at most ${MEMORY_GOAL} MiB`,
    met: sliced.peakMebibytes <= MEMORY_GOAL,
  };
  if (parsed === null) return [{ ...sizeRow, figure: `${speed(sliced)}, peak ${memory(sliced)}` }];
  const ratio = sliced.seconds / parsed.seconds;
  const speedRow: BenchRow = {
    name: `slicer speed, ${size}`,
    figure: speed(sliced),
    baseline: `JSON.parse ${speed(parsed)}`,
    ratio,
    goal: 'at least as fast as JSON.parse (ratio of times at most 1)',
    met: ratio <= 1,
  };
  return [speedRow, sizeRow];
}

/** One run in a process of its own; null when the reader cannot read the file. */
function measure(reader: 'slice' | 'parse', file: string): Measurement | null {
  const script = fileURLToPath(import.meta.url);
  const answer = execFileSync(process.execPath, [script, reader, file], { encoding: 'utf8' });
  return JSON.parse(answer) as Measurement | null;
}

/** The fastest run, with the highest memory of any; null when one could not read the file. */
function fastest(measured: readonly (Measurement | null)[]): Measurement | null {
  const all = measured.filter((one) => one !== null);
  if (all.length < measured.length || all.length === 0) return null;
  const peakMebibytes = Math.max(...all.map((one) => one.peakMebibytes));
  return all.map((one) => ({ ...one, peakMebibytes })).reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

async function sliceAll(file: string): Promise<number> {
  let results = 0;
  const ignore = (): void => {};
  const slicer = new LogSlicer(
    {
      logMember: ignore,
      startRun: ignore,
      startArray: ignore,
      runMember: (_run, _key, slice) => void parseSlice(slice),
      endRun: ignore,
      element: (_run, key, _index, slice) => {
        const value = parseSlice(slice) as { ruleId?: unknown };
        if (key === 'results' && typeof value.ruleId === 'string') results++;
      },
    },
    DEFAULT_LIMITS,
  );
  for await (const chunk of createReadStream(file, { highWaterMark: MEBIBYTE / 4 }))
    slicer.push(chunk as Uint8Array);
  slicer.finish();
  return results;
}

function parseAll(file: string): number | null {
  try {
    const log = JSON.parse(readFileSync(file, 'utf8')) as { runs: { results: { ruleId: unknown }[] }[] };
    return log.runs.reduce(
      (sum, run) => sum + run.results.filter((result) => typeof result.ruleId === 'string').length,
      0,
    );
  } catch (error) {
    // V8's longest string is 0x1fffffe8 characters.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG') return null;
    throw error;
  }
}

const [, script, reader, file] = process.argv;
if (script === fileURLToPath(import.meta.url) && file !== undefined) {
  const started = performance.now();
  const results = reader === 'parse' ? parseAll(file) : await sliceAll(file);
  const seconds = (performance.now() - started) / 1000;
  const answer =
    results === null ? null : { results, seconds, peakMebibytes: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(JSON.stringify(answer));
}
