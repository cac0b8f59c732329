// Which lines of a file hold no code: part of what a claim about code is checked on.
import type { SourceUnit } from './source-unit.ts';
import { collectSyntax } from './syntax-of-file.ts';

export interface PlainLines {
  /** 1-based lines that hold nothing but comments. */
  readonly commentLines: readonly number[];
  readonly blankLines: readonly number[];
}

/** Lines (1-based, inclusive; clamped to the file) that hold no code: nothing but comments, or nothing at all. */
export function plainLines(unit: SourceUnit, startLine: number, endLine: number): PlainLines {
  const commentLines: number[] = [];
  const blankLines: number[] = [];
  const { lineStarts } = collectSyntax(unit);
  for (let line = Math.max(1, startLine); line <= Math.min(endLine, unit.lines.length); line++) {
    const text = unit.lines[line - 1] ?? '';
    if (text.trim() === '') blankLines.push(line);
    else if (
      isComment(unit, (lineStarts[line - 1] ?? 0) + text.length - text.trimStart().length, text.trim())
    )
      commentLines.push(line);
  }
  return { commentLines, blankLines };
}

/** Whether comments, and white space between them, cover all of a line's text. */
function isComment(unit: SourceUnit, start: number, text: string): boolean {
  let at = start;
  const end = start + text.length;
  for (let index = firstEndingAfter(unit.comments, at); index < unit.comments.length; index++) {
    const comment = unit.comments[index];
    if (comment === undefined || comment.start > at) return false;
    at = comment.end;
    while (at < end && /\s/.test(unit.text.charAt(at))) at++;
    if (at >= end) return true;
  }
  return false;
}

function firstEndingAfter(comments: SourceUnit['comments'], offset: number): number {
  let least = 0;
  let most = comments.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if ((comments[middle]?.end ?? 0) > offset) most = middle;
    else least = middle + 1;
  }
  return least;
}
