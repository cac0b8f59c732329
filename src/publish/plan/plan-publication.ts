// Decides what is said where: which comments are posted, which standing ones change, and what becomes of every finding (pure).
import type { PublishingPolicy } from '#domain/policy.ts';
import type { Anchor } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { visibleText } from '../marker.ts';
import { amendStanding } from './amend-standing.ts';
import { closeGone } from './close-gone.ts';
import { type CommentSubject, gatherSubjects, subjectOf } from './comment-subject.ts';
import type { CommentWriter } from './comment-writer.ts';
import type {
  FindingStep,
  PlannedAmendment,
  PlannedPost,
  PublicationPlan,
  Room,
  SettledFinding,
  ToldFinding,
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

/** Every finding of the document stands in exactly one of `posts`, `amendments` with purpose `edit` or `reopen`, `settled` and `told`. */
export function planPublication(document: ResultDocument, context: PlanContext): PublicationPlan {
  const { standing, policy, anchorOf, writer } = context;
  const { wanted, listed } = chooseWanted(document.findings, policy);
  const subjects = gatherSubjects(wanted);
  const leads = subjects.map(({ lead }) => lead);
  const partners = matchComments(standing.findings, document.findings);
  const posts: PlannedPost[] = [];
  const amendments: PlannedAmendment[] = [];
  const settled: SettledFinding[] = [];
  const told: ToldFinding[] = [];

  const anchors = new Map(leads.map((finding) => [finding.id, anchorOf(finding)]));
  // One that has a comment has a place, whatever the diff shows now.
  const placeable = leads.filter(({ id }) => anchors.get(id) !== null || partners.has(id));
  const open = leads.filter(({ id }) => partners.get(id)?.marker.state === 'open').length;
  const room = createRoom(placeable.slice(0, policy.inlineLimit), MOST_COMMENTS - open);
  for (const subject of subjects) {
    const { lead } = subject;
    const known = partners.get(lead.id) ?? null;
    const anchor = anchors.get(lead.id) ?? null;
    const step =
      known === null
        ? postNew(subject, anchor, context, room)
        : amendStanding(lead, known, { anchor, writer, room, also: subject });
    if (step.kind === 'post') posts.push(step.post);
    else if (step.kind === 'amend') amendments.push(step.amendment);
    const rest = restOf(subject, step);
    settled.push(...rest.settled);
    told.push(...rest.told);
  }
  settled.push(...listed.map(({ finding, why }) => ({ finding, why, standing: null })));
  amendments.push(...closeGone(document, { standing, partners, listed, writer }));
  return {
    posts,
    amendments,
    settled,
    told,
    copies: standing.copies,
    openings: findRepeatedOpenings(standing).map(({ opening, first }) => ({
      comment: opening.comment,
      body: writer.repeated(opening, first),
      thread: 'leave',
    })),
  };
}

/** What becomes of the findings of a subject by what becomes of its comment. */
function restOf(
  { lead, others, beyond }: CommentSubject,
  step: FindingStep,
): { readonly settled: readonly SettledFinding[]; readonly told: readonly ToldFinding[] } {
  const tell = (finding: FindingRecord): ToldFinding => ({ finding, leadId: lead.id });
  const settle = (why: WhyHere) => (finding: FindingRecord) => ({ finding, why, standing: null });
  if (step.kind !== 'settle') return { settled: beyond.map(settle('limit')), told: others.map(tell) };
  const { why, standing } = step.settled;
  if (standing === null) return { settled: [lead, ...others, ...beyond].map(settle(why)), told: [] };
  const counted = beyond.map(settle('limit'));
  if (why === 'unchanged' || subjectOf(lead) === lead.id)
    return { settled: [step.settled, ...counted], told: others.map(tell) };
  // A text that stays because of people may be older than some of the findings.
  const text = visibleText(standing.body);
  const isThere = ({ id }: FindingRecord) => text.includes(id);
  const unsaid = [lead, ...others].filter((finding) => !isThere(finding));
  return {
    settled: [
      ...[lead, ...others].filter(isThere).map((finding) => ({ finding, why, standing })),
      ...[...unsaid, ...beyond].map(settle(why)),
    ],
    told: [],
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
  subject: CommentSubject,
  anchor: Anchor | null,
  { standing, writer }: PlanContext,
  room: Room,
): FindingStep {
  const finding = subject.lead;
  const settle = (why: WhyHere): FindingStep => ({
    kind: 'settle',
    settled: { finding, why, standing: null },
  });
  if (standing.posted.has(subjectOf(finding))) return settle('deleted_by_person');
  if (anchor === null) return settle('no_place');
  if (!room.take(finding)) return settle('limit');
  return { kind: 'post', post: writePost(finding, anchor, writer, { known: null, also: subject }) };
}
