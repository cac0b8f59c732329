// The ingest room's door: the stored bytes of one report in, everything it says out, whatever its state.
import { AssayError } from '#domain/errors.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { DetectedKind, IngestedReport, ReportFault } from '#domain/report.ts';
import type { OpenReport } from '#ports/report-source.ts';
import { decodeReport } from './bytes/decode-report.ts';
import { TalliedBytes } from './bytes/tallied-bytes.ts';
import { detectKind, isUnreadableKind } from './detect-kind.ts';
import { LogSlicer } from './json/slice-log.ts';
import type { IngestLimits } from './limits.ts';
import { INGEST_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { ReadFault } from './read-fault.ts';
import { SarifReader } from './sarif/sarif-reader.ts';

/**
 * Reads one report. What can go wrong with the file is a value: `fault`, rejected results, unfinished runs; only an interruption
 * is thrown. Memory grows with the results kept, not with the file. `input` is the report's place among the run's inputs; faults,
 * reasons and notices are in `language`.
 */
export async function ingestReport(
  open: OpenReport,
  input: number,
  limits: IngestLimits,
  language: Policy['language'] = 'en',
): Promise<IngestedReport> {
  const book = language === 'zh-CN' ? INGEST_PHRASES_ZH_CN : null;
  const stored = new TalliedBytes(open.bytes, limits.totalBytes);
  const reader = new SarifReader(input, book);
  const reading: Reading = { kind: UNREAD, isDecoded: false };
  let fault: ReportFault | null = null;
  try {
    const refusal = await readLog(stored, reader, reading, { limits, book });
    fault = refusal === null ? null : nameFault(refusal, open.name, book);
  } catch (error) {
    if (error instanceof AssayError && error.code === 'interrupted') throw error;
    reader.abort();
    fault = nameFault(describeFault(error, reader, reading), open.name, book);
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

type UnsaidFault = Omit<ReportFault, 'message'> & { readonly message: Phrase };

function nameFault(fault: UnsaidFault, name: string, book: PhraseBook | null): ReportFault {
  return { ...fault, message: say(phrase`${name}: ${fault.message}`, book) };
}

async function readLog(
  stored: TalliedBytes,
  reader: SarifReader,
  reading: Reading,
  { limits, book }: { limits: IngestLimits; book: PhraseBook | null },
): Promise<UnsaidFault | null> {
  const { head, text, offset, isDecoded } = await decodeReport(stored, limits);
  reading.isDecoded = isDecoded;
  reading.kind = detectKind(head, book);
  if (!reading.kind.supported) return refuse(reading.kind);
  const slicer = new LogSlicer(reader, limits, offset);
  for await (const chunk of text) slicer.push(chunk);
  slicer.finish();
  reader.finish();
  if (reader.structureFault !== null) throw reader.structureFault;
  return null;
}

function refuse(kind: DetectedKind): UnsaidFault {
  const isUnreadable = isUnreadableKind(kind);
  const what = isUnreadable
    ? phrase`the file is ${kind.id === 'empty' ? phrase`empty` : kind.name}, from byte 0 on.`
    : phrase`this is a ${kind.name}, which is not read.`;
  const message = kind.advice === null ? what : phrase`${what} ${kind.advice}`;
  return isUnreadable
    ? { kind: 'unreadable', message, byteOffset: 0 }
    : { kind: 'unsupported', message, byteOffset: null };
}

function describeFault(error: unknown, reader: SarifReader, reading: Reading): UnsaidFault {
  const kept = reader.results.length;
  if (!(error instanceof ReadFault)) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: kept > 0 ? 'truncated' : 'unreadable',
      message: phrase`cannot be read: ${reason}`,
      byteOffset: null,
    };
  }
  const message = reading.isDecoded
    ? phrase`${error.what}, at byte ${error.offset} of the decoded text. ${error.hint}`
    : phrase`${error.what}, at byte ${error.offset}. ${error.hint}`;
  if (error.code === 'version') return { kind: 'unsupported', message, byteOffset: error.offset };
  if (kept === 0) return { kind: 'unreadable', message, byteOffset: error.offset };
  return {
    kind: 'truncated',
    message:
      kept === 1
        ? phrase`${message} The result before it is kept.`
        : phrase`${message} The ${kept} results before it are kept.`,
    byteOffset: error.offset,
  };
}
