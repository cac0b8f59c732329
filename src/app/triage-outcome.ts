// What a triage run hands back to the door it came through.
import type { ExitCode } from '#domain/errors.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { PublicationRecord } from '../publish/publication-schema.ts';

export interface TriageOutcome {
  readonly exitCode: ExitCode;
  /** Null only when nothing could be written: usage, configuration and repository errors. */
  readonly document: ResultDocument | null;
  /** The files written, named as the user named `--out`. */
  readonly files: readonly string[];
  /** Markdown for a job summary; within 1 MiB. */
  readonly summary: string | null;
  /** GitHub workflow commands, escaped, one a line. */
  readonly annotations: readonly string[];
  /** What was said on the host; null when nothing was to be published. */
  readonly publication: PublicationRecord | null;
  /** What `--format` asks for on stdout; ends with a newline unless empty. */
  readonly display: string;
}
