// Decides, before any request, where a comment on a finding may stand: at its line, at its file, or nowhere in the change.
import type { FindingLocation } from '#domain/location.ts';
import type { Anchor } from '#domain/publication.ts';
import type { ReviewDiff, ReviewFile } from '#domain/review-diff.ts';
import { findReviewFile, isDeletedIn } from './find-review-file.ts';
import type { AnchorReason } from './placement-reasons.ts';
import { findReviewLine, type ReviewLine } from './review-lines.ts';

/** Lines of the new side, 1-based, both included. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

export type FoundAnchor =
  /** `why` is null when the anchor is what was asked for, and says otherwise what stood in the way. */
  | { readonly kind: 'anchor'; readonly anchor: Anchor; readonly why: AnchorReason | null }
  | { readonly kind: 'none'; readonly why: AnchorReason };

type AnchoredLocation = Pick<FindingLocation, 'path' | 'startLine' | 'resolved' | 'wholeFile'>;

/**
 * The best anchor for a finding: line → file → none. A line is one that a hunk shows on the new side, added or unchanged; hosts refuse any
 * other, and GitHub then refuses the whole review (platforms A1, D1, D33). With `range` the anchor spans these lines when one hunk holds
 * both ends (D4); else it is the line that the finding starts at.
 */
export function anchorFinding(
  location: AnchoredLocation,
  diff: ReviewDiff,
  range: LineRange | null = null,
): FoundAnchor {
  if (!location.resolved) return { kind: 'none', why: 'unresolved' };
  const file = findReviewFile(diff, location.path);
  if (file === undefined) return { kind: 'none', why: whyMissing(location.path, diff) };
  if (location.wholeFile === true) return fileAnchor(location.path, file, 'whole_file');
  if (file.hunks === null) return fileAnchor(location.path, file, 'not_shown');
  const spanned = range === null ? null : anchorRange(file, range);
  if (spanned?.kind === 'anchor') return spanned;
  const line = findReviewLine(file.hunks, location.startLine);
  if (line === null) return fileAnchor(location.path, file, 'outside_hunks');
  const anchor = lineAnchor(location.path, file, { line: location.startLine, shown: line }, null);
  return { kind: 'anchor', anchor, why: spanned?.why ?? null };
}

/** The anchor of exactly these lines: a single line when they are one (platforms A1: `start_line` is strictly smaller), else both ends in one hunk. */
export function anchorRange(file: ReviewFile, { startLine, endLine }: LineRange): FoundAnchor {
  if (file.newPath === null) return { kind: 'none', why: 'deleted' };
  if (file.hunks === null) return { kind: 'none', why: 'not_shown' };
  const [start, end] = [findReviewLine(file.hunks, startLine), findReviewLine(file.hunks, endLine)];
  if (start === null || end === null || startLine > endLine) return { kind: 'none', why: 'outside_hunks' };
  if (start.hunk !== end.hunk) return { kind: 'none', why: 'two_hunks' };
  const first = startLine === endLine ? null : { line: startLine, shown: start };
  return {
    kind: 'anchor',
    anchor: lineAnchor(file.newPath, file, { line: endLine, shown: end }, first),
    why: null,
  };
}

function whyMissing(path: string, diff: ReviewDiff): AnchorReason {
  if (isDeletedIn(diff, path)) return 'deleted';
  return diff.complete ? 'not_in_diff' : 'diff_cut';
}

function fileAnchor(path: string, file: ReviewFile, why: AnchorReason): FoundAnchor {
  return { kind: 'anchor', anchor: { kind: 'file', path, oldPath: file.oldPath ?? path }, why };
}

interface ShownLine {
  readonly line: number;
  readonly shown: ReviewLine;
}

function lineAnchor(path: string, file: ReviewFile, last: ShownLine, first: ShownLine | null): Anchor {
  return {
    kind: 'line',
    path,
    oldPath: file.oldPath ?? path,
    line: last.line,
    oldLine: last.shown.oldLine,
    startLine: first?.line ?? null,
    startOldLine: first?.shown.oldLine ?? null,
  };
}
