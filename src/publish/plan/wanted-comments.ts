// Which findings deserve a comment of their own, the most important first, and why the others do not.
import type { PublishingPolicy } from '#domain/policy.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { byAttention } from '../finding-order.ts';

/** Why a finding gets no comment of its own, whatever room there is. */
export type ListedReason = 'dismissed' | 'accepted' | 'out_of_scope' | 'needs_review_listed';

export interface WantedComments {
  readonly wanted: readonly FindingRecord[];
  readonly listed: readonly { readonly finding: FindingRecord; readonly why: ListedReason }[];
}

export function chooseWanted(findings: readonly FindingRecord[], policy: PublishingPolicy): WantedComments {
  const { matters, dismissed, accepted, out_of_scope } = byAttention(findings);
  const open = Map.groupBy(matters, ({ verdict }) =>
    verdict?.label === 'needs_review' && policy.needsReview === 'listed' ? 'listed' : 'wanted',
  );
  const inlineDismissed = policy.dismissed === 'inline' ? dismissed : [];
  const listedDismissed = policy.dismissed === 'inline' ? [] : dismissed;
  const because = (why: ListedReason) => (finding: FindingRecord) => ({ finding, why });
  return {
    wanted: [...(open.get('wanted') ?? []), ...inlineDismissed],
    listed: [
      ...(open.get('listed') ?? []).map(because('needs_review_listed')),
      ...listedDismissed.map(because('dismissed')),
      ...accepted.map(because('accepted')),
      ...out_of_scope.map(because('out_of_scope')),
    ],
  };
}
