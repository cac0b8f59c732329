// Rows of GitLab's diffs → the files of a change, with or without their lines.
import type { ChangedFile, Hunk, TreeDiff } from '#domain/change.ts';
import { AssayError } from '#domain/errors.ts';
import { parseHunks } from '#domain/parse-hunks.ts';
import type { ReviewFile, ReviewHunk } from '#domain/review-diff.ts';
import type { DiffRow } from './gitlab-shapes.ts';

/** An empty text says nothing: the file may be collapsed, too large, binary, or only renamed (platforms D46). */
export function toReviewFile(row: DiffRow): ReviewFile {
  return { ...sidesOf(row), hunks: row.diff === '' ? null : parseHunks(row.diff) };
}

/**
 * The change without its context lines.
 *
 * @throws AssayError `repository` when GitLab keeps the lines of a file back: taking it for unchanged would hide what is new in it
 */
export function toTreeDiff(rows: readonly DiffRow[]): TreeDiff {
  return { files: rows.map(toChangedFile) };
}

function toChangedFile(row: DiffRow): ChangedFile {
  const binary = /^Binary files /.test(row.diff);
  const hunks = binary ? [] : parseHunks(row.diff);
  const keptBack = row.diff === '' && (row.collapsed === true || row.too_large === true);
  if (keptBack || hunks === null) {
    throw new AssayError(
      'repository',
      `GitLab does not show what changed in ${JSON.stringify(row.new_path)}.`,
      {
        hint: 'Run Assay in a checkout with the history of the target branch, so that git can compare the two.',
      },
    );
  }
  return { ...sidesOf(row), binary, hunks: hunks.flatMap(changedRuns) };
}

/** Each run of deleted and added lines by itself, as `git diff -U0` has it. */
function changedRuns({ oldStart, oldLines, newStart, newLines, marks }: ReviewHunk): readonly Hunk[] {
  const runs: Hunk[] = [];
  // The next line of each side; a side without lines names the line before the place.
  let oldLine = oldLines === 0 ? oldStart + 1 : oldStart;
  let newLine = newLines === 0 ? newStart + 1 : newStart;
  for (const [run] of marks.matchAll(/ +|[-+]+/g)) {
    const deleted = run.replaceAll('+', '').length;
    const added = run.replaceAll('-', '').length;
    if (!run.startsWith(' ')) {
      runs.push({
        oldStart: deleted === 0 ? oldLine - 1 : oldLine,
        oldLines: deleted,
        newStart: added === 0 ? newLine - 1 : newLine,
        newLines: added,
      });
    }
    oldLine += deleted;
    newLine += added;
  }
  return runs;
}

function sidesOf(row: DiffRow): Pick<ReviewFile, 'status' | 'oldPath' | 'newPath'> {
  return {
    status: statusOf(row),
    oldPath: row.new_file ? null : row.old_path,
    newPath: row.deleted_file ? null : row.new_path,
  };
}

function statusOf(row: DiffRow): ReviewFile['status'] {
  if (row.new_file) return 'added';
  if (row.deleted_file) return 'deleted';
  if (row.renamed_file) return 'renamed';
  return kindOfMode(row.a_mode) === kindOfMode(row.b_mode) ? 'modified' : 'type_changed';
}

/** Of git's modes the first three digits tell files, links and submodules apart. */
function kindOfMode(mode: string | null | undefined): string {
  return (mode ?? '').slice(0, 3);
}
