// What a folder's manifests and lock files say of its dependencies.
import type { Place } from './location.ts';
import type { DependencyScope } from './package.ts';

/** One line of a manifest that asks for a package. */
export interface Requirement {
  /** As OSV names it. */
  readonly name: string;
  /** As written: `^4.17.0`, `==2.1.*`, `[1.0,2.0)`, `v1.2.3`; null when the line gives none. */
  readonly constraint: string | null;
  readonly scope: DependencyScope;
  /** The extra, feature, profile or group that brings it in; null: always. */
  readonly group: string | null;
  /** Where it is asked for; `startColumn`/`endColumn` span the constraint's text where there is one. */
  readonly place: Place;
  /** Where the version stands when that is another place: a property, a version catalog, a parent's management section. */
  readonly versionPlace: Place | null;
  /** The name that the project imports it by, where that is another one (npm's `npm:` aliases, Cargo's `package`). */
  readonly alias?: string;
}

/** One package at one version that a lock file holds. */
export interface LockedPackage {
  /** Unique within the project: for npm the install path, else `name@version`. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  /** Where a manifest or lock file is the only witness, whether the project itself asks for it. */
  readonly isDirect: boolean;
  readonly scope: DependencyScope;
  /** Keys of what it needs. */
  readonly dependsOn: readonly string[];
  /** Which versions it takes of those, as far as the lock file says; absent: it says of none. */
  readonly asks?: readonly { readonly to: string; readonly constraint: string }[];
  readonly place: Place;
  /** Comes inside of another package's archive. */
  readonly isBundled: boolean;
}

/** The dependencies of one folder in one ecosystem. */
export interface DependencyProject {
  /** '' for the root. */
  readonly folder: string;
  /** OSV ecosystem without a release: `npm`, `PyPI`, `Maven`, `Go`, `crates.io`, `RubyGems`, `NuGet`, `Packagist`. */
  readonly ecosystem: string;
  /** Its own name, as others may import it; null when it has none. */
  readonly name: string | null;
  /** Paths of manifests and lock files that were read, sorted. */
  readonly files: readonly string[];
  readonly requirements: readonly Requirement[];
  /**
   * Lines that say the version of a package without asking for it: npm `overrides`, yarn `resolutions`, Maven
   * `dependencyManagement`, pip constraints, NuGet central versions. Absent: none.
   */
  readonly overrides?: readonly Requirement[];
  /** Empty without a lock file. */
  readonly packages: readonly LockedPackage[];
  readonly hasLock: boolean;
  /** Set where a lock file's name does not say which tool wrote it: `yarn.lock` of yarn 1. */
  readonly lockTool?: 'yarn-1';
  /**
   * pnpm: the file in which a new line of overrides is heard by every version that the repository may be meant for. Absent: it does not say
   * which versions those are.
   */
  readonly overridesFile?: string;
  /** Keys of `packages` that the manifest asks for; what workspaces ask for as well. */
  readonly directs: readonly string[];
  /** What could not be read, each in words with its path. */
  readonly gaps: readonly string[];
}
