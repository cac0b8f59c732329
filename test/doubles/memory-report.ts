// A report that is in memory, given in chunks of any size.

import type { IngestedReport, RawResult } from '#domain/report.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS, type IngestLimits } from '#ingest/limits.ts';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export function toBytes(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

/** Ingests bytes, a text, or a value written as JSON. */
export function ingest(
  content: unknown,
  options: { chunk?: number; limits?: Partial<IngestLimits> } = {},
): Promise<IngestedReport> {
  const bytes = inChunks(toBytes(content), options.chunk ?? 64 * 1024);
  return ingestReport({ name: 'report.sarif', bytes }, 0, { ...DEFAULT_LIMITS, ...options.limits });
}

/** A log of one run with these members. */
export function logOf(run: Readonly<Record<string, unknown>>): unknown {
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'Scanner' } }, results: [], ...run }] };
}

/** The only result of a run with these members; fails when it is none. */
export async function onlyResult(run: Readonly<Record<string, unknown>>): Promise<RawResult> {
  const report = await ingest(logOf(run));
  const [entry, ...further] = report.results;
  if (report.fault !== null) throw new Error(report.fault.message);
  if (entry === undefined || entry.kind !== 'result' || further.length > 0)
    throw new Error(`not one result: ${JSON.stringify(report.results)}`);
  return entry.result;
}
