// Finds the exact text that a tool's fix would replace, or says why it cannot be told: a fix a column off is a wrong fix.
import type { Region } from '#domain/location.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ColumnKind, RawRegion } from '#domain/report.ts';
import type { HeadMap } from './map-to-head.ts';
import { inUtf16, resolveOffsets } from './resolve-region.ts';
import type { SourceText, SourceTexts } from './source-texts.ts';
import type { UnsaidLocation } from './unsaid-location.ts';

/** Lines between the ends of a region that are looked at one by one; larger fixes are not offered. */
const MAX_LINES = 200;
const CHANGED = phrase`the lines changed since the scan`;
const NOT_WHOLE = phrase`the report does not give its place in whole numbers from 1 on`;
const REVERSED = phrase`its end lies before its start`;
const BEYOND = phrase`it reaches beyond the end of the file or of a line`;
const TOO_LONG = phrase`it replaces more than ${MAX_LINES} lines`;

/**
 * The region to be replaced, in lines and UTF-16 columns (SARIF 2.1.0 §3.30, §3.57.3). Without columns it means whole lines and both
 * stay null; else both are numbers: a missing `startColumn` is 1, a missing `endColumn` the end of the line before its line end. One
 * past the last line, column 1, is the end of a file whose last line is ended.
 */
export async function locateExactRegion(
  path: string,
  raw: RawRegion,
  { headMap, texts, columnKind }: { headMap: HeadMap; texts: SourceTexts; columnKind: ColumnKind },
): Promise<UnsaidLocation> {
  const byOffset = raw.startLine === null;
  const written = byOffset ? null : readWritten(raw);
  if (written !== null && 'template' in written) return unusable(path, written);
  const moved = written === null ? headMap.file(path) : moveUnchanged(path, written, headMap);
  if (moved === null || ('changed' in moved && moved.changed)) return unusable(path, CHANGED);
  const source = await texts.get(moved.path);
  if (source.kind === 'unreadable') return unusable(moved.path, source.why);
  const region = 'region' in moved ? moved.region : readOffsets(raw, source.text, columnKind);
  if ('template' in region) return unusable(moved.path, region);
  const exact = byOffset ? region : holdAgainst(region, source.text, columnKind);
  if ('template' in exact) return unusable(moved.path, exact);
  return { path: moved.path, ...exact, resolved: true, why: null };
}

function unusable(path: string, why: Phrase): UnsaidLocation {
  return { path, startLine: 1, startColumn: null, endLine: 1, endColumn: null, resolved: false, why };
}

/** As written, columns in the report's own kind; null columns where none are given. */
function readWritten(raw: RawRegion): Region | Phrase {
  const { startLine, startColumn, endColumn } = raw;
  const endLine = raw.endLine ?? startLine;
  const given = [startLine, endLine, startColumn, endColumn].filter((value) => value !== null);
  if (
    startLine === null ||
    endLine === null ||
    !given.every((value) => Number.isSafeInteger(value) && value >= 1)
  )
    return NOT_WHOLE;
  const crossed = startLine === endLine && endColumn !== null && endColumn < (startColumn ?? 1);
  if (endLine < startLine || crossed) return REVERSED;
  if (endLine - startLine >= MAX_LINES) return TOO_LONG;
  return { startLine, startColumn, endLine, endColumn };
}

/** Every line of it must stand at head as it stood in the scanned commit, and in one piece. */
function moveUnchanged(
  path: string,
  region: Region,
  headMap: HeadMap,
): { readonly path: string; readonly region: Region } | null {
  if (headMap.file(path).opaque) return null;
  const shifts = new Set<number>();
  const paths = new Set<string>();
  for (let line = region.startLine; line <= region.endLine; line += 1) {
    const single = { startLine: line, startColumn: null, endLine: line, endColumn: null, why: null };
    const mapped = headMap.region(path, single);
    if (mapped.lost !== null) return null;
    shifts.add(mapped.region.startLine - line);
    paths.add(mapped.path);
  }
  const [shift = 0] = shifts;
  const [newPath = path] = paths;
  if (shifts.size > 1 || paths.size > 1) return null;
  return {
    path: newPath,
    region: { ...region, startLine: region.startLine + shift, endLine: region.endLine + shift },
  };
}

function holdAgainst(region: Region, text: SourceText, columnKind: ColumnKind): Region | Phrase {
  const { startLine, startColumn, endLine, endColumn } = inUtf16({ ...region, why: null }, text, columnKind);
  const last = text.lineCount;
  if (startColumn === null && endColumn === null) {
    return endLine > last ? BEYOND : { startLine, startColumn, endLine, endColumn };
  }
  const start = { line: startLine, column: startColumn ?? 1 };
  const end = { line: endLine, column: endColumn ?? text.line(endLine).length + 1 };
  for (const { line, column } of [start, end]) {
    const atFileEnd = line === last + 1 && column === 1 && endsFile(text);
    if (!atFileEnd && (line > last || column > text.line(line).length + 1)) return BEYOND;
    if (splitsCharacter(text.line(line), column)) return phrase`it starts or ends inside of a character`;
  }
  return { startLine, startColumn: start.column, endLine, endColumn: end.column };
}

function readOffsets(raw: RawRegion, text: SourceText, columnKind: ColumnKind): Region | Phrase {
  const inBytes = raw.charOffset === null || raw.charOffset < 0;
  const [offset, length] = inBytes ? [raw.byteOffset, raw.byteLength] : [raw.charOffset, raw.charLength];
  const isCount = (value: number | null) => value === null || (Number.isSafeInteger(value) && value >= 0);
  if (offset === null || !isCount(offset) || !isCount(length)) return NOT_WHOLE;
  if (text.hasMark) return phrase`whether its offset counts the byte order mark of the file cannot be told`;
  const { region, resolved } = resolveOffsets(raw, text, columnKind);
  if (!resolved || region.startColumn === null || region.endColumn === null) return BEYOND;
  if (region.endLine - region.startLine >= MAX_LINES) return TOO_LONG;
  const start = toLineStart(region.startLine, region.startColumn, text);
  const end = toLineStart(region.endLine, region.endColumn, text);
  for (const { line, column } of [start, end]) {
    const content = text.line(line);
    if (column > content.length + 1) return phrase`it starts or ends inside of a line end`;
    if (splitsCharacter(content, column) || (inBytes && !/^[\0-\x7f]*$/.test(content)))
      return phrase`it starts or ends inside of a character, or that cannot be told`;
  }
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Behind the line end of the last line an offset finds no further line: that place is column 1 of the line that would follow. */
function toLineStart(line: number, column: number, text: SourceText): { line: number; column: number } {
  const isFileEnd = line === text.lineCount && endsFile(text) && column === text.lengthWithEnd(line) + 1;
  return isFileEnd ? { line: line + 1, column: 1 } : { line, column };
}

/** Whether the last line has a line end. */
function endsFile(text: SourceText): boolean {
  return text.lengthWithEnd(text.lineCount) > text.line(text.lineCount).length;
}

/** Between the two halves of a surrogate pair. */
function splitsCharacter(line: string, column: number): boolean {
  return column > 1 && (line.codePointAt(column - 2) ?? 0) > 0xffff;
}
