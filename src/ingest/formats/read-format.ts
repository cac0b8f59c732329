// Drives a format's reader: cuts the bytes of a report into the parts that the format asks for and hands them over one by one.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { parseSlice } from '../json/parse-slice.ts';
import { DocumentSlicer } from '../json/slice-document.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import type { FormatIntake } from './format-intake.ts';
import type { FormatReader, ReportFormat } from './report-format.ts';

export interface FormatText {
  /** UTF-8 without byte order mark. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Where the text begins in the document. */
  readonly offset: number;
}

/** Throws ReadFault, or whatever the format's reader throws; what was put out before stays in `intake`. */
export async function readFormat(
  format: ReportFormat,
  text: FormatText,
  intake: FormatIntake,
  limits: IngestLimits,
): Promise<void> {
  const reader = format.open(intake);
  if (format.syntax === 'json' || format.syntax === 'json-lines')
    await readJson(format, text, { intake, reader, limits });
  else {
    const whole = await readWhole(text, limits);
    if (format.syntax === 'text') reader.part('text', whole, 0);
    else {
      const { readXml } = await import('./read-xml.ts');
      reader.part('xml', readXml(whole, text.offset, limits), 0);
    }
  }
  reader.finish();
}

interface Reading {
  readonly intake: FormatIntake;
  readonly reader: FormatReader;
  readonly limits: IngestLimits;
}

async function readJson(format: ReportFormat, text: FormatText, reading: Reading): Promise<void> {
  const { intake, reader, limits } = reading;
  const slicer = new DocumentSlicer(
    {
      begin: (path) => reader.begin?.(path),
      part: (path, slice, index) => {
        intake.offset = slice.offset;
        const value = parseSlice(slice);
        if (path !== '') reader.part(path, value, index);
      },
    },
    { elements: new Set(format.elements), isSequence: format.syntax === 'json-lines' },
    limits,
    text.offset,
  );
  for await (const chunk of text.chunks) slicer.push(chunk);
  slicer.finish();
}

async function readWhole({ chunks, offset }: FormatText, limits: IngestLimits): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limits.elementBytes)
      throw new ReadFault(
        'size',
        phrase`the document is larger than ${sizeOf(limits.elementBytes)}, the most that is read of this format`,
        offset + limits.elementBytes,
        phrase`Split the scan, for example by folder, and give the parts.`,
      );
    pieces.push(Uint8Array.from(chunk));
  }
  const bytes = Buffer.concat(pieces);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ReadFault(
      'encoding',
      phrase`there are bytes that are not UTF-8`,
      offset + validLength(bytes),
      phrase`Write the report as UTF-8.`,
    );
  }
}

/** How many bytes from the start are UTF-8. */
function validLength(bytes: Uint8Array): number {
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let position = 0;
  let from = 0;
  for (let at = decoded.indexOf(REPLACEMENT); at !== -1; at = decoded.indexOf(REPLACEMENT, from)) {
    position += Buffer.byteLength(decoded.slice(from, at));
    // One that the text itself holds is three bytes; any other stands for a byte that means nothing.
    if (bytes[position] !== 0xef || bytes[position + 1] !== 0xbf || bytes[position + 2] !== 0xbd) break;
    position += 3;
    from = at + 1;
  }
  return position;
}

const REPLACEMENT = '\ufffd';

function sizeOf(bytes: number): Phrase {
  const mebibytes = Math.floor(bytes / 1024 / 1024);
  return mebibytes > 0 ? phrase`${mebibytes} MiB` : phrase`${bytes} bytes`;
}
