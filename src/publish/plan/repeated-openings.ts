// Two runs that posted at the same time left two reviews; of the later one only the opening is left, which says what the first one says.
import type { KnownComment, StandingComments } from './standing-comments.ts';

export interface RepeatedOpening {
  readonly opening: KnownComment;
  /** The opening of the review that holds the comments. */
  readonly first: KnownComment;
}

/**
 * Openings of reviews that hold no comment any more, while everything that they were posted for stands in earlier reviews. (What was told
 * anew at another line stands in a later one.) Only where the host says which review a comment came with.
 */
export function findRepeatedOpenings({
  findings,
  openings,
  holding,
}: Pick<StandingComments, 'findings' | 'openings' | 'holding'>): readonly RepeatedOpening[] {
  const reviewOf = new Map(findings.map(({ marker, comment }) => [marker.id, comment.review ?? '']));
  const byId = new Map(openings.map((opening) => [opening.comment.id, opening]));
  return openings.flatMap((opening): RepeatedOpening[] => {
    const { comment, marker, edited } = opening;
    if (marker.state === 'closed' || edited || holding.has(comment.id)) return [];
    const homes = marker.posted.map((id) => byId.get(reviewOf.get(id) ?? ''));
    const isRepeated = homes.every((home) => home !== undefined && home.comment.order < comment.order);
    const [first] = homes;
    return isRepeated && first !== undefined ? [{ opening, first }] : [];
  });
}
