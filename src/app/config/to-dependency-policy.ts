// What `assay.yml` says of dependencies → the policy, with the defaults filled in.
import type { DependencyCondition, DependencyPolicy } from '#domain/policy.ts';
import { DEFAULT_WEIGHTS } from '../../advisories/priority-weights.ts';
import type { PolicyDocument } from './policy-schema.ts';

type RuleDocument = NonNullable<NonNullable<PolicyDocument['gate']>['rules']>[number];

export function toDependencyPolicy(document: PolicyDocument['dependencies'] = {}): DependencyPolicy {
  const { licences, priority = {} } = document;
  const levels = Object.fromEntries(
    Object.entries(priority.reachability ?? {}).filter(([, weight]) => weight !== undefined),
  );
  return {
    dev: document.dev ?? 'judge',
    feedDown: document.feed_down ?? 'unfinished',
    private: document.private ?? [],
    vex: document.vex ?? 'honour',
    priority: {
      severity: priority.severity ?? DEFAULT_WEIGHTS.severity,
      exploitation: priority.exploitation ?? DEFAULT_WEIGHTS.exploitation,
      unknownEpss: priority.unknown_epss ?? DEFAULT_WEIGHTS.unknownEpss,
      reachability: { ...DEFAULT_WEIGHTS.reachability, ...levels },
      transitive: priority.transitive ?? DEFAULT_WEIGHTS.transitive,
      unknownOrigin: DEFAULT_WEIGHTS.unknownOrigin,
      dev: priority.dev ?? DEFAULT_WEIGHTS.dev,
      optional: priority.optional ?? DEFAULT_WEIGHTS.optional,
    },
    licences:
      licences === undefined
        ? null
        : {
            allow: licences.allow ?? null,
            deny: licences.deny ?? [],
            unknown: licences.unknown ?? 'report',
            ignore: licences.ignore ?? [],
          },
  };
}

/** Left out when the rule states nothing about dependencies. */
export function toDependencyCondition(rule: RuleDocument): { dependency?: DependencyCondition } {
  const condition: DependencyCondition = {
    kinds: rule.kind ?? null,
    kev: rule.kev ?? null,
    epssAbove: rule.epss_above ?? null,
    fixAvailable: rule.fix_available ?? null,
    scopes: rule.dependency_scope ?? null,
    reachability: rule.reachability ?? null,
  };
  return Object.values(condition).every((value) => value === null) ? {} : { dependency: condition };
}
