// The lines of a merge request's diff as GitLab names them: old and new counters, line codes (platforms B1).
import { createHash } from 'node:crypto';
import type { DiffFile } from '../git-diff.ts';

export interface CodedLine {
  readonly mark: ' ' | '+' | '-';
  readonly oldLine: number | null;
  readonly newLine: number | null;
  /** `<sha1 of the path>_<old>_<new>`; the side that a line is not on counts with the line that comes next there. */
  readonly code: string;
}

/** GitLab gives an added or deleted file the same path on both sides. */
export const oldPathOf = (file: DiffFile): string => file.oldPath ?? file.newPath ?? '';
export const newPathOf = (file: DiffFile): string => file.newPath ?? file.oldPath ?? '';

/** Every line that the diff of a file shows. */
export function codedLines(file: DiffFile): readonly CodedLine[] {
  const name = createHash('sha1').update(newPathOf(file)).digest('hex');
  return file.hunks.flatMap((hunk) => {
    // Of a new file the old side stays at 0, of a deleted one the new side.
    let [oldNext, newNext] = [hunk.oldStart, hunk.newStart];
    return hunk.lines.map(({ mark, oldLine, newLine }) => {
      const line = { mark, oldLine, newLine, code: `${name}_${oldNext}_${newNext}` };
      if (mark !== '+') oldNext += 1;
      if (mark !== '-') newNext += 1;
      return line;
    });
  });
}

/** The file of a diff that both paths name. */
export function findFile(
  files: readonly DiffFile[],
  oldPath: string | null,
  newPath: string | null,
): DiffFile | null {
  return files.find((file) => oldPathOf(file) === oldPath && newPathOf(file) === newPath) ?? null;
}
