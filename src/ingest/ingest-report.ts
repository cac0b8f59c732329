// The ingest room's door: the stored bytes of one report in, everything it says out, whatever its state.
import { AssayError } from '#domain/errors.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { DetectedKind, IngestedReport, ReportFault } from '#domain/report.ts';
import type { OpenReport } from '#ports/report-source.ts';
import { decodeReport } from './bytes/decode-report.ts';
import { TalliedBytes } from './bytes/tallied-bytes.ts';
import { detectKind, isUnreadableKind } from './detect-kind.ts';
import { FormatIntake } from './formats/format-intake.ts';
import { readFormat } from './formats/read-format.ts';
import { formatOf } from './formats/report-formats.ts';
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
  const reading: Reading = { input, book, limits, kind: UNREAD, isDecoded: false, taken: null };
  let fault: ReportFault | null = null;
  try {
    const refusal = await readReport(stored, reading);
    fault = refusal === null ? null : nameFault(refusal, open.name, book);
  } catch (error) {
    if (error instanceof AssayError && error.code === 'interrupted') throw error;
    reading.taken?.abort();
    fault = nameFault(describeFault(error, reading), open.name, book);
  }
  await stored.drain();
  const taken = fault?.kind === 'unsupported' ? null : reading.taken;
  const inventory = taken?.inventory ?? null;
  const statements = taken?.statements ?? null;
  return {
    input,
    name: open.name,
    sha256: stored.sha256(),
    bytes: stored.count,
    kind: reading.kind,
    runs: taken?.runs ?? [],
    results: taken?.results ?? [],
    fault,
    ...(inventory === null ? {} : { inventory }),
    ...(statements === null ? {} : { statements }),
    notices: reading.taken?.notices.list() ?? [],
  };
}

/** How far the reading came, and what it works with. */
interface Reading {
  readonly input: number;
  readonly book: PhraseBook | null;
  readonly limits: IngestLimits;
  kind: DetectedKind;
  /** Whether offsets are those of a decompressed or transcoded text, not of the file. */
  isDecoded: boolean;
  /** What takes the parts; null until the kind is known to be read. */
  taken: SarifReader | FormatIntake | null;
}

const UNREAD: DetectedKind = { id: 'unknown', name: 'unknown', supported: false, advice: null };

type UnsaidFault = Omit<ReportFault, 'message'> & { readonly message: Phrase };

function nameFault(fault: UnsaidFault, name: string, book: PhraseBook | null): ReportFault {
  return { ...fault, message: say(phrase`${name}: ${fault.message}`, book) };
}

async function readReport(stored: TalliedBytes, reading: Reading): Promise<UnsaidFault | null> {
  const { input, book, limits } = reading;
  const { head, text, offset, isDecoded } = await decodeReport(stored, limits);
  reading.isDecoded = isDecoded;
  reading.kind = detectKind(head, book);
  const entry = formatOf(reading.kind.id);
  if (entry !== null) {
    const format = await entry.load();
    const { brings = null } = format;
    const intake = new FormatIntake({ input, unnamedTool: reading.kind.id, brings, book, limits });
    reading.taken = intake;
    await readFormat(format, { chunks: text, offset }, intake, limits);
    return null;
  }
  if (!reading.kind.supported) return refuse(reading.kind);
  const reader = new SarifReader(input, book);
  reading.taken = reader;
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

function describeFault(error: unknown, { taken, isDecoded }: Reading): UnsaidFault {
  const kept = taken?.kept ?? { results: 0, others: 0 };
  const isKept = kept.results + kept.others > 0;
  if (!(error instanceof ReadFault)) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: isKept ? 'truncated' : 'unreadable',
      message: phrase`cannot be read: ${reason}`,
      byteOffset: null,
    };
  }
  const message = isDecoded
    ? phrase`${error.what}, at byte ${error.offset} of the decoded text. ${error.hint}`
    : phrase`${error.what}, at byte ${error.offset}. ${error.hint}`;
  if (error.code === 'version') return { kind: 'unsupported', message, byteOffset: error.offset };
  if (!isKept) return { kind: 'unreadable', message, byteOffset: error.offset };
  return {
    kind: 'truncated',
    message: phrase`${message} ${whatIsKept(kept)}`,
    byteOffset: error.offset,
  };
}

function whatIsKept({ results, others }: { readonly results: number; readonly others: number }): Phrase {
  if (others > 0) return phrase`What was read before it is kept.`;
  return results === 1
    ? phrase`The result before it is kept.`
    : phrase`The ${results} results before it are kept.`;
}
