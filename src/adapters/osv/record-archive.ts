// The records of a zip such as OSV's all.zip, unpacked in memory in portions; the names in it lead nowhere.
import { readFile, stat } from 'node:fs/promises';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { markOutside } from '../../support/mark-outside.ts';
import type { FoundText } from './found-text.ts';

const MEBIBYTE = 1024 * 1024;
/** all.zip of npm, the largest, has some 200 MiB and 250,000 entries. */
const LARGEST_ARCHIVE = 1024 * MEBIBYTE;
const MOST_ENTRIES = 1_000_000;
const LARGEST_ENTRY = 16 * MEBIBYTE;
const MOST_UNPACKED = 8192 * MEBIBYTE;
/** JSON packs 5 to 20 times smaller; only what is large once it is unpacked is held to it. */
const HIGHEST_RATIO = 200;
const SMALL = MEBIBYTE;
/** Unpacked at once. */
const PORTION = 32 * MEBIBYTE;

class TooMuch extends Error {}

/** Every refused entry, and a damaged archive, is a gap. `name` is what the archive is called in sentences. */
export async function* readArchive(file: string, name: string): AsyncGenerator<FoundText> {
  if ((await stat(file)).size > LARGEST_ARCHIVE) {
    yield { kind: 'gap', why: `${name} has more than the ${LARGEST_ARCHIVE} bytes that are read.` };
    return;
  }
  const bytes = await readFile(file);
  try {
    const { portions, refused } = plan(bytes, name);
    for (const why of refused) yield { kind: 'gap', why };
    for (const portion of portions) yield* unpack(bytes, portion, name);
  } catch (error) {
    const why = error instanceof TooMuch ? error.message : `${name} is damaged: it is no whole zip.`;
    yield { kind: 'gap', why };
  }
}

/** The places of entries in the archive's list, portion by portion, from what the list says of their sizes. */
function plan(bytes: Uint8Array, name: string) {
  const portions: Set<number>[] = [];
  const refused: string[] = [];
  let [place, portion, total] = [-1, PORTION, 0];
  visit(bytes, (entry) => {
    place += 1;
    if (place >= MOST_ENTRIES) throw new TooMuch(`${name} has more than ${MOST_ENTRIES} entries.`);
    if (!/\.json$/i.test(entry.name)) return false;
    const why = refuse(entry);
    if (why !== null) {
      refused.push(`${markOutside(entry.name)} in ${name} ${why}.`);
      return false;
    }
    const room = roomOf(entry);
    total += room;
    if (total > MOST_UNPACKED) throw new TooMuch(`${name} holds more than ${MOST_UNPACKED} bytes.`);
    if (portion + room > PORTION) {
      portions.push(new Set());
      portion = 0;
    }
    portion += room;
    portions.at(-1)?.add(place);
    return false;
  });
  return { portions, refused };
}

/** Entries may overlap, and what is not packed is copied in its packed size. */
function roomOf({ size, originalSize }: UnzipFileInfo): number {
  return Math.max(size, originalSize);
}

function refuse(entry: UnzipFileInfo): string | null {
  const { size, originalSize, compression } = entry;
  if (compression !== 0 && compression !== 8) return 'is packed in a way that is not read';
  if (roomOf(entry) > LARGEST_ENTRY) return `has more than the ${LARGEST_ENTRY} bytes that are read`;
  const isBomb = originalSize > SMALL && originalSize > size * HIGHEST_RATIO;
  return isBomb ? 'unpacks to far more than any record' : null;
}

/** What an entry unpacks to is never more than its listed size, which was checked: the room for it is made before. */
function* unpack(bytes: Uint8Array, portion: ReadonlySet<number>, name: string): Generator<FoundText> {
  let place = -1;
  const texts = visit(bytes, () => {
    place += 1;
    return portion.has(place);
  });
  for (const [entry, content] of texts) {
    yield { kind: 'text', name: `${markOutside(entry)} in ${name}`, text: new TextDecoder().decode(content) };
  }
  const lost = portion.size - texts.length;
  if (lost > 0) yield { kind: 'gap', why: `${lost} entries of ${name} have the name of another.` };
}

function visit(bytes: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): [string, Uint8Array][] {
  return Object.entries(unzipSync(bytes, { filter }));
}
