// What a dependency finding knows beyond any finding: the package, the vulnerability, how it got here, whether it is reached.
import type { AffectedSymbols, CvssRating, ReportedVulnerability } from './advisory.ts';
import type { FindingLocation } from './location.ts';
import type { DependencyScope, PackageRef } from './package.ts';
import type { VexStatement } from './vex.ts';

/** What tells which project a report means. */
export interface ReportedProject {
  /** What a bill of materials says that it is about. */
  readonly root: PackageRef | null;
  /** The repository's folder that the report lies in; null outside of it. */
  readonly folder: string | null;
  /** All packages that the bill lists; empty for another report. */
  readonly listed: readonly PackageRef[];
}

/** The part of an incoming result that is about a dependency. */
export interface ReportedDependency {
  readonly package: PackageRef;
  /** Null when it is about the package's licence. */
  readonly vulnerability: ReportedVulnerability | null;
  /** Set when the licence is what the team's policy does not allow. */
  readonly licence?: LicenceProblem;
  /** The lockfile, manifest or archive that the tool found the package in, as it wrote it. */
  readonly manifest: string | null;
  readonly scope: DependencyScope | null;
  /** From the root to the package, `name` or `name@version` each. */
  readonly paths: readonly (readonly string[])[];
  /** What the tool itself found out about calls of the vulnerable code (govulncheck, osv-scanner, …); null: it did not look. */
  readonly called: { readonly isCalled: boolean; readonly trace: readonly string[] } | null;
  /** A decision that stands in the report itself (CycloneDX `analysis`, Trivy `Status`); null: none. */
  readonly decided: VexStatement | null;
  /** What tells which project the report means; one object for all of a report. */
  readonly about?: ReportedProject;
}

/**
 * How near the vulnerable code is to what runs, the farthest first. What is not known is `unknown`, wherever it stands.
 * - `absent`: the package is not in the project, or not at an affected version
 * - `dev_only`: only development or tests bring it in
 * - `not_imported`: no runtime source imports it (direct dependencies only, all sources searched)
 * - `part_not_imported`: it is imported, the vulnerable part of it is not
 * - `not_called`: the vulnerable part is imported, nothing calls what is vulnerable in it
 * - `imported`: imported, and nothing is known of what in it is vulnerable
 * - `called`: a vulnerable symbol is referenced or called by runtime source
 */
export const REACHABILITY_LEVELS = [
  'absent',
  'dev_only',
  'not_imported',
  'part_not_imported',
  'not_called',
  'unknown',
  'imported',
  'called',
] as const;
export type ReachabilityLevel = (typeof REACHABILITY_LEVELS)[number];

/** A licence that the policy does not allow. */
export interface LicenceProblem {
  /** As the bill of materials writes it; outside text. */
  readonly expression: string;
  /** In one sentence. */
  readonly why: string;
}

/** What is known of the vulnerability, from all sources together. */
export interface VulnerabilityRecord {
  /** The name it goes by: CVE before GHSA before others. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string | null;
  /** The rating that counts: the highest CVSS version, then the highest score. */
  readonly rating: CvssRating | null;
  readonly epss: number | null;
  readonly kev: boolean | null;
  readonly published: string | null;
  readonly url: string | null;
  readonly fixedIn: readonly string[];
  readonly symbols: readonly AffectedSymbols[];
}

/** Where a project says that it wants a package, or a lock file that it has it. */
export interface DependencyPlace extends FindingLocation {
  readonly kind: 'manifest' | 'lockfile';
}

/** A dependency finding's own part, in the document as well. */
export interface DependencyRecord {
  readonly package: PackageRef;
  /** Every installed version that this is about; sorted in the ecosystem's order. */
  readonly versions: readonly string[];
  /** The versions that reports call affected; empty when they name none. */
  readonly reported: readonly string[];
  /** What tools say that they found out about calls of the vulnerable code: their word. */
  readonly callsTold: readonly {
    readonly tool: string;
    readonly isCalled: boolean;
    readonly trace: readonly string[];
  }[];
  /** Null for a finding of kind `licence`. */
  readonly vulnerability: VulnerabilityRecord | null;
  /** Set for a finding of kind `licence`. */
  readonly licence?: LicenceProblem;
  /** Folder of the project that has it, '' for the root; null when no manifest or lock file of the repository has the package. */
  readonly project: string | null;
  readonly places: readonly DependencyPlace[];
  /** Whether the project asks for it itself; null when not known. */
  readonly direct: boolean | null;
  readonly scope: DependencyScope | null;
  /** From what the project asks for to the package, `name@version` each; the shortest first, at most 5. */
  readonly paths: readonly (readonly string[])[];
  readonly reachability: { readonly level: ReachabilityLevel; readonly text: string } | null;
  /** 0–100 and how it came about; docs/dependencies.md has the formula. */
  readonly priority: { readonly score: number; readonly text: string } | null;
  readonly upgrade: Upgrade | null;
  readonly decision: VexRuling | null;
}

/** A decision on this vulnerability that a VEX document holds, and whether it counts here. */
export interface VexRuling {
  readonly statement: VexStatement;
  /** The document's name as the user gave it. */
  readonly source: string;
  readonly honoured: boolean;
  readonly why: string;
}

/** How the vulnerability is left behind. */
export interface Upgrade {
  /**
   * - `direct`: the project's own requirement is raised; `parent`: that of a package that brings it in
   * - `override`: the ecosystem's own way to say the version of what others bring in
   * - `none`: no version without known vulnerability is known
   */
  readonly kind: 'direct' | 'parent' | 'override' | 'none';
  /** What is raised: the package itself, or the parent; null for `none`. */
  readonly package: string | null;
  readonly from: string | null;
  /** Null for `none`, and for a parent of which no lock file of the repository shows a version that takes what is mended. */
  readonly to: string | null;
  /** Whether the versioning says that it may break callers; null when the versions do not tell. */
  readonly breaking: boolean | null;
  /** Ids of all known vulnerabilities of the package that are left behind, and those that stay. */
  readonly leaves: readonly string[];
  readonly remains: readonly string[];
  /** In one or two sentences: what to do, and what else when there is no fix. */
  readonly text: string;
  /** The ecosystem's command that writes the lock file again; null when none is needed. */
  readonly command: string | null;
}
