// A package as dependency tools speak of it: the words that inventories, advisories, manifests and verdicts share.

/**
 * A package, perhaps at a version. Names are as OSV writes them (https://ossf.github.io/osv-schema/#affectedpackage-field): npm with
 * its scope, PyPI normalised (PEP 503), Maven `group:artifact`, Go module paths, Packagist `vendor/name` in lower case.
 */
export interface PackageRef {
  /** OSV ecosystem, with the release where it has one (`npm`, `PyPI`, `Maven`, `Debian:11`); null when it is not known. */
  readonly ecosystem: string | null;
  readonly name: string;
  /** As it is installed; null when not known. */
  readonly version: string | null;
  /** Canonical (https://github.com/package-url/purl-spec); null when none that is valid is given or can be made. */
  readonly purl: string | null;
}

/** What a package is there for. `optional`: may be left out of an installation; null: nobody says. */
export type DependencyScope = 'runtime' | 'dev' | 'test' | 'optional';

/** One entry of a bill of materials. */
export interface Component extends PackageRef {
  /** Unique within its inventory. */
  readonly ref: string;
  readonly kind: 'library' | 'application' | 'system' | 'other';
  /** SPDX ids, SPDX expressions, or names, as they are written; outside text. */
  readonly licences: readonly string[];
  readonly scope: DependencyScope | null;
  /** Refs; empty also when the inventory knows no graph. */
  readonly dependsOn: readonly string[];
}

/** What a bill of materials lists. */
export interface Inventory {
  /** Ref of what the bill is about; null when it does not say. */
  readonly root: string | null;
  /** What the root is, where the bill describes it. */
  readonly about?: PackageRef;
  /** Refs that the root depends on itself; empty also when the inventory knows no graph. */
  readonly direct: readonly string[];
  /** In the order of the file, each ref once; the root is not among them. */
  readonly components: readonly Component[];
  readonly hasGraph: boolean;
  /** Whether the bill itself says which vulnerabilities it knows of. */
  readonly listsVulnerabilities: boolean;
}
