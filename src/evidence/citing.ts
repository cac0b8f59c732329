// Quotes the source for a reader and a checker: exactly the lines of the file, capped.

import type { Citation } from '#domain/location.ts';
import type { SourceText, Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';

const MAX_LINES = 3;
const MAX_CHARACTERS = 300;
const MAX_CITATIONS = 12;

/** The lines of a file as a citation; `endLine` is the last line that is quoted. */
export function citeLines(unit: SourceText, startLine: number, endLine: number): Citation {
  const lines: string[] = [];
  let length = 0;
  for (
    let line = startLine;
    line <= Math.min(endLine, startLine + MAX_LINES - 1, unit.lines.length);
    line++
  ) {
    const text = unit.lines[line - 1] ?? '';
    if (lines.length > 0 && length + text.length + 1 > MAX_CHARACTERS) break;
    lines.push(text);
    length += text.length + 1;
  }
  const quote = lines.join('\n').slice(0, MAX_CHARACTERS);
  return { path: unit.path, startLine, endLine: startLine + Math.max(lines.length, 1) - 1, quote };
}

export function cite(unit: SourceUnit, span: Span): Citation {
  return citeLines(span.file ?? unit, span.line, span.endLine);
}

/** Citations of several spans in order of the text, each first line once. */
export function citeAll(unit: SourceUnit, spans: readonly Span[]): readonly Citation[] {
  const byLine = new Map<string, Citation>();
  for (const span of [...spans].sort((a, b) => a.line - b.line)) {
    const place = `${span.file?.path ?? unit.path}:${span.line}`;
    if (!byLine.has(place)) byLine.set(place, cite(unit, span));
  }
  return [...byLine.values()].slice(0, MAX_CITATIONS);
}
