// Turns a region as a report writes it, with any field missing or absurd, into lines and columns that exist in the file.
import type { Region } from '#domain/location.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ColumnKind, RawRegion } from '#domain/report.ts';
import type { SourceText } from './source-texts.ts';

/** A region in the words of the report: whole numbers, start before end, not yet held against a file. */
export interface ReportedRegion extends Region {
  /** What had to be left out of what the report wrote, or null. */
  readonly why: Phrase | null;
}

export interface ResolvedRegion {
  readonly region: Region;
  /** False when the place is not in this version of the file. */
  readonly resolved: boolean;
  readonly why: Phrase | null;
}

/** Line 1, for a report that names a file and no place in it. */
export const WHOLE_FILE: Region = { startLine: 1, startColumn: null, endLine: 1, endColumn: null };
export const WHOLE_FILE_WHY = phrase`the report names the whole file`;
const BEYOND_END = phrase`it lies beyond the end of the file: the report is of another version`;
const BAD_COLUMNS = phrase`its columns are not in the line and are left out`;
const BAD_END = phrase`its end lies before its start and is left out`;
const MAX_LINE = 2 ** 31 - 1;

/**
 * Reads the lines of a region (SARIF 2.1.0 §3.30); null when it gives none, so that offsets or the whole file must do.
 * `endLine` defaults to `startLine`. Absent columns stay null.
 */
export function readLines(raw: RawRegion): ReportedRegion | null {
  const startLine = toCount(raw.startLine);
  if (startLine === null) return null;
  const reportedEnd = toCount(raw.endLine) ?? startLine;
  const reversed = reportedEnd < startLine || (raw.endLine !== null && toCount(raw.endLine) === null);
  const endLine = Math.max(startLine, reportedEnd);
  const startColumn = toCount(raw.startColumn);
  const endColumn = reversed || startColumn === null ? null : toCount(raw.endColumn);
  const crossed = endLine === startLine && endColumn !== null && endColumn < (startColumn ?? 1);
  return {
    startLine,
    startColumn,
    endLine,
    endColumn: crossed ? null : endColumn,
    why: reversed || crossed ? BAD_END : null,
  };
}

/** Whether a region says where it is by offsets only. */
export function hasOffsets(raw: RawRegion): boolean {
  return toOffset(raw.charOffset) !== null || toOffset(raw.byteOffset) !== null;
}

/** Finds the place of a region that is given by character or byte offsets. */
export function resolveOffsets(raw: RawRegion, text: SourceText, columnKind: ColumnKind): ResolvedRegion {
  const byChar = toOffset(raw.charOffset);
  const offset = byChar ?? toOffset(raw.byteOffset) ?? 0;
  const length = toOffset(byChar === null ? raw.byteLength : raw.charLength) ?? 0;
  const countsCodePoints = byChar !== null && columnKind === 'unicodeCodePoints';
  const toUnits = (count: number) => (countsCodePoints ? text.offsetOfCodePoint(count) : count);
  const findPlace = byChar === null ? text.positionOfByte : text.positionOfChar;
  const find = (count: number) => findPlace(toUnits(count));
  const start = find(offset);
  if (start === null) return { region: lastLine(text), resolved: false, why: BEYOND_END };
  const end = find(offset + length);
  const region: Region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end?.line ?? start.line,
    endColumn: end?.column ?? null,
  };
  return end === null ? { region, resolved: false, why: BEYOND_END } : { region, resolved: true, why: null };
}

/** The region with its columns in UTF-16 code units, which they differ from behind characters such as emoji. */
export function inUtf16(reported: ReportedRegion, text: SourceText, columnKind: ColumnKind): ReportedRegion {
  if (columnKind === 'utf16CodeUnits') return reported;
  const { startLine, startColumn, endLine, endColumn } = reported;
  return {
    ...reported,
    startColumn: startColumn === null ? null : text.columnOfCodePoint(startLine, startColumn),
    endColumn: endColumn === null ? null : text.columnOfCodePoint(endLine, endColumn),
  };
}

/** Holds a region against the file. One line past the end is where tools report the end of a file, and is taken as its last line. */
export function clampRegion(reported: ReportedRegion, text: SourceText): ResolvedRegion {
  const last = text.lineCount;
  if (reported.startLine > last + 1) return { region: lastLine(text), resolved: false, why: BEYOND_END };
  if (reported.startLine === last + 1) return { region: lastLine(text), resolved: true, why: null };

  const { startLine, startColumn } = reported;
  const beyond = reported.endLine > last + 1;
  const endLine = Math.min(reported.endLine, last);
  const columnsExist = startColumn === null || startColumn <= text.line(startLine).length + 1;
  const endColumn =
    reported.endColumn === null || endLine < reported.endLine || !columnsExist
      ? null
      : Math.min(reported.endColumn, text.line(endLine).length + 1);
  return {
    region: { startLine, startColumn: columnsExist ? startColumn : null, endLine, endColumn },
    resolved: !beyond,
    why: beyond ? BEYOND_END : columnsExist ? reported.why : BAD_COLUMNS,
  };
}

function lastLine(text: SourceText): Region {
  return { ...WHOLE_FILE, startLine: text.lineCount, endLine: text.lineCount };
}

/** A 1-based count, or null for what is none (0, negative, NaN, missing). Beyond 2³¹ − 1 all counts are one. */
function toCount(value: number | null): number | null {
  if (value === null || Number.isNaN(value) || value < 1) return null;
  return Math.min(Math.trunc(value), MAX_LINE);
}

/** A 0-based offset or a length, or null (SARIF writes -1 for "none"). */
function toOffset(value: number | null): number | null {
  if (value === null || Number.isNaN(value) || value < 0) return null;
  return Math.min(Math.trunc(value), Number.MAX_SAFE_INTEGER);
}
