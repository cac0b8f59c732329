// Decisions on vulnerabilities that somebody made already, in the words of VEX (OpenVEX 0.2.0, CSAF 2.0 VEX profile, CycloneDX analysis).
import type { PackageRef } from './package.ts';

export const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof VEX_STATUSES)[number];

/** https://github.com/openvex/spec, "Status Justifications". */
export const VEX_JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;
export type VexJustification = (typeof VEX_JUSTIFICATIONS)[number];

export interface VexStatement {
  /** All names of the vulnerability that the statement gives; never empty. */
  readonly vulnerability: readonly string[];
  /** The packages it speaks of; a version of null stands for all. Empty: every one, where the format allows that. */
  readonly packages: readonly PackageRef[];
  readonly status: VexStatus;
  readonly justification: VexJustification | null;
  /** In the author's words; outside text. */
  readonly statement: string | null;
  readonly author: string | null;
  /** ISO 8601; of the statement, else of the document. */
  readonly timestamp: string | null;
}
