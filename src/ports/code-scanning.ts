// GitHub's code scanning: alerts made of uploaded SARIF.
import type { DeskProblem } from '../domain/publication.ts';

export interface SarifUpload {
  /** The text of one SARIF file within the host's limits. */
  readonly sarif: string;
  readonly commit: string;
  /** `refs/pull/7/head`, `refs/heads/main`. */
  readonly ref: string;
}

/** An alert that a checked false positive stands for. */
export interface Dismissal {
  readonly alert: number;
  readonly reason: 'false positive';
  /** At most 280 characters. */
  readonly comment: string;
}

export interface OpenAlert {
  readonly number: number;
  readonly tool: string;
  readonly ruleId: string;
  readonly path: string;
  readonly startLine: number;
}

export type CodeScanningOutcome =
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };

export interface CodeScanning {
  /** Uploads and waits until the host has read them; `count` is the number of files it took. */
  upload(uploads: readonly SarifUpload[]): Promise<CodeScanningOutcome>;
  /** The open alerts of other tools on a ref. */
  openAlerts(ref: string): Promise<readonly OpenAlert[] | { readonly problem: DeskProblem }>;
  dismiss(dismissals: readonly Dismissal[]): Promise<CodeScanningOutcome>;
}
