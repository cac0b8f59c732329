// Where something is: the words every stage uses for places in source text.

/** A span of text. Lines and columns are 1-based, columns count UTF-16 code units, `endColumn` is exclusive (SARIF 2.1.0 §3.30). */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number | null;
  readonly endLine: number;
  readonly endColumn: number | null;
}

/** A span in a file of the repository. `path` is relative to the repository root, with `/` between segments. */
export interface Place extends Region {
  readonly path: string;
}

/**
 * A place that a report names. `resolved` says whether `path` is a file of the repository at head and the lines exist in it;
 * when false, `path` is what the report said (made inert at every exit) and `why` says what failed.
 */
export interface FindingLocation extends Place {
  readonly resolved: boolean;
  /** The report names the file and no place in it: line 1 only stands for that, and nothing may be concluded from it. */
  readonly wholeFile?: true;
  readonly why: string | null;
}

/** One step of a data flow, in order from source to sink. */
export interface FlowStep {
  readonly location: FindingLocation;
  readonly message: string | null;
}

/** Words of the source, bound to the place they stand at. `quote` is the exact text of the lines, capped; checked against head. */
export interface Citation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly quote: string;
}
