// What a search of the sources found out about a vulnerable package: how near it is to what runs, shown by lines.
import type { AffectedSymbols } from './advisory.ts';
import type { ReachabilityLevel } from './dependency.ts';
import type { Citation } from './location.ts';
import type { DependencyScope, PackageRef } from './package.ts';
import type { DependencyProject } from './project.ts';

/** What is searched for. */
export interface ReachabilityQuestion {
  readonly package: PackageRef;
  /** All names of the vulnerability: symbols of the best known ones ship with Assay. */
  readonly vulnerability: readonly string[];
  /** From the advisory; empty when it names none. */
  readonly symbols: readonly AffectedSymbols[];
  readonly project: DependencyProject;
  readonly direct: boolean | null;
  readonly scope: DependencyScope | null;
  /** From what the project asks for to the package. */
  readonly paths: readonly (readonly string[])[];
}

export interface Reached {
  readonly level: ReachabilityLevel;
  /** What was searched, where, and what was found, in one to three sentences in the run's language. */
  readonly text: string;
  /** Lines that show it: the imports or calls; for a dismissal the lines of manifest or lock file. Checked against head. */
  readonly citations: readonly Citation[];
  /** Why more cannot be said (dynamic import, reflection, unread files, unknown symbols), each with its lines; a dismissal has none. */
  readonly doubts: readonly { readonly text: string; readonly citations: readonly Citation[] }[];
}
