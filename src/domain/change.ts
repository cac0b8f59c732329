// The change under review, as git tells it.

/** A run of lines replaced by others. Counts may be 0. Lines are 1-based; for a pure insertion `oldStart` is the line before it (git's convention). */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

export interface ChangedFile {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';
  /** Path at the old side; equals `newPath` unless renamed or copied; null for an added file. */
  readonly oldPath: string | null;
  /** Path at the new side; null for a deleted file. */
  readonly newPath: string | null;
  readonly binary: boolean;
  /** Without context lines (`-U0`), ascending. */
  readonly hunks: readonly Hunk[];
}

/** Everything that differs between two trees. */
export interface TreeDiff {
  readonly files: readonly ChangedFile[];
}

/** The commits a run speaks of. Full SHAs; null where there is none. */
export interface Commits {
  /** Tip of the base ref: where configuration comes from. */
  readonly baseTip: string | null;
  /** Merge base of base and head: what the diff starts at. */
  readonly mergeBase: string | null;
  /** Null when the sources are the working tree. */
  readonly head: string | null;
  /** When head was committed, ISO 8601 in UTC; left out where it is not known. The one time that is the same for the same input. */
  readonly headTime?: string;
}

export type ScopeState = 'new' | 'changed' | 'existing';
export type ScopeChoice = 'new' | 'changed' | 'all';

export interface Scope {
  readonly state: ScopeState;
  readonly why: string;
}
