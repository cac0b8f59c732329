// A proposed change of one file that was proved before anybody sees it, and what was proved.

/** Replaces whole lines. Several edits of a patch are ascending and do not touch each other. */
export interface LineEdit {
  /** 1-based: the first line replaced; for a pure insertion (`lines` 0) the line that the text goes before, which may be one past the last. */
  readonly startLine: number;
  /** How many lines are replaced; 0 for a pure insertion. */
  readonly lines: number;
  /** What stands there afterwards, with line ends as the file has them; '' for a deletion. Ends without one only at the end of a file that does. */
  readonly newText: string;
}

/** Who thought of the change. What comes from outside is only ever an idea: the text that is shown comes from the applied patch. */
export type PatchOrigin = 'scanner';

/** The rungs of the ladder, in the order they are climbed. */
export const PATCH_CHECKS = ['applies', 'policy', 'parses', 'rejudged'] as const;

export interface PatchCheck {
  readonly check: (typeof PATCH_CHECKS)[number];
  /** `not_applicable`: nothing could be checked (no grammar for the language, nothing known about the weakness); why is in `text`. */
  readonly outcome: 'passed' | 'not_applicable';
  readonly text: string;
}

export interface Patch {
  /** Relative to the repository root; the finding's own file. */
  readonly path: string;
  readonly origin: PatchOrigin;
  /** The tool whose fix it is; outside text. */
  readonly tool: string | null;
  /** The proposer's own words; outside text. */
  readonly description: string | null;
  /** Never empty. */
  readonly edits: readonly LineEdit[];
  /** SHA-256, hexadecimal, of the file's bytes at head. */
  readonly before: string;
  /** SHA-256 of the bytes with the edits applied. */
  readonly after: string;
  readonly checks: readonly PatchCheck[];
}

/** A proposal that fell off the ladder. */
export interface PatchRefusal {
  readonly origin: PatchOrigin;
  readonly tool: string | null;
  readonly failed: (typeof PATCH_CHECKS)[number];
  /** In one sentence of ours; pieces from outside stand between backticks. */
  readonly why: string;
}
