// The change as a forge shows it for review: hunks with context, which say where a comment or a suggestion may stand.

export interface ReviewHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  /** The hunk shows the new side's lines `newStart` to `newStart + newLines - 1`; none when `newLines` is 0. */
  readonly newStart: number;
  readonly newLines: number;
  /** One character a line of the hunk, as in a unified diff: ` ` context, `+` added, `-` deleted. */
  readonly marks: string;
  /** The last line of the new side, when the hunk shows it, has no line end. */
  readonly newlineMissing: boolean;
}

export interface ReviewFile {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';
  /** Null for an added file; equals `newPath` unless renamed or copied. */
  readonly oldPath: string | null;
  /** Null for a deleted file. */
  readonly newPath: string | null;
  /** Null when no lines are shown: binary, too large, or the host did not say. */
  readonly hunks: readonly ReviewHunk[] | null;
}

export interface ReviewDiff {
  readonly files: readonly ReviewFile[];
  /** False when the host cut the list of files. */
  readonly complete: boolean;
}
