// What counts how much in the priority of a vulnerable dependency.
import type { ReachabilityLevel } from '#domain/dependency.ts';

/** All 0–1; what lies outside is taken for the nearer end. docs/dependencies.md says why each is as it is. */
export interface PriorityWeights {
  /** Of severity and of the likelihood of exploitation; they are shares of their sum. */
  readonly severity: number;
  readonly exploitation: number;
  /** The likelihood that stands for an EPSS score that is not known. */
  readonly unknownEpss: number;
  /** What is left of the score at each level. */
  readonly reachability: Readonly<Record<ReachabilityLevel, number>>;
  /** What is left of it for a package that others bring in, and where it is not known who does. */
  readonly transitive: number;
  readonly unknownOrigin: number;
  /** What is left of it for development and tests, and for what may be left out of an installation. */
  readonly dev: number;
  readonly optional: number;
}

export const DEFAULT_WEIGHTS: PriorityWeights = {
  severity: 0.5,
  exploitation: 0.5,
  unknownEpss: 0.05,
  reachability: {
    absent: 0,
    dev_only: 0.1,
    not_imported: 0.15,
    part_not_imported: 0.2,
    not_called: 0.25,
    unknown: 0.7,
    imported: 0.8,
    called: 1,
  },
  transitive: 0.9,
  unknownOrigin: 0.95,
  dev: 0.3,
  optional: 0.9,
};
