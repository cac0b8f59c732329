// Decompresses a single gzip stream under a cap, so that a bomb costs little time and memory.
import { constants, createGunzip, type Gunzip } from 'node:zlib';
import { phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

/** Below this many decoded bytes the ratio says nothing. */
const RATIO_GRACE = 4 * 1024 * 1024;

/** Whether bytes begin as gzip does (RFC 1952 §2.3.1): magic 1f 8b, method 8. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08;
}

/**
 * The decoded bytes. Throws ReadFault `ratio` when they are more than `ratioLimit` times the compressed ones, and `archive` when
 * the stream is damaged, cut short or followed by another one; all that could be decoded before is given first.
 */
export async function* gunzip(
  compressed: AsyncIterable<Uint8Array>,
  ratioLimit: number,
): AsyncGenerator<Uint8Array> {
  // Z_SYNC_FLUSH: the end of the input is no error to zlib, so that everything before it comes out; the length is checked below.
  const engine = createGunzip({ chunkSize: 256 * 1024, finishFlush: constants.Z_SYNC_FLUSH });
  const input = { bytes: 0, tail: new Uint8Array(0) };
  const fed = feed(engine, compressed, input);
  let decoded = 0;
  try {
    for await (const piece of engine as AsyncIterable<Uint8Array>) {
      decoded += piece.length;
      if (decoded > RATIO_GRACE && decoded > input.bytes * ratioLimit) throw tooDense(ratioLimit, decoded);
      yield piece;
    }
  } catch (error) {
    if (error instanceof ReadFault) throw error;
    throw damaged(error instanceof Error ? error.message : 'unknown', decoded);
  }
  await fed;
  checkLength(input.tail, decoded);
}

/** Writes at the engine's pace and remembers how much went in and the last four bytes. */
async function feed(
  engine: Gunzip,
  compressed: AsyncIterable<Uint8Array>,
  input: { bytes: number; tail: Uint8Array },
): Promise<void> {
  try {
    for await (const chunk of compressed) {
      input.bytes += chunk.length;
      input.tail = Buffer.concat([input.tail, chunk.subarray(-4)]).subarray(-4);
      await new Promise<void>((resolve) => engine.write(chunk, () => resolve()));
      if (engine.destroyed) return;
    }
    engine.end();
  } catch (error) {
    engine.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** A gzip stream ends with its decoded length modulo 2^32 (RFC 1952 §2.3.1); any other ending is a cut or a second stream. */
function checkLength(tail: Uint8Array, decoded: number): void {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (tail.length === 4 && view.getUint32(0, true) === decoded % 2 ** 32) return;
  throw new ReadFault(
    'archive',
    phrase`the gzip stream is cut short, or the file holds more than one`,
    decoded,
    phrase`Compress the report again, as one stream: gzip report.sarif.`,
  );
}

function tooDense(limit: number, decoded: number): ReadFault {
  return new ReadFault(
    'ratio',
    phrase`the gzip stream unpacks to more than ${limit} times its size`,
    decoded,
    phrase`No report is that repetitive; give it uncompressed if it is real.`,
  );
}

function damaged(reason: string, decoded: number): ReadFault {
  return new ReadFault(
    'archive',
    phrase`the gzip stream is damaged (${reason})`,
    decoded,
    phrase`Compress the report again.`,
  );
}
