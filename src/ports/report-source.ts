// Where the reports' bytes come from.

export interface OpenReport {
  /** As the user named it, made relative to where the user stood where possible. */
  readonly name: string;
  /** The bytes as they are stored (still compressed when gzip). May be consumed once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface ReportSource {
  /** Files, globs and `-`, in the user's order, each file once; throws AssayError `usage` for a name or glob without match. */
  open(): Promise<readonly OpenReport[]>;
}
