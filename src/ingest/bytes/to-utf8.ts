// Makes UTF-8 of what Windows tools write: takes off the byte order mark, and transcodes UTF-16 as it streams.
import { phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32';

export interface SniffedEncoding {
  readonly encoding: TextEncodingName;
  /** Bytes of the byte order mark. */
  readonly markLength: number;
}

/**
 * Tells the encoding from a byte order mark or, as a JSON text begins with two ASCII characters, from where its zero bytes
 * stand (RFC 4627 §3).
 */
export function sniffEncoding(head: Uint8Array): SniffedEncoding {
  const [a = 0x20, b = 0x20, c = 0x20, d = 0x20] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return { encoding: 'utf-32', markLength: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  if (a !== 0 && b === 0 && c === 0 && d === 0) return { encoding: 'utf-32', markLength: 0 };
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { encoding: 'utf-16le', markLength: 0 };
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { encoding: 'utf-16be', markLength: 0 };
  return { encoding: 'utf-8', markLength: 0 };
}

/** The text as UTF-8 without byte order mark. Throws ReadFault `encoding` for UTF-32 and for broken UTF-16. */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  sniffed: SniffedEncoding,
): AsyncGenerator<Uint8Array> {
  const { encoding, markLength } = sniffed;
  if (encoding === 'utf-32')
    throw new ReadFault('encoding', phrase`the text is UTF-32`, 0, phrase`Write the report as UTF-8.`);
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let toSkip = markLength;
  let written = 0;
  for await (const chunk of chunks) {
    const body = chunk.subarray(toSkip);
    toSkip -= chunk.length - body.length;
    const text = decoder === null ? body : encode(decoder, body, true, written);
    written += text.length;
    if (text.length > 0) yield text;
  }
  if (decoder !== null) yield encode(decoder, new Uint8Array(0), false, written);
}

function encode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  stream: boolean,
  written: number,
): Uint8Array {
  try {
    return Buffer.from(decoder.decode(bytes, { stream }), 'utf8');
  } catch {
    throw new ReadFault(
      'encoding',
      phrase`the text is not valid ${decoder.encoding.toUpperCase()}`,
      written,
      phrase`Write the report as UTF-8.`,
    );
  }
}
