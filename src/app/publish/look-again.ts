// Reads the desk back after posting: what stands there, and what another run that posted at the same time said as well.
import type { DeskProblem, DeskState } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { findRepeatedOpenings } from '../../publish/plan/repeated-openings.ts';
import { type KnownComment, readStandingComments } from '../../publish/plan/standing-comments.ts';
import type { Prepared } from './publishing.ts';
import { takeAway } from './take-away.ts';

type Posting = Pick<Prepared, 'state' | 'seal' | 'category' | 'writer'>;

export interface SeenAgain {
  /** Comments about findings that were posted since the desk was read first, one a finding; null when nobody could look. */
  readonly comments: readonly KnownComment[] | null;
  readonly problems: readonly DeskProblem[];
}

/** What is not there was not posted, whatever the answer said. Of two comments about one finding the later one goes. */
export async function lookAgain(posting: Posting, desk: ReviewDesk): Promise<SeenAgain> {
  const { state: before, seal, category, writer } = posting;
  const state = await desk.read(before);
  if ('problem' in state) return { comments: null, problems: [state.problem] };
  const old = new Set(before.comments.map(({ id }) => id));
  const fresh = state.comments.filter(({ id }) => !old.has(id));
  const { findings, copies } = readStandingComments(fresh, seal, category);
  if (copies.length === 0) return { comments: findings, problems: [] };
  const leftovers = copies.map(({ known, of }) => ({ known, url: of.comment.url }));
  const left = await takeAway(leftovers, desk, writer);
  const repeated = await shortenOpenings(posting, state, desk);
  return { comments: findings, problems: [...left, ...repeated] };
}

/** The other run's review, or this one's: the later one has no comment left, and need not say that there are some. */
async function shortenOpenings(
  { seal, category, writer }: Posting,
  state: DeskState,
  desk: ReviewDesk,
): Promise<readonly DeskProblem[]> {
  if (!holdReviews(state)) return [];
  const again = await desk.read(state, 'reviews');
  if ('problem' in again) return [again.problem];
  const repeated = findRepeatedOpenings(readStandingComments(again.comments, seal, category));
  const outcomes = await desk.amend(
    repeated.map(({ opening, first }) => ({
      ...{ comment: opening.comment, thread: 'leave' },
      body: writer.repeated(opening, first),
    })),
  );
  return outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.problem] : []));
}

function holdReviews({ comments }: DeskState): boolean {
  return comments.some(({ review }) => typeof review === 'string');
}
