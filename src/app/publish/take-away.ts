// Takes comments away that others stand for: deleted, and where the host refuses that, closed with a link to the one that stands.
import type { Amendment, AmendOutcome, DeskProblem } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { CommentWriter } from '../../publish/plan/comment-writer.ts';
import type { KnownComment } from '../../publish/plan/standing-comments.ts';

/** A comment of the bot's own, with the address of the one that stands for it. */
export interface Leftover {
  readonly known: KnownComment;
  readonly url: string;
}

/** What only a later run can do better. */
const FOR_NOW: ReadonlySet<DeskProblem['code']> = new Set(['unreachable', 'rate_limit', 'spam', 'moved']);

/** Gives what is to be told: of a comment that could not be deleted and leads to the other one instead, nothing. */
export async function takeAway(
  leftovers: readonly Leftover[],
  desk: ReviewDesk,
  writer: CommentWriter,
): Promise<readonly DeskProblem[]> {
  if (leftovers.length === 0) return [];
  const spared = leftovers.filter(({ known }) => known.comment.answered);
  const others = leftovers.filter(({ known }) => !known.comment.answered);
  const outcomes = others.length === 0 ? [] : await desk.amend(others.map(deletionOf));
  const refused = others.flatMap((leftover, index) => {
    const problem = problemOf(outcomes[index]);
    return problem === null ? [] : [{ leftover, problem }];
  });
  const stay = refused.filter(({ leftover, problem }) => canLead(leftover) && !FOR_NOW.has(problem.code));
  const staying = new Set(stay.map(({ leftover }) => leftover));
  const left = [...spared.filter(canLead), ...staying].filter(
    ({ known }) => known.marker.past?.why !== 'moved',
  );
  const closed =
    left.length === 0 ? [] : await desk.amend(left.map((leftover) => linkOf(leftover, writer, refused)));
  return [
    ...refused.flatMap(({ leftover, problem }) => (staying.has(leftover) ? [] : [problem])),
    ...closed.flatMap((outcome) => problemOf(outcome) ?? []),
  ];
}

/** A summary is no thread that could be closed. */
function canLead({ known }: Leftover): boolean {
  return known.marker.kind === 'finding';
}

function deletionOf({ known: { comment } }: Leftover): Amendment {
  return { comment, body: null, thread: 'delete' };
}

function linkOf(
  { known, url }: Leftover,
  writer: CommentWriter,
  refused: readonly { readonly leftover: Leftover; readonly problem: DeskProblem }[],
): Amendment {
  // Where the host does not let it go for what stands in its thread, somebody answered since it was read.
  const isAnswered = refused.some(
    ({ leftover, problem }) => leftover.known === known && problem.code === 'rejected',
  );
  return {
    comment: known.comment,
    body: writer.moved(known, { url, keepFormer: known.comment.answered || isAnswered }),
    thread: known.marker.state === 'closed' ? 'leave' : 'close',
  };
}

function problemOf(outcome: AmendOutcome | undefined): DeskProblem | null {
  return outcome?.kind === 'refused' ? outcome.problem : null;
}
