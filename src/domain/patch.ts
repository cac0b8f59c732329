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

/**
 * Who thought of the change. What comes from outside is only ever an idea: the text that is shown comes from the applied patch.
 * `upgrade`: the version of a dependency in a manifest, raised by Assay itself.
 */
export const PATCH_ORIGINS = ['scanner', 'model', 'upgrade'] as const;
export type PatchOrigin = (typeof PATCH_ORIGINS)[number];

/** The rungs of the ladder, in the order they are climbed. `builds` and `tests` are climbed by nobody yet. */
export const PATCH_CHECKS = ['applies', 'policy', 'parses', 'rejudged', 'builds', 'tests'] as const;

export const PATCH_OUTCOMES = ['passed', 'not_applicable', 'skipped'] as const;

export interface PatchCheck {
  readonly check: (typeof PATCH_CHECKS)[number];
  /**
   * - `not_applicable`: nothing could be checked (no grammar for the language, nothing known about the weakness)
   * - `skipped`: it could be checked, and was not
   * Why is in `text`.
   */
  readonly outcome: (typeof PATCH_OUTCOMES)[number];
  readonly text: string;
}

export interface Patch {
  /** Relative to the repository root; the finding's own file. */
  readonly path: string;
  readonly origin: PatchOrigin;
  /** The tool whose fix it is, or the model as `provider/name`; outside text. */
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
  /** In the output folder; one file has the change of all findings with the same. Left out where none was written. */
  readonly file?: string;
}

/** A proposal that fell off the ladder. */
export interface PatchRefusal {
  readonly origin: PatchOrigin;
  readonly tool: string | null;
  readonly failed: (typeof PATCH_CHECKS)[number];
  /** In one sentence of ours; pieces from outside stand between backticks. */
  readonly why: string;
}
