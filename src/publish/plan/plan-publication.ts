// Decides what is said where: which comments are posted, which standing ones change, and what becomes of every finding (pure).
import type { PublishingPolicy } from '#domain/policy.ts';
import type { Anchor } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { amendStanding } from './amend-standing.ts';
import { closeGone } from './close-gone.ts';
import type { CommentWriter } from './comment-writer.ts';
import type {
  FindingStep,
  PlannedAmendment,
  PlannedPost,
  PublicationPlan,
  Room,
  SettledFinding,
  WhyHere,
} from './plan.ts';
import { findRepeatedOpenings } from './repeated-openings.ts';
import { matchComments, type StandingComments } from './standing-comments.ts';
import { chooseWanted } from './wanted-comments.ts';
import { writePost } from './write-post.ts';

/** A review with more than about 30 comments was refused or half stored by GitHub (platforms A1): new and standing ones together. */
const MOST_COMMENTS = 30;

export interface PlanContext {
  readonly policy: PublishingPolicy;
  readonly standing: StandingComments;
  readonly writer: CommentWriter;
  /** Where a finding can be commented on; null when nowhere. */
  readonly anchorOf: (finding: FindingRecord) => Anchor | null;
}

/** Every finding of the document stands in exactly one of `posts`, `amendments` with purpose `edit` or `reopen`, and `settled`. */
export function planPublication(document: ResultDocument, context: PlanContext): PublicationPlan {
  const { standing, policy, anchorOf, writer } = context;
  const { wanted, listed } = chooseWanted(document.findings, policy);
  const partners = matchComments(standing.findings, document.findings);
  const posts: PlannedPost[] = [];
  const amendments: PlannedAmendment[] = [];
  const settled: SettledFinding[] = [];

  const anchors = new Map(wanted.map((finding) => [finding.id, anchorOf(finding)]));
  // One that has a comment has a place, whatever the diff shows now.
  const placeable = wanted.filter(({ id }) => anchors.get(id) !== null || partners.has(id));
  const open = wanted.filter(({ id }) => partners.get(id)?.marker.state === 'open').length;
  const room = createRoom(placeable.slice(0, policy.inlineLimit), MOST_COMMENTS - open);
  for (const finding of wanted) {
    const known = partners.get(finding.id) ?? null;
    const anchor = anchors.get(finding.id) ?? null;
    const step =
      known === null
        ? postNew(finding, anchor, context, room)
        : amendStanding(finding, known, { anchor, writer, room });
    if (step.kind === 'post') posts.push(step.post);
    else if (step.kind === 'amend') amendments.push(step.amendment);
    else settled.push(step.settled);
  }
  settled.push(...listed.map(({ finding, why }) => ({ finding, why, standing: null })));
  amendments.push(...closeGone(document, { standing, partners, listed, writer }));
  return {
    posts,
    amendments,
    settled,
    copies: standing.copies,
    openings: findRepeatedOpenings(standing).map(({ opening, first }) => ({
      comment: opening.comment,
      body: writer.repeated(opening, first),
      thread: 'leave',
    })),
  };
}

/** Places for the most important findings; those that have a comment already count, and keep it whatever comes. */
function createRoom(eligible: readonly FindingRecord[], places: number): Room {
  const ids = new Set(eligible.map(({ id }) => id));
  let left = places;
  return {
    take: ({ id }) => {
      if (!ids.has(id) || left <= 0) return false;
      left -= 1;
      return true;
    },
  };
}

function postNew(
  finding: FindingRecord,
  anchor: Anchor | null,
  { standing, writer }: PlanContext,
  room: Room,
): FindingStep {
  const settle = (why: WhyHere): FindingStep => ({
    kind: 'settle',
    settled: { finding, why, standing: null },
  });
  if (standing.posted.has(finding.id)) return settle('deleted_by_person');
  if (anchor === null) return settle('no_place');
  if (!room.take(finding)) return settle('limit');
  return { kind: 'post', post: writePost(finding, anchor, writer, null) };
}
