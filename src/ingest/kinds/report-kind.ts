// One kind of report that Assay can name, as data.
/** One line of the table; the first that matches wins, so the particular stands before the general. */
export interface ReportKind {
  readonly id: string;
  readonly name: string;
  /** How the tool is made to write what Assay reads; null when it cannot. */
  readonly advice: string | null;
  /**
   * JSON signs: any of the lists, all of its signs. A sign is a path (`runs[].tool`, `*` for any one key), alone or with
   * `=text` (the value is) or `~text` (the value contains).
   */
  readonly json?: readonly (readonly string[])[];
  /** For all that is not JSON: matched against the first bytes as text. */
  readonly text?: RegExp;
}

/** Advice for a tool that can write what Assay reads. */
export const writes = (how: string): string => `Assay reads SARIF today; ${how}`;
