// The texts that findings lie in, each read once, cut into lines; turns offsets into lines and columns.
import { Buffer } from 'node:buffer';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';

/** A place between two characters; both 1-based, columns in UTF-16 code units. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** One file, cut into lines at `\n` or `\r\n` (SARIF 2.1.0 §3.14.22's default). */
export interface SourceText {
  /** At least 1: an empty file has one empty line. */
  readonly lineCount: number;
  /** The file starts with a byte order mark, which the text does not hold. */
  readonly hasMark: boolean;
  /** Without its line end; '' beyond the end. 1-based. */
  line(number: number): string;
  /** Characters of a line together with its line end. */
  lengthWithEnd(number: number): number;
  /** Where a 0-based offset in UTF-16 code units stands; null beyond the end. */
  positionOfChar(offset: number): Position | null;
  /** The UTF-16 column of a column that counts code points; both 1-based. */
  columnOfCodePoint(line: number, column: number): number;
  /** The UTF-16 offset of an offset that counts code points; both 0-based. */
  offsetOfCodePoint(offset: number): number;
  /** Where a 0-based offset in UTF-8 bytes stands; null beyond the end. */
  positionOfByte(offset: number): Position | null;
}

type SourceOutcome =
  | { readonly kind: 'text'; readonly text: SourceText }
  | { readonly kind: 'unreadable'; readonly why: Phrase };

export interface SourceTexts {
  get(path: string): Promise<SourceOutcome>;
}

/** Reads through `workspace` and keeps what it read for the length of a run. */
export function createSourceTexts(workspace: Workspace): SourceTexts {
  const read = new Map<string, Promise<SourceOutcome>>();
  return {
    get: (path) => {
      const known = read.get(path);
      if (known !== undefined) return known;
      const outcome = readSource(workspace, path);
      read.set(path, outcome);
      return outcome;
    },
  };
}

async function readSource(workspace: Workspace, path: string): Promise<SourceOutcome> {
  const outcome = await workspace.read(path);
  if (outcome.kind === 'missing') return { kind: 'unreadable', why: phrase`the file is not there` };
  if (outcome.kind === 'refused')
    return { kind: 'unreadable', why: phrase`the file is not read: ${outcome.why}` };
  const hasMark = outcome.bytes === Buffer.byteLength(outcome.text, 'utf8') + BYTE_ORDER_MARK;
  return { kind: 'text', text: createSourceText(outcome.text, hasMark ? BYTE_ORDER_MARK : 0) };
}

/** Bytes of a UTF-8 byte order mark, which a reader may have taken off the text. */
const BYTE_ORDER_MARK = 3;

/** @param skippedBytes bytes of the file before the text's first character */
export function createSourceText(text: string, skippedBytes = 0): SourceText {
  const starts = findLineStarts(text);
  const lineCount = starts.length;
  const lineWithEnd = (number: number): string =>
    text.slice(starts[number - 1] ?? text.length, starts[number] ?? text.length);
  let byteStarts: readonly number[] | null = null;

  return {
    lineCount,
    hasMark: skippedBytes > 0,
    line: (number) => (number < 1 ? '' : withoutLineEnd(lineWithEnd(number))),
    lengthWithEnd: (number) => (number < 1 ? 0 : lineWithEnd(number).length),
    positionOfChar: (offset) => {
      if (offset < 0 || offset > text.length) return null;
      const line = lastAtMost(starts, offset) + 1;
      return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
    },
    columnOfCodePoint: (line, column) => 1 + skipCodePoints(lineWithEnd(line), column - 1),
    offsetOfCodePoint: (offset) => skipCodePoints(text, offset),
    positionOfByte: (offset) => {
      byteStarts ??= measureLines(starts, lineWithEnd, skippedBytes);
      if (offset < 0 || offset > (byteStarts.at(-1) ?? 0)) return null;
      const line = Math.min(lastAtMost(byteStarts, offset) + 1, lineCount);
      const before = Math.max(0, offset - (byteStarts[line - 1] ?? 0));
      const prefix = Buffer.from(lineWithEnd(line), 'utf8').subarray(0, before).toString('utf8');
      return { line, column: prefix.length + 1 };
    },
  };
}

/** UTF-16 length of the first `count` code points; what lies beyond the end counts one each, so that it stays beyond. */
function skipCodePoints(text: string, count: number): number {
  let length = 0;
  let left = count;
  while (left > 0 && length < text.length) {
    length += (text.codePointAt(length) ?? 0) > 0xffff ? 2 : 1;
    left -= 1;
  }
  return length + left;
}

function withoutLineEnd(line: string): string {
  if (!line.endsWith('\n')) return line;
  return line.slice(0, line.endsWith('\r\n') ? -2 : -1);
}

/** Offsets at which lines begin; a text that ends with a line end has no further line. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1 && end + 1 < text.length; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}

/** Byte offsets at which lines begin, and after them that of the end of the text. */
function measureLines(
  starts: readonly number[],
  lineWithEnd: (line: number) => string,
  skippedBytes: number,
): readonly number[] {
  const offsets = [skippedBytes];
  let offset = skippedBytes;
  for (let line = 1; line <= starts.length; line += 1) {
    offset += Buffer.byteLength(lineWithEnd(line), 'utf8');
    offsets.push(offset);
  }
  return offsets;
}

/** Index of the last entry of an ascending list that is at most `value`; the list starts at or below it. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
