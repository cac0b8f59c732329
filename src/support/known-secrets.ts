// Finds the secrets that a run was given, in whatever shape somebody wrote them to get past a plain search (security rows 15, 16).
import { Buffer } from 'node:buffer';

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Shorter values are no secrets worth the name: taking them out would tear ordinary words. */
const SHORTEST_SECRET = 6;
/** Texts are looked up in steps of this many letters. A match of at least 2 × GRAM − 1 always holds a whole step. */
const GRAM = 4;
const SHORTEST_MATCH = 2 * GRAM - 1;
/** Half of a secret gives it away, and so do this many letters of a long one. */
const TELLING_HALF = 24;
const FEWEST_DISTINCT_LETTERS = 4;

/** One shape of one secret, squeezed, and how many of its letters in a row are too many. */
interface Needle {
  readonly letters: string;
  readonly telling: number;
}

interface Anchor {
  readonly needle: Needle;
  readonly offset: number;
}

/**
 * A finder for the given values. It sees each as it is, reversed, in base64 (at any alignment), hexadecimal, percent encoding and
 * character codes; with blanks, line breaks or punctuation strewn in; in either case; whole or half. Spans come in order, apart
 * from each other. Time is linear in the text.
 */
export function createSecretFinder(secrets: readonly string[]): (text: string) => readonly Span[] {
  const values = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST_SECRET);
  const needles = values
    .flatMap(shapesOf)
    .map(squeeze)
    .map(needleOf)
    .filter((needle) => needle !== null);
  const anchors = indexByGram(needles);
  const literal = values.filter((value) => needleOf(squeeze(value)) === null);
  return (text) => {
    const found = literal.flatMap((value) => occurrences(text, value));
    if (anchors.size > 0) found.push(...matchSqueezed(text, anchors));
    return mergeSpans(found);
  };
}

function shapesOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    secret.replaceAll('\n', '\\n'),
    [...secret].reverse().join(''),
    encodeURIComponent(secret.toWellFormed()),
    bytes.toString('hex'),
    [...bytes].join(''),
    ...[0, 1, 2].map((shift) => base64At(bytes, shift)),
  ];
}

/** The base64 letters that depend on the secret alone when `shift` other bytes stand before it. */
function base64At(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const unstableEnd = (shift + bytes.length) % 3 === 0 ? 0 : 1;
  return encoded.slice(Math.ceil((shift * 8) / 6), encoded.length - unstableEnd);
}

interface Squeezed {
  readonly letters: string;
  /** Where each letter stands in the text. */
  readonly positions: Uint32Array;
}

/** ASCII letters (lower case), digits and visible characters beyond ASCII; what can be strewn between them is gone. */
function squeeze(text: string): Squeezed {
  const units = new Uint16Array(text.length);
  const positions = new Uint32Array(text.length);
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = keptUnit(text.charCodeAt(index));
    if (unit === 0) continue;
    units[count] = unit;
    positions[count] = index;
    count += 1;
  }
  const letters = Buffer.from(units.buffer, 0, count * 2).toString('utf16le');
  return { letters, positions: positions.subarray(0, count) };
}

function keptUnit(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit;
  if (unit >= 0x30 && unit <= 0x39) return unit;
  if (unit >= 0x41 && unit <= 0x5a) return unit + 0x20;
  if (unit < 0xc0 || (unit >= 0x2000 && unit <= 0x206f)) return 0;
  const hidden = (unit >= 0xd800 && unit <= 0xdfff) || (unit >= 0xfe00 && unit <= 0xfe0f) || unit === 0xfeff;
  return hidden ? 0 : unit;
}

function needleOf({ letters }: Squeezed): Needle | null {
  const distinct = new Set(letters).size;
  if (letters.length < SHORTEST_MATCH || distinct < FEWEST_DISTINCT_LETTERS) return null;
  const half = Math.min(Math.ceil(letters.length / 2), TELLING_HALF);
  return { letters, telling: Math.max(Math.min(letters.length, SHORTEST_MATCH + 1), half) };
}

function indexByGram(needles: readonly Needle[]): ReadonlyMap<string, readonly Anchor[]> {
  const anchors = new Map<string, Anchor[]>();
  for (const needle of needles) {
    for (let offset = 0; offset + GRAM <= needle.letters.length; offset += 1) {
      const gram = needle.letters.slice(offset, offset + GRAM);
      const known = anchors.get(gram);
      if (known === undefined) anchors.set(gram, [{ needle, offset }]);
      else known.push({ needle, offset });
    }
  }
  return anchors;
}

function matchSqueezed(text: string, anchors: ReadonlyMap<string, readonly Anchor[]>): Span[] {
  const { letters, positions } = squeeze(text);
  const spans: Span[] = [];
  for (let at = 0; at + GRAM <= letters.length; at += GRAM) {
    let reached = at;
    for (const anchor of anchors.get(letters.slice(at, at + GRAM)) ?? []) {
      const match = extend(letters, at, anchor);
      if (match.end - match.start < anchor.needle.telling) continue;
      spans.push({ start: positions[match.start] ?? 0, end: (positions[match.end - 1] ?? 0) + 1 });
      reached = Math.max(reached, match.end - GRAM);
    }
    // What is covered already need not be looked up again.
    at += Math.floor((reached - at) / GRAM) * GRAM;
  }
  return spans;
}

function extend(letters: string, at: number, { needle, offset }: Anchor): Span {
  let before = 0;
  while (before < Math.min(at, offset) && letters[at - before - 1] === needle.letters[offset - before - 1])
    before += 1;
  let after = GRAM;
  const room = Math.min(letters.length - at, needle.letters.length - offset);
  while (after < room && letters[at + after] === needle.letters[offset + after]) after += 1;
  return { start: at - before, end: at + after };
}

function occurrences(text: string, value: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    spans.push({ start: at, end: at + value.length });
  }
  return spans;
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start > last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end };
  }
  return merged;
}
