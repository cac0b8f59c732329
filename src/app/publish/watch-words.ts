// The last look before anything is posted: a text in which something is live that is not ours never leaves (security row 12).
import type { DeskProblem } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { lastLook } from '../../publish/last-look.ts';

/** A desk that refuses such texts itself, and hands everything else on. */
export function watchWords(desk: ReviewDesk, allowedLinkPrefixes: readonly string[]): ReviewDesk {
  const refusalOf = (body: string | null): { kind: 'refused'; problem: DeskProblem } | null => {
    const live = body === null ? null : lastLook(body, { allowedLinkPrefixes });
    return live === null ? null : { kind: 'refused', problem: liveText(live) };
  };
  return {
    read: (before, again) => desk.read(before, again),
    report: (status) => desk.report(status),
    post: (drafts, at) =>
      eachUnlessRefused(
        drafts,
        ({ body }) => refusalOf(body),
        (rest) => desk.post(rest, at),
      ),
    amend: (amendments) =>
      eachUnlessRefused(
        amendments,
        ({ body }) => refusalOf(body),
        (rest) => desk.amend(rest),
      ),
    summarise: async (body, marker, standing) => refusalOf(body) ?? desk.summarise(body, marker, standing),
  };
}

/** One outcome an item, in order; what is refused here is not asked for there. */
async function eachUnlessRefused<Item, Outcome>(
  items: readonly Item[],
  refusalOf: (item: Item) => Outcome | null,
  ask: (items: readonly Item[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const refusals = items.map(refusalOf);
  const asked = items.filter((_, index) => refusals[index] === null);
  const answers = asked.length === 0 ? [] : [...(await ask(asked))];
  return refusals.map((refusal) => {
    const outcome = refusal ?? answers.shift();
    if (outcome === undefined) throw new Error('the desk gave fewer outcomes than it was asked for');
    return outcome;
  });
}

/** A fault of ours, told instead of posted. */
function liveText(live: string): DeskProblem {
  return {
    code: 'rejected',
    text: `A text was not posted, because it holds something that would be live: ${live}.`,
    hint: 'Report this as a fault of Assay, with assay.json.',
  };
}
