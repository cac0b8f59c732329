// What counts how much in the priority of a vulnerable dependency.
import type { PriorityWeights } from '#domain/policy.ts';

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
