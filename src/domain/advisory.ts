// What is published about a vulnerability: an advisory in the words of OSV, and what a report says of one.
import type { Severity } from './severity.ts';

/** A rating by CVSS 2.0 to 4.0. One of `vector` and `score` is always there. */
export interface CvssRating {
  /** As written, for example `CVSS:3.1/AV:N/…`; null when only a score is given. */
  readonly vector: string | null;
  /** Base score, 0.0–10.0; null until it is computed from the vector. */
  readonly score: number | null;
  /** `2.0`, `3.0`, `3.1`, `4.0`; null when not known. */
  readonly version: string | null;
}

/** Vulnerable parts of a package. No names: the whole module. */
export interface AffectedSymbols {
  /** Import path or module within the package; null: the package itself. */
  readonly path: string | null;
  /** `Function`, `Type.Method`, `module.function`. */
  readonly names: readonly string[];
}

/** What a report says about a vulnerability; outside text all through. */
export interface ReportedVulnerability {
  /** As the tool names it: CVE, GHSA, PYSEC, GO, RUSTSEC, SNYK-…; never empty. */
  readonly id: string;
  /** Other names of the same, without `id`. Sorted. */
  readonly aliases: readonly string[];
  readonly title: string | null;
  readonly description: string | null;
  /** The tool's own word, for example `HIGH`; null when it says none that we know. */
  readonly severity: Severity | null;
  readonly ratings: readonly CvssRating[];
  /** Versions that have it no more; sorted as the tool has them. */
  readonly fixedIn: readonly string[];
  /** The affected range in the tool's own notation. */
  readonly affected: string | null;
  /** Probability of exploitation within 30 days, 0–1 (https://www.first.org/epss). */
  readonly epss: number | null;
  /** Whether CISA lists it as exploited. */
  readonly kev: boolean | null;
  /** ISO 8601 date. */
  readonly published: string | null;
  readonly url: string | null;
  readonly symbols: readonly AffectedSymbols[];
}

/** One step of a range's history; exactly one member is set (https://ossf.github.io/osv-schema/#affectedrangesevents-fields). */
export interface RangeEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

export interface AffectedRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM' | 'GIT';
  readonly events: readonly RangeEvent[];
}

export interface AffectedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly AffectedRange[];
  /** Affected versions one by one. */
  readonly versions: readonly string[];
  readonly symbols: readonly AffectedSymbols[];
  /** Ratings that hold for this package alone. */
  readonly ratings: readonly CvssRating[];
}

/** An OSV record, schema 1.x, as far as it is used. */
export interface Advisory {
  readonly id: string;
  readonly aliases: readonly string[];
  /** Upstream and related ids are kept apart from aliases: they are not the same vulnerability. */
  readonly upstream: readonly string[];
  readonly summary: string | null;
  readonly details: string | null;
  readonly published: string | null;
  readonly modified: string | null;
  /** Set when it was taken back: it matches nothing. */
  readonly withdrawn: string | null;
  readonly ratings: readonly CvssRating[];
  /** The database's own word where there is no rating, for example GitHub's `MODERATE`. */
  readonly severity: Severity | null;
  readonly cwe: readonly number[];
  readonly affected: readonly AffectedPackage[];
  readonly references: readonly string[];
}
