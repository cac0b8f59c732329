// From stored bytes to UTF-8 text: decompressed, capped, transcoded, with a look at its beginning.
import type { IngestLimits } from '../limits.ts';
import { gunzip, isGzip } from './gunzip.ts';
import { peek } from './peek.ts';
import { tooLong } from './tallied-bytes.ts';
import { sniffEncoding, toUtf8 } from './to-utf8.ts';

export interface DecodedReport {
  /** The first bytes after decompression, still in the file's encoding: at most `limits.headBytes`. */
  readonly head: Uint8Array;
  /** UTF-8 without byte order mark. Can be read once. */
  readonly text: AsyncIterable<Uint8Array>;
  /** Where the text begins in the document: 3 behind a UTF-8 byte order mark. */
  readonly offset: number;
  /** Whether offsets are those of a decompressed or transcoded text, not of the file. */
  readonly isDecoded: boolean;
}

/** Throws ReadFault `archive`, `ratio` or `size` here or while the text is read. */
export async function decodeReport(
  stored: AsyncIterable<Uint8Array>,
  limits: IngestLimits,
): Promise<DecodedReport> {
  const raw = await peek(stored, 3);
  const compressed = isGzip(raw.head);
  const unpacked = compressed ? gunzip(raw.all, limits.gzipRatio) : raw.all;
  const { head, failure, all } = await peek(capped(unpacked, limits.totalBytes), limits.headBytes);
  // Nothing at all came out: that is the archive's or the source's fault, not an empty report.
  if (head.length === 0 && failure !== null) throw failure.error;
  const sniffed = sniffEncoding(head);
  return {
    head: head.subarray(0, limits.headBytes),
    text: toUtf8(all, sniffed),
    offset: sniffed.encoding === 'utf-8' ? sniffed.markLength : 0,
    isDecoded: compressed || sniffed.encoding !== 'utf-8',
  };
}

async function* capped(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of chunks) {
    count += chunk.length;
    if (count > limit) throw tooLong(limit);
    yield chunk;
  }
}
