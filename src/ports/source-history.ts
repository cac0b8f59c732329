// What git knows of the working tree that `assay fix` writes to, and the branch that it commits to.
import type { Workspace } from './workspace.ts';

export interface SourceHistory {
  /** Whether a file is exactly as the last commit has it, and staged in no other form. */
  isClean(path: string): Promise<boolean>;
  /** The trees of the commits that are here, in the order given; expressions such as `HEAD^` are ours. */
  treesAt(revisions: readonly string[]): Promise<readonly Workspace[]>;
  /** Why the name cannot be committed to, in a sentence; null when it can: it is new, or checked out already. */
  branchProblem(name: string): Promise<string | null>;
  /**
   * Checks out the branch, made here when it is new, and commits these files as they lie there, and nothing else. What else is changed or
   * staged stays as it is; nothing is pushed. Null when the branch has them already, else the new commit's id.
   */
  commit(branch: string, paths: readonly string[], message: string): Promise<string | null>;
}
