// The formats that Assay reads beside SARIF. Each is loaded only when a report of its kind comes.
import type { ReportFormat } from './report-format.ts';

export interface FormatEntry {
  /** Ids of `ReportKind`s; the same as those of the format that is loaded. */
  readonly kinds: readonly string[];
  load(): Promise<ReportFormat>;
}

/** A new format adds a line. */
export const REPORT_FORMATS: readonly FormatEntry[] = [];

/** What reads a kind; null when nothing does. */
export function formatOf(kind: string): FormatEntry | null {
  return REPORT_FORMATS.find((entry) => entry.kinds.includes(kind)) ?? null;
}
