// Whether a diff under review shows the place of a comment.
import type { Anchor } from '#domain/publication.ts';
import type { ReviewDiff, ReviewHunk } from '#domain/review-diff.ts';

type LinePlace = Pick<Extract<Anchor, { kind: 'line' }>, 'path' | 'line'>;

/** Every line of the range stands in one hunk on the new side, and old lines are named where a line is unchanged, and only there. */
export function isShownIn(diff: ReviewDiff, anchor: Anchor | LinePlace): boolean {
  const file = diff.files.find(({ newPath }) => newPath === anchor.path);
  if (!('line' in anchor)) return file !== undefined;
  const hunk = file?.hunks?.find(
    ({ newStart, newLines }) => anchor.line >= newStart && anchor.line < newStart + newLines,
  );
  if (!hunk || !('kind' in anchor)) return hunk !== undefined;
  const old = oldLines(hunk);
  if (old.get(anchor.line) !== anchor.oldLine) return false;
  const { startLine, startOldLine } = anchor;
  if (startLine === null) return startOldLine === null;
  return startLine < anchor.line && old.get(startLine) === startOldLine;
}

/** By the line on the new side: the old line of an unchanged one, null of an added one. */
function oldLines({ oldStart, newStart, marks }: ReviewHunk): ReadonlyMap<number, number | null> {
  const lines = new Map<number, number | null>();
  let [oldLine, newLine] = [oldStart, newStart];
  for (const mark of marks) {
    if (mark !== '-') lines.set(newLine, mark === ' ' ? oldLine : null);
    if (mark !== '+') oldLine += 1;
    if (mark !== '-') newLine += 1;
  }
  return lines;
}
