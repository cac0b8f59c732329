// What a model answered about one finding, before any of it is checked.
import type { Claim, CodeRequest, DismissalClass } from './claim.ts';
import type { VerdictLabel } from './verdict.ts';

/** What a model answered about one finding, checked against its schema and nothing else. */
export interface ModelAnswer {
  readonly label: VerdictLabel;
  /** As the model states it, 0–1; never used unbounded. */
  readonly confidence: number;
  readonly dismissal: DismissalClass | null;
  readonly claims: readonly Claim[];
  /** Two or three sentences; outside text. */
  readonly rootCause: string;
  /** What it would need to know; null when nothing. Outside text. */
  readonly openQuestion: string | null;
  /** What it would like to see; code decides whether and what it gets. */
  readonly requests: readonly CodeRequest[];
}
