// Maps a line of an old tree to the new one through a diff: reports are made on one commit and shown on another.
import type { ChangedFile, TreeDiff } from './change.ts';

export interface MappedLine {
  readonly path: string;
  /** Null when the line itself was replaced or deleted, or its file is gone. */
  readonly line: number | null;
}

/** Where `line` of `path` at the old side stands at the new side. Renames are followed. */
export function mapLine(diff: TreeDiff, path: string, line: number): MappedLine {
  const file = diff.files.find((candidate) => candidate.oldPath === path && candidate.status !== 'copied');
  if (file === undefined) return { path, line };
  if (file.newPath === null) return { path, line: null };
  return { path: file.newPath, line: shiftLine(file, line) };
}

function shiftLine(file: ChangedFile, line: number): number | null {
  let shift = 0;
  for (const hunk of file.hunks) {
    // git writes a pure insertion as "after oldStart", a change as "from oldStart on".
    if (hunk.oldLines === 0 ? line <= hunk.oldStart : line < hunk.oldStart) break;
    if (hunk.oldLines > 0 && line < hunk.oldStart + hunk.oldLines) return null;
    shift += hunk.newLines - hunk.oldLines;
  }
  return line + shift;
}

/** Whether `line` of the new side was added or modified. */
export function isNewLine(file: ChangedFile, line: number): boolean {
  return file.hunks.some((hunk) => line >= hunk.newStart && line < hunk.newStart + hunk.newLines);
}
