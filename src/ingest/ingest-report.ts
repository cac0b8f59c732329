// The ingest room's door: the stored bytes of one report in, everything it says out, whatever its state.
import { AssayError } from '#domain/errors.ts';
import type { DetectedKind, IngestedReport, ReportFault } from '#domain/report.ts';
import type { OpenReport } from '#ports/report-source.ts';
import { decodeReport } from './bytes/decode-report.ts';
import { TalliedBytes } from './bytes/tallied-bytes.ts';
import { detectKind, isUnreadableKind } from './detect-kind.ts';
import { LogSlicer } from './json/slice-log.ts';
import type { IngestLimits } from './limits.ts';
import { ReadFault } from './read-fault.ts';
import { SarifReader } from './sarif/sarif-reader.ts';

/**
 * Reads one report. What can go wrong with the file is a value: `fault`, rejected results, unfinished runs; only an interruption
 * is thrown. Memory grows with the results kept, not with the file. `input` is the report's place among the run's inputs.
 */
export async function ingestReport(
  open: OpenReport,
  input: number,
  limits: IngestLimits,
): Promise<IngestedReport> {
  const stored = new TalliedBytes(open.bytes, limits.totalBytes);
  const reader = new SarifReader(input);
  const reading: Reading = { kind: UNREAD, isDecoded: false };
  let fault: ReportFault | null = null;
  try {
    const refusal = await readLog(stored, reader, reading, limits);
    fault = refusal === null ? null : { ...refusal, message: `${open.name}: ${refusal.message}` };
  } catch (error) {
    if (error instanceof AssayError && error.code === 'interrupted') throw error;
    reader.abort();
    fault = describeFault(open.name, error, reader, reading);
  }
  await stored.drain();
  const isRefused = fault?.kind === 'unsupported';
  return {
    input,
    name: open.name,
    sha256: stored.sha256(),
    bytes: stored.count,
    kind: reading.kind,
    runs: isRefused ? [] : reader.runs,
    results: isRefused ? [] : reader.results,
    fault,
    notices: reader.notices.list(),
  };
}

/** How far the reading came, for the words of a fault. */
interface Reading {
  kind: DetectedKind;
  /** Whether offsets are those of a decompressed or transcoded text, not of the file. */
  isDecoded: boolean;
}

const UNREAD: DetectedKind = { id: 'unknown', name: 'unknown', supported: false, advice: null };

type Refusal = Omit<ReportFault, 'kind'> & { readonly kind: 'unreadable' | 'unsupported' };

async function readLog(
  stored: TalliedBytes,
  reader: SarifReader,
  reading: Reading,
  limits: IngestLimits,
): Promise<Refusal | null> {
  const { head, text, offset, isDecoded } = await decodeReport(stored, limits);
  reading.isDecoded = isDecoded;
  reading.kind = detectKind(head);
  if (!reading.kind.supported) return refuse(reading.kind);
  const slicer = new LogSlicer(reader, limits, offset);
  for await (const chunk of text) slicer.push(chunk);
  slicer.finish();
  reader.finish();
  if (reader.structureFault !== null) throw reader.structureFault;
  return null;
}

function refuse(kind: DetectedKind): Refusal {
  const advice = kind.advice === null ? '' : ` ${kind.advice}`;
  if (isUnreadableKind(kind))
    return {
      kind: 'unreadable',
      message: `the file is ${nameOf(kind)}, from byte 0 on.${advice}`,
      byteOffset: 0,
    };
  return {
    kind: 'unsupported',
    message: `this is ${nameOf(kind)}, which is not read.${advice}`,
    byteOffset: null,
  };
}

function nameOf(kind: DetectedKind): string {
  if (kind.id === 'empty') return 'empty';
  return kind.id === 'not-json' || kind.id === 'text' ? kind.name : `a ${kind.name}`;
}

function describeFault(name: string, error: unknown, reader: SarifReader, reading: Reading): ReportFault {
  const kept = reader.results.length;
  if (!(error instanceof ReadFault)) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: kept > 0 ? 'truncated' : 'unreadable',
      message: `${name}: cannot be read: ${reason}`,
      byteOffset: null,
    };
  }
  const where = `at byte ${error.offset}${reading.isDecoded ? ' of the decoded text' : ''}`;
  const message = `${name}: ${error.message}, ${where}. ${error.hint}`;
  if (error.code === 'version') return { kind: 'unsupported', message, byteOffset: error.offset };
  const keeps =
    kept > 0
      ? ` The ${kept === 1 ? 'result' : `${kept} results`} before it ${kept === 1 ? 'is' : 'are'} kept.`
      : '';
  return {
    kind: kept > 0 ? 'truncated' : 'unreadable',
    message: `${message}${keeps}`,
    byteOffset: error.offset,
  };
}
