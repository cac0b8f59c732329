// What a scanner's report holds once it is read: results with all their meaning, nothing yet resolved against the repository.
import type { ReportedDependency } from './dependency.ts';
import type { Inventory } from './package.ts';
import type { VexStatement } from './vex.ts';

/** Kinds of report that Assay can tell apart by content; those that it does not read are named and refused. */
export interface DetectedKind {
  /** Stable id, for example `sarif`, `cyclonedx-json`, `trivy-json`, `bandit-json`. */
  readonly id: string;
  /** What a person calls it, for example "CycloneDX SBOM (JSON)". */
  readonly name: string;
  readonly supported: boolean;
  /** What to do instead when it is not supported. */
  readonly advice: string | null;
}

/** Where a result stands: which input of this run, which `runs[]` of it, which `results[]` of that. All 0-based. */
export interface ResultRef {
  readonly input: number;
  readonly run: number;
  readonly index: number;
}

export interface RawTool {
  readonly name: string;
  readonly version: string | null;
}

/** A region as written: any field may be missing. Offsets are 0-based (SARIF §3.30). */
export interface RawRegion {
  readonly startLine: number | null;
  readonly startColumn: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly charOffset: number | null;
  readonly charLength: number | null;
  readonly byteOffset: number | null;
  readonly byteLength: number | null;
}

export type ColumnKind = 'utf16CodeUnits' | 'unicodeCodePoints';

export interface RawLocation {
  /** The URI after `originalUriBaseIds`, `uriBaseId` chains and `artifacts[]` by index; null when the location names no file. */
  readonly uri: string | null;
  /** Set when the URI must not be followed (cycle in the base chain, encoded separators, …); the reason in words. */
  readonly uriProblem: string | null;
  readonly region: RawRegion | null;
  readonly message: string | null;
  /** Fully qualified logical names, innermost first. */
  readonly logicalNames: readonly string[];
}

export interface RawRule {
  readonly id: string;
  readonly name: string | null;
  readonly shortDescription: string | null;
  readonly fullDescription: string | null;
  readonly help: string | null;
  readonly helpUri: string | null;
  readonly tags: readonly string[];
  readonly precision: string | null;
}

export type Level = 'error' | 'warning' | 'note' | 'none';

export interface RawSuppression {
  readonly kind: 'inSource' | 'external' | string;
  readonly status: 'accepted' | 'underReview' | 'rejected' | string;
  readonly justification: string | null;
  readonly location: RawLocation | null;
}

export interface RawReplacement {
  readonly location: RawLocation;
  readonly insertedText: string;
}

export interface RawFix {
  readonly description: string | null;
  readonly replacements: readonly RawReplacement[];
}

/** One result of one run, complete: rule metadata, levels, messages and URIs are looked up already. */
export interface RawResult {
  readonly ref: ResultRef;
  readonly tool: RawTool;
  readonly rule: RawRule;
  readonly level: Level;
  /** SARIF `rank`, 0.0–100.0, or null. */
  readonly rank: number | null;
  /** `security-severity` of result or rule, 0.0–10.0, or null. */
  readonly securitySeverity: number | null;
  /** CWE numbers, ascending, without duplicates. */
  readonly cwe: readonly number[];
  readonly message: string;
  readonly location: RawLocation | null;
  readonly relatedLocations: readonly RawLocation[];
  /** One entry a threadFlow, each from source to sink. */
  readonly flows: readonly (readonly RawLocation[])[];
  readonly fixes: readonly RawFix[];
  readonly suppressions: readonly RawSuppression[];
  readonly baselineState: string | null;
  /** `fingerprints` and `partialFingerprints` with string values, junk ones (such as Semgrep's "requires login") left out. Sorted by key. */
  readonly fingerprints: readonly (readonly [key: string, value: string])[];
  /** Commit the run says it scanned (`versionControlProvenance[].revisionId`), or null. */
  readonly scannedRevision: string | null;
  /** What the run's columns and character offsets count (SARIF §3.14.17). */
  readonly columnKind: ColumnKind;
  /** Set when the result is about a dependency. */
  readonly dependency?: ReportedDependency;
}

/** What became of one incoming result on reading. */
export type IngestedResult =
  | { readonly kind: 'result'; readonly result: RawResult }
  | {
      readonly kind: 'not_a_finding' | 'rejected';
      readonly ref: ResultRef;
      readonly tool: string;
      readonly ruleId: string | null;
      readonly uri: string | null;
      readonly line: number | null;
      readonly why: string;
    };

/** What a run says of its own making. */
export interface RunSummary {
  readonly tool: RawTool;
  readonly results: number;
  /** False when an invocation says `executionSuccessful: false`. */
  readonly finished: boolean;
  /** Tool execution and configuration notifications of level error, and why `finished` is false; capped. */
  readonly problems: readonly string[];
  readonly automationId: string | null;
}

/**
 * Why a report could not be read, or not to its end. `unreadable`: nothing of it could be used; `truncated`: results before the fault were kept;
 * `unsupported`: a kind that Assay recognises and does not read, or does not recognise.
 */
export interface ReportFault {
  readonly kind: 'unreadable' | 'truncated' | 'unsupported';
  /** What, where (byte offset), what was expected, how to mend it. */
  readonly message: string;
  readonly byteOffset: number | null;
}

/** One report of the run's inputs, read. */
export interface IngestedReport {
  readonly input: number;
  /** As the user named it (never an absolute path of the machine when it lies below the working folder). */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: DetectedKind;
  readonly runs: readonly RunSummary[];
  readonly results: readonly IngestedResult[];
  readonly fault: ReportFault | null;
  /** Set for a bill of materials. */
  readonly inventory?: Inventory;
  /** Decisions of a VEX document. */
  readonly statements?: readonly VexStatement[];
  /** Things a person should know that lose nothing (unknown version read as 2.1.0, duplicate rule ids, …). */
  readonly notices: readonly string[];
}
