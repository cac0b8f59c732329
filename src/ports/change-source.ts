// Who knows what changed: git, locally, or the host where the change is discussed.
import type { Commits, TreeDiff } from '../domain/change.ts';
import type { ReviewDiff } from '../domain/review-diff.ts';
import type { Workspace } from './workspace.ts';

export interface ChangeSource {
  /** The commits of this run; refs are resolved once, at the start. */
  commits(): Promise<Commits>;
  /** Merge base → head (or the working tree), with renames; null when there is no base. */
  diff(): Promise<TreeDiff | null>;
  /** A scanned commit → head, to map a report's lines; empty when that commit is head, null when it is not here. */
  diffFrom(revision: string): Promise<TreeDiff | null>;
  /** From one full SHA to another as a forge shows it: three lines of context, renames found. Null when either commit is not here. */
  reviewDiff(from: string, to: string): Promise<ReviewDiff | null>;
  /** The tree at a commit. */
  at(commit: string): Workspace;
}
