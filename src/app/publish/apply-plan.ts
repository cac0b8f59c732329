// Does what a plan says, looks at what stands there afterwards, and keeps account of every finding.
import type {
  AmendOutcome,
  CommentDraft,
  DeskProblem,
  PostOutcome,
  StandingComment,
} from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { linkPrefixesOf } from '../../publish/code-link.ts';
import { subjectOf } from '../../publish/plan/comment-subject.ts';
import type { PlannedAmendment, PlannedPost, PublicationPlan, WhyHere } from '../../publish/plan/plan.ts';
import type { KnownComment, StandingComments } from '../../publish/plan/standing-comments.ts';
import { lookAgain } from './look-again.ts';
import type { Prepared } from './publishing.ts';
import { type Leftover, takeAway } from './take-away.ts';
import { watchWords } from './watch-words.ts';

/** What became of a finding that a comment was meant for, or that has one. */
export interface PlacedFinding {
  readonly findingId: string;
  /** Null: no comment stands, and the finding goes to the annotations or the summary. */
  readonly comment: 'inline' | 'file' | null;
  readonly action: 'posted' | 'kept' | 'edited' | 'reopened' | 'moved' | 'left_to_people' | 'none';
  readonly why: WhyHere | 'refused' | 'not_confirmed';
  readonly url: string | null;
  /** Where the comment stands; null when there is none. */
  readonly at: { readonly path: string; readonly line: number | null } | null;
}

export interface ClosedComment {
  readonly findingId: string;
  readonly how: 'resolved' | 'minimized' | 'edited' | 'kept';
  readonly why: WhyHere;
  readonly url: string;
}

export interface AppliedPlan {
  readonly placed: readonly PlacedFinding[];
  readonly closed: readonly ClosedComment[];
  /** The comments about findings as they stand afterwards, as far as that is known. */
  readonly standing: readonly StandingComment[];
  /** The head is another commit by now: nothing more is said of this one. */
  readonly moved: boolean;
  /** Each once. */
  readonly problems: readonly DeskProblem[];
}

/** A post with its outcome: at its line, or at its file once the host refused the line. */
interface Posted {
  readonly post: PlannedPost;
  readonly draft: CommentDraft;
  readonly outcome: PostOutcome;
}

const LEFT_TO_PEOPLE: ReadonlySet<WhyHere> = new Set([
  'edited_by_person',
  'resolved_by_person',
  'deleted_by_person',
  'answered',
]);

type Applying = Pick<Prepared, 'plan' | 'state' | 'standing' | 'opening' | 'writer' | 'seal' | 'category'>;

export async function applyPlan(prepared: Applying, desk: ReviewDesk): Promise<AppliedPlan> {
  const { plan, state, opening, writer } = prepared;
  const watched = watchWords(desk, linkPrefixesOf(state.change));
  const posted = await postAll(plan.posts, watched, { head: state.change.head, opening });
  const moved = posted.map(({ outcome }) => outcome).find(isMoved);
  const wanted = [...plan.amendments.map(({ amendment }) => amendment), ...plan.openings];
  const outcomes = moved === undefined ? await watched.amend(wanted) : wanted.map(() => moved);
  const left = moved === undefined ? await takeAway(leftoversOf(plan, posted), watched, writer) : [];
  const amended = plan.amendments.flatMap((planned, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ planned, outcome }];
  });
  const isStored = posted.some(({ outcome }) => outcome.kind === 'posted');
  const after = isStored ? await lookAgain(prepared, watched) : { comments: [], problems: [] };
  return {
    placed: withTold(plan, [
      ...posted.map((one) => placedOf(one, after.comments)),
      ...amended.filter(({ planned }) => planned.purpose !== 'close').map(keptOf),
      ...plan.settled.map(({ finding, why, standing }) => ({
        findingId: finding.id,
        comment: standing === null ? null : commentKind(standing),
        action: actionOf(why, standing),
        why: standing === null ? why : whyThere(why, standing),
        url: standing?.url ?? null,
        at: standing === null ? null : placeOfComment(standing),
      })),
    ]),
    closed: amended.filter(({ planned }) => planned.purpose === 'close').map(closedOf),
    standing: [
      ...standingAfter(prepared.standing, { amended, posted }),
      ...(after.comments ?? []).map(({ comment }) => comment),
    ],
    moved: moved !== undefined,
    problems: once([
      ...posted.flatMap(({ outcome }) => (outcome.kind === 'refused' ? [outcome.problem] : [])),
      ...outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.problem] : [])),
      ...left,
      ...after.problems,
    ]),
  };
}

/** Adds the findings that the comments about others tell: they are where those are. */
export function withTold(
  { told }: Pick<PublicationPlan, 'told'>,
  placed: readonly PlacedFinding[],
): readonly PlacedFinding[] {
  const byId = new Map(placed.map((one) => [one.findingId, one]));
  return [
    ...placed,
    ...told.flatMap(({ finding, leadId }): PlacedFinding[] => {
      const lead = byId.get(leadId);
      if (lead === undefined) return [];
      const isSaid = lead.comment !== null && !LEFT_TO_PEOPLE.has(lead.why as WhyHere);
      return [{ ...lead, findingId: finding.id, why: isSaid ? 'told_with' : lead.why }];
    }),
  ];
}

