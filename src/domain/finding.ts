// A finding: one weakness at one place, however many results of however many tools report it.
import type { DependencyRecord } from './dependency.ts';
import type { FindingLocation, FlowStep } from './location.ts';
import type { RawSuppression, ResultRef } from './report.ts';
import type { Severity } from './severity.ts';

/** One tool's word on a finding. */
export interface ToolReport {
  readonly name: string;
  readonly version: string | null;
  readonly ruleId: string;
  readonly ruleName: string | null;
  /** As the tool wrote it: `security-severity` when there is one, else the level. */
  readonly rawSeverity: string;
  readonly precision: string | null;
  readonly results: readonly ResultRef[];
}

export type FindingKind = 'sast' | 'sca' | 'licence';

export interface Finding {
  /** 16 hexadecimal digits, unique in a run; stable under inserted lines, re-indentation and renames known to git. */
  readonly id: string;
  /** Named fingerprints; `assay/v1` holds no path, `assayPath/v1` does; the tools' own follow. Sorted by key. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly kind: FindingKind;
  /** The primary tool's rule id. */
  readonly ruleId: string;
  readonly tools: readonly ToolReport[];
  readonly cwe: readonly number[];
  readonly severity: Severity;
  /** The tool's message, outside text: escaped at every exit. */
  readonly message: string;
  readonly location: FindingLocation;
  readonly flow: readonly FlowStep[];
  readonly related: readonly FlowStep[];
  readonly suppressions: readonly RawSuppression[];
  readonly baselineState: string | null;
  readonly fixes: readonly ProposedFix[];
  /** Set unless `kind` is `sast`. */
  readonly dependency?: DependencyRecord;
}

/** A tool's own idea of a fix, its places found at head; nothing of it is believed. */
export interface ProposedFix {
  readonly tool: string;
  readonly description: string | null;
  readonly replacements: readonly {
    /** `resolved` false: the place is not what the tool saw any more, and the fix cannot be used. */
    readonly location: FindingLocation;
    readonly insertedText: string;
  }[];
}

/** What became of one incoming result. */
export type Disposition = 'finding' | 'duplicate' | 'not_a_finding' | 'rejected';

export interface ResultRow extends ResultRef {
  readonly tool: string;
  readonly ruleId: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly disposition: Disposition;
  readonly why: string;
  readonly findingId: string | null;
}
