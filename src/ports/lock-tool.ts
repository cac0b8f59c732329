// Runs an ecosystem's own tool, which the operator asked for, in a copy of the sources that is thrown away.
import type { Workspace } from './workspace.ts';

/** Words of ours: the arguments go to the program as they are, without a shell. */
export interface ToolCommand {
  /** A bare name, looked up on PATH. */
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs, relative to the root with `/`; '' for the root. */
  readonly folder: string;
}

export type ToolOutcome =
  /** `said`: the last of what it printed; outside text of many lines. */
  | { readonly kind: 'done'; readonly said: string }
  /** Not on PATH, outside of the repository. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly exitCode: number | null; readonly said: string }
  | { readonly kind: 'late'; readonly said: string };

/** A copy of the sources; disposing takes it away with all that a tool made. */
export interface LockRoom extends AsyncDisposable {
  /** Never throws for what the tool does. */
  run(command: ToolCommand): Promise<ToolOutcome>;
  /** Changes the text of a copied file; does nothing where there is none of that name. */
  replace(path: string, change: (text: string) => string): Promise<void>;
  /** The copy as it is now. */
  sources(): Workspace;
  /** Copied files that are not what they were, or are gone; sorted. */
  changed(): Promise<readonly string[]>;
}

export interface LockTool {
  /** Copies these files: regular ones below the root that no link leads to; others are left out. Throws AssayError `output`. */
  open(files: readonly string[]): Promise<LockRoom>;
}
