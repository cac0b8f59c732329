// Comments whose finding asks for nothing any more: fixed, dismissed, waived or out of scope. What is not known to be gone stays.
import type { ResultDocument } from '#domain/result-document.ts';
import { toolSlug } from '../marker.ts';
import type { Closing, CommentWriter } from './comment-writer.ts';
import type { PlannedAmendment } from './plan.ts';
import type { KnownComment, StandingComments } from './standing-comments.ts';
import type { WantedComments } from './wanted-comments.ts';

interface CloseContext {
  readonly standing: StandingComments;
  readonly partners: ReadonlyMap<string, KnownComment>;
  readonly listed: WantedComments['listed'];
  readonly writer: CommentWriter;
}

export function closeGone(
  document: ResultDocument,
  { standing, partners, listed, writer }: CloseContext,
): readonly PlannedAmendment[] {
  const idsOf = Map.groupBy(partners.keys(), (id) => partners.get(id));
  const rankOf = new Map(listed.map((one, rank) => [one.finding.id, rank]));
  const ranTools = new Set(
    document.run.inputs.flatMap(({ fault, tools }) =>
      fault === null ? tools.map(({ name }) => toolSlug(name)) : [],
    ),
  );
  return standing.findings.flatMap((known): PlannedAmendment[] => {
    if (known.marker.state === 'closed') return [];
    const ids = idsOf.get(known);
    if (ids !== undefined) {
      const ranks = ids.map((id) => rankOf.get(id));
      // As long as one of them asks for something, the comment is about that one.
      if (ranks.includes(undefined)) return [];
      const gone = listed[Math.min(...ranks.map((rank) => rank ?? 0))];
      return gone === undefined ? [] : [close(known, gone.finding.id, gone, writer)];
    }
    // A run that could not finish, or one without the tool that reported it, says nothing about what is fixed.
    const looked = document.decision.outcome !== 'unfinished' && ranTools.has(known.marker.tool ?? '');
    return looked ? [close(known, known.marker.id, { why: 'fixed', finding: null }, writer)] : [];
  });
}

function close(
  known: KnownComment,
  findingId: string,
  closing: Closing,
  writer: CommentWriter,
): PlannedAmendment {
  const { comment, edited } = known;
  const byPerson = comment.resolved && comment.resolvedBy !== 'self';
  return {
    amendment: {
      comment,
      body: edited ? null : writer.closed(known, closing),
      thread: byPerson ? 'leave' : 'close',
    },
    findingId,
    purpose: 'close',
    why: closing.why,
  };
}
