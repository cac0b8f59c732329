// Finds the files of a diff under review by path. Thousands of findings are looked up in thousands of files, so each diff is indexed once.
import type { ReviewDiff, ReviewFile } from '#domain/review-diff.ts';

interface FileIndex {
  readonly byNewPath: ReadonlyMap<string, ReviewFile>;
  readonly deleted: ReadonlySet<string>;
}

const indexes = new WeakMap<ReviewDiff, FileIndex>();

/** The file that stands at `path` at head. */
export function findReviewFile(diff: ReviewDiff, path: string): ReviewFile | undefined {
  return indexOf(diff).byNewPath.get(path);
}

/** Whether the change takes the file at `path` away. */
export function isDeletedIn(diff: ReviewDiff, path: string): boolean {
  return indexOf(diff).deleted.has(path);
}

function indexOf(diff: ReviewDiff): FileIndex {
  const known = indexes.get(diff);
  if (known !== undefined) return known;
  const byNewPath = new Map<string, ReviewFile>();
  const deleted = new Set<string>();
  for (const file of diff.files) {
    const { oldPath, newPath } = file;
    if (newPath === null && oldPath !== null) deleted.add(oldPath);
    if (newPath !== null && !byNewPath.has(newPath)) byNewPath.set(newPath, file);
  }
  const index = { byNewPath, deleted };
  indexes.set(diff, index);
  return index;
}
