// What the team decided before, as far as the policy says it: each waiver with its reason.
import { createHash } from 'node:crypto';
import type { PastDecision } from '#domain/knowledge.ts';
import type { Policy } from '#domain/policy.ts';

/** Waivers, expired ones too: that something was accepted once is worth knowing, and the day stands beside it. */
export function pastDecisions(policy: Pick<Policy, 'waivers'>): readonly PastDecision[] {
  const seen = new Set<string>();
  return policy.waivers.flatMap(({ id, rule, path, reason, owner, expires }) => {
    const hash = createHash('sha256').update(JSON.stringify([id, rule, path, reason, owner, expires]));
    const key = hash.digest('hex').slice(0, 16);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ id: key, kind: 'waiver' as const, rule, path, finding: id, cwe: [], reason, owner, expires }];
  });
}
