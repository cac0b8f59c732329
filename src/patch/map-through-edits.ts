// Where lines of a file stand after a patch: needed to look at the same place again.
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';

/** Lines, both ends included, 1-based. */
export interface LineSpan {
  readonly startLine: number;
  readonly endLine: number;
}

/** Where an untouched line stands afterwards; null for a line that the edits replace. */
export function mapThroughEdits(edits: readonly LineEdit[], line: number): number | null {
  let shift = 0;
  for (const { startLine, lines, newText } of edits) {
    if (line < startLine) break;
    if (line < startLine + lines) return null;
    shift += splitLines(newText).length - lines;
  }
  return line + shift;
}

/** The lines that stand where the span stood: its untouched lines, and all new lines of the edits that meet it. Never empty. */
export function mapSpan(edits: readonly LineEdit[], span: LineSpan): LineSpan {
  const lines: number[] = [];
  for (const line of [span.startLine, span.endLine]) {
    const mapped = mapThroughEdits(edits, line);
    if (mapped !== null) lines.push(mapped);
  }
  for (const [index, edit] of edits.entries()) {
    const end = edit.startLine + Math.max(edit.lines, 1) - 1;
    if (edit.startLine > span.endLine || end < span.startLine) continue;
    const { startLine, endLine } = spanAfter(edits, index);
    lines.push(startLine, Math.max(startLine, endLine));
  }
  return { startLine: Math.min(...lines), endLine: Math.max(...lines) };
}

/** The new lines of one of the edits; `endLine` is before `startLine` when there are none. */
export function spanAfter(edits: readonly LineEdit[], index: number): LineSpan {
  const shift = edits
    .slice(0, index)
    .reduce((sum, { lines, newText }) => sum + splitLines(newText).length - lines, 0);
  const edit = edits[index];
  const startLine = (edit?.startLine ?? 1) + shift;
  return { startLine, endLine: startLine + splitLines(edit?.newText ?? '').length - 1 };
}
