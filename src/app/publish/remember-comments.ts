// Where no summary is wanted, comments remember each other, so that one which a person deleted is not posted again.
import type { ReviewDesk } from '#ports/review-desk.ts';
import { visibleText, writeMarker } from '../../publish/marker.ts';
import { type KnownComment, readStandingComments } from '../../publish/plan/standing-comments.ts';
import type { AppliedPlan } from './apply-plan.ts';
import type { Prepared } from './publishing.ts';

/** So many comments hold the memory: enough that not all of them are deleted before the next run, few enough to be written each time. */
const CARRIERS = 3;
/** Ids in one marker; the oldest are forgotten first. */
const REMEMBERED = 400;

/**
 * Writes what is remembered into the hidden markers of the first comments, but what a review of GitHub's remembers, which nobody can delete.
 * When the host does not take it, nothing is lost but that.
 */
export async function rememberComments(
  { standing, seal, category, state }: Prepared,
  applied: AppliedPlan,
  desk: ReviewDesk,
): Promise<void> {
  const { findings } = readStandingComments(applied.standing, seal, category);
  const old = new Set(state.comments.map(({ id }) => id));
  const safe = new Set([
    ...standing.openings.flatMap(({ marker }) => marker.posted),
    ...inOneReview(findings.filter(({ comment }) => !old.has(comment.id))),
  ]);
  const ever = [...new Set([...standing.posted, ...findings.map(({ marker }) => marker.id)])];
  const loose = ever.filter((id) => !safe.has(id)).slice(-REMEMBERED);
  const carriers = findings
    .filter(({ comment, edited }) => !edited && !comment.answered)
    .sort((a, b) => a.comment.order - b.comment.order)
    .slice(0, CARRIERS)
    .filter(({ marker }) => loose.some((id) => id !== marker.id && !marker.posted.includes(id)));
  if (carriers.length === 0) return;
  await desk.amend(
    carriers.map(({ comment, marker }) => {
      const line = writeMarker({ ...marker, posted: loose }, seal);
      return { comment, body: `${visibleText(comment.body)}\n\n${line}`, thread: 'leave' };
    }),
  );
}

/** Findings whose new comments came with one review: its opening remembers them. */
function inOneReview(fresh: readonly KnownComment[]): readonly string[] {
  const atLines = fresh.filter(({ comment }) => comment.kind === 'line');
  const reviews = new Set(atLines.map(({ comment }) => comment.review ?? null));
  return reviews.size === 1 && !reviews.has(null) ? atLines.map(({ marker }) => marker.id) : [];
}
