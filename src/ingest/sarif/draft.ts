// What a result says before its run is known: keys of a run come in any order, so indexes and references wait until its end.
import type { Level, RawRegion } from '#domain/report.ts';

/** SARIF 2.1.0 §3.4: a URI, a base to put before it, or a place in the run's `artifacts`. */
export interface ArtifactDraft {
  readonly uri: string | null;
  readonly uriBaseId: string | null;
  readonly index: number | null;
}

/** §3.11: a text, or an id to look up in the rule, with arguments. */
export interface MessageDraft {
  readonly text: string | null;
  readonly id: string | null;
  readonly arguments: readonly string[];
}

/** A fully qualified name, or a place in the run's `logicalLocations`. */
export type LogicalDraft = string | number;

export interface LocationDraft {
  readonly artifact: ArtifactDraft | null;
  readonly region: RawRegion | null;
  readonly message: MessageDraft | null;
  readonly logical: readonly LogicalDraft[];
}

/** §3.54: which tool component is meant. */
export interface ComponentReference {
  readonly name: string | null;
  readonly index: number | null;
  readonly guid: string | null;
}

/** §3.52: which rule, notification or taxon is meant. */
export interface DescriptorReference {
  readonly id: string | null;
  readonly index: number | null;
  readonly guid: string | null;
  readonly component: ComponentReference | null;
}

export interface ReplacementDraft {
  readonly artifact: ArtifactDraft | null;
  readonly region: RawRegion | null;
  readonly insertedText: string;
}

export interface FixDraft {
  readonly description: MessageDraft | null;
  readonly replacements: readonly ReplacementDraft[];
}

export interface SuppressionDraft {
  readonly kind: string;
  readonly status: string;
  readonly justification: string | null;
  readonly location: LocationDraft | null;
}

/** A step is a location, or a place in the run's `threadFlowLocations`. */
export type StepDraft = LocationDraft | number;

export interface ResultDraft {
  readonly rule: DescriptorReference;
  readonly kind: ResultKind;
  /** As written; null when the default of rule and invocation decides. */
  readonly level: Level | null;
  readonly rank: number | null;
  readonly securitySeverity: number | null;
  /** From the result's own properties. */
  readonly cwe: readonly number[];
  readonly taxa: readonly DescriptorReference[];
  readonly message: MessageDraft | null;
  readonly locations: readonly LocationDraft[];
  readonly related: readonly LocationDraft[];
  readonly flows: readonly (readonly StepDraft[])[];
  readonly fixes: readonly FixDraft[];
  readonly suppressions: readonly SuppressionDraft[];
  readonly baselineState: string | null;
  readonly fingerprints: readonly (readonly [key: string, value: string])[];
  readonly invocationIndex: number | null;
}

/** §3.27.9. */
export const RESULT_KINDS = ['pass', 'open', 'informational', 'notApplicable', 'review', 'fail'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];
