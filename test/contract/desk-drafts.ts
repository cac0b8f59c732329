// Drafts for the change of the contract, and what a desk says about them when it reads.
import type { Anchor, CommentDraft, DeskState, StandingComment } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';

export const OPENING = 'What was found:';
export const markerOf = (id: string): string =>
  `<!-- assay:v1 k=${id === 'S' ? 'summary' : 'finding'} id=${id} -->`;
export const bodyOf = (id: string, words = 'SQL injection'): string =>
  `**${words}**\n\nof ${id}\n\n${markerOf(id)}`;

export function draft(id: string, anchor: Anchor, words?: string): CommentDraft {
  return { findingId: id, anchor, body: bodyOf(id, words), marker: markerOf(id) };
}

/** What is read, which is no problem. */
export async function stateOf(desk: ReviewDesk): Promise<DeskState> {
  const state = await desk.read();
  if ('problem' in state) throw new Error(state.problem.text);
  return state;
}

export async function standing(desk: ReviewDesk, id: string): Promise<StandingComment[]> {
  const { comments } = await stateOf(desk);
  return comments
    .filter(({ body }) => body.includes(markerOf(id)))
    .toSorted((one, other) => one.order - other.order);
}

export async function theOne(desk: ReviewDesk, id: string): Promise<StandingComment> {
  const [comment, ...others] = await standing(desk, id);
  if (!comment || others.length > 0) throw new Error(`${others.length + (comment ? 1 : 0)} copies of ${id}`);
  return comment;
}
