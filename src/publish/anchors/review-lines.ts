// Which lines of the new side a hunk shows, and where they stand on the old side.
import type { ReviewHunk } from '#domain/review-diff.ts';

export interface ReviewLine {
  readonly hunk: ReviewHunk;
  /** Where the line's mark stands in `hunk.marks`. */
  readonly at: number;
  /** 1-based line on the old side of an unchanged line; null for an added one. */
  readonly oldLine: number | null;
}

/** The line `line` (1-based) of the new side as a hunk shows it, added or unchanged; null when no hunk does (platforms A1). */
export function findReviewLine(hunks: readonly ReviewHunk[], line: number): ReviewLine | null {
  const hunk = hunks.find(({ newStart, newLines }) => line >= newStart && line < newStart + newLines);
  return hunk === undefined ? null : (linesOf(hunk)[line - hunk.newStart] ?? null);
}

/** A new file is one hunk, and may hold thousands of findings: each hunk is counted through once. */
const known = new WeakMap<ReviewHunk, readonly ReviewLine[]>();

/** The lines of the new side in order. */
function linesOf(hunk: ReviewHunk): readonly ReviewLine[] {
  const before = known.get(hunk);
  if (before !== undefined) return before;
  const lines: ReviewLine[] = [];
  let oldLine = hunk.oldStart;
  for (let at = 0; at < hunk.marks.length; at += 1) {
    const mark = hunk.marks[at];
    if (mark !== '-') lines.push({ hunk, at, oldLine: mark === ' ' ? oldLine : null });
    if (mark !== '+') oldLine += 1;
  }
  known.set(hunk, lines);
  return lines;
}