function standingAfter(
  { findings }: StandingComments,
  { amended, posted }: { amended: readonly Amended[]; posted: readonly Posted[] },
): readonly StandingComment[] {
  const gone = new Set(
    posted.flatMap(({ post, outcome }) =>
      outcome.kind === 'posted' ? (post.replaces?.comment.id ?? []) : [],
    ),
  );
  const bodies = new Map(
    amended.map(({ planned: { amendment }, outcome }) => [
      amendment.comment.id,
      outcome.kind === 'amended' ? amendment.body : null,
    ]),
  );
  return findings.flatMap(({ comment }) =>
    gone.has(comment.id) ? [] : [{ ...comment, body: bodies.get(comment.id) ?? comment.body }],
  );
}

/** What others stand for now: comments told anew at another line, and second copies. */
function leftoversOf({ copies }: PublicationPlan, posted: readonly Posted[]): readonly Leftover[] {
  return [
    ...posted.flatMap(({ post: { replaces }, outcome }) =>
      replaces !== null && outcome.kind === 'posted' ? [{ known: replaces, url: outcome.url }] : [],
    ),
    ...copies.map(({ known, of }) => ({ known, url: of.comment.url })),
  ];
}

async function postAll(
  posts: readonly PlannedPost[],
  desk: ReviewDesk,
  at: { head: string; opening: string },
): Promise<readonly Posted[]> {
  if (posts.length === 0) return [];
  const drafts = posts.map(({ draft }) => draft);
  const first = await desk.post(drafts, at);
  const results = posts.map((post, index): Posted => resultOf(post, post.draft, first[index]));
  const again = results.flatMap(({ post, outcome }) =>
    outcome.kind === 'refused' && outcome.problem.code === 'anchor' && post.fallback !== null
      ? [{ post, draft: post.fallback }]
      : [],
  );
  if (again.length === 0) return results;
  const second = await desk.post(
    again.map(({ draft }) => draft),
    at,
  );
  const retried = new Map(
    again.map(({ post, draft }, index) => [post, resultOf(post, draft, second[index])]),
  );
  return results.map((result) => retried.get(result.post) ?? result);
}

function resultOf(post: PlannedPost, draft: CommentDraft, outcome: PostOutcome | undefined): Posted {
  if (outcome === undefined) throw new Error('the desk gave fewer outcomes than drafts');
  return { post, draft, outcome };
}

function isMoved(outcome: PostOutcome): outcome is Extract<PostOutcome, { kind: 'refused' }> {
  return outcome.kind === 'refused' && outcome.problem.code === 'moved';
}

/** @param comments what this run or another one posted since; null when it could not be read, and the host's answer has to do */
function placedOf({ post, draft, outcome }: Posted, comments: readonly KnownComment[] | null): PlacedFinding {
  const findingId = post.finding.id;
  const nowhere = { findingId, comment: null, action: 'none', url: null, at: null } as const;
  if (outcome.kind === 'refused') return { ...nowhere, why: 'refused' };
  const known = comments?.find(({ marker }) => marker.id === subjectOf(post.finding));
  if (comments !== null && known === undefined) return { ...nowhere, why: 'not_confirmed' };
  const atFile = (known?.comment.kind ?? draft.anchor.kind) === 'file';
  return {
    findingId,
    comment: atFile ? 'file' : 'inline',
    action: postedAs(post),
    why: atFile ? 'file_comment' : 'comment',
    url: known?.comment.url ?? outcome.url,
    at: { path: draft.anchor.path, line: atFile || draft.anchor.kind === 'file' ? null : draft.anchor.line },
  };
}

/** A comment that takes the place of a closed one: the finding is back, at another line. */
function postedAs({ replaces }: PlannedPost): PlacedFinding['action'] {
  if (replaces === null) return 'posted';
  return replaces.marker.state === 'closed' ? 'reopened' : 'moved';
}

interface Amended {
  readonly planned: PlannedAmendment;
  readonly outcome: AmendOutcome;
}

function keptOf({ planned, outcome }: Amended): PlacedFinding {
  const { comment } = planned.amendment;
  const done = planned.purpose === 'reopen' ? 'reopened' : 'edited';
  return {
    findingId: planned.findingId,
    comment: commentKind(comment),
    action: outcome.kind === 'amended' ? done : 'kept',
    why: outcome.kind === 'amended' ? whyThere(planned.why, comment) : 'refused',
    url: comment.url,
    at: placeOfComment(comment),
  };
}

function closedOf({ planned, outcome }: Amended): ClosedComment {
  const { amendment, findingId, why } = planned;
  return { findingId, why, url: amendment.comment.url, how: howClosed(outcome) };
}

function howClosed(outcome: AmendOutcome): ClosedComment['how'] {
  if (outcome.kind === 'refused') return 'kept';
  return outcome.did === 'resolved' || outcome.did === 'minimized' ? outcome.did : 'edited';
}

export function placeOfComment({ path, line }: StandingComment): PlacedFinding['at'] {
  return path === null ? null : { path, line };
}

function commentKind(comment: StandingComment): 'inline' | 'file' {
  return comment.kind === 'file' ? 'file' : 'inline';
}

/** What stands at a file is told by its place, on the first run and on every later one. */
export function whyThere(why: WhyHere, comment: StandingComment): WhyHere {
  return commentKind(comment) === 'file' && (why === 'unchanged' || why === 'comment') ? 'file_comment' : why;
}

function actionOf(why: WhyHere, standing: StandingComment | null): PlacedFinding['action'] {
  if (LEFT_TO_PEOPLE.has(why)) return 'left_to_people';
  return standing === null ? 'none' : 'kept';
}

function once(problems: readonly DeskProblem[]): readonly DeskProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
