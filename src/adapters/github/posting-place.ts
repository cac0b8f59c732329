// Where on a pull request a draft goes, in the words of the interface.
import type { CommentDraft } from '../../domain/publication.ts';
import type { Parameters } from './github-client.ts';

export interface PostingPlace {
  /** The commit that every comment is pinned to; without it GitHub takes the latest one. */
  readonly head: string;
  /** The text that opens the review. */
  readonly opening: string;
}

/** `line`, `side` and for several lines `start_line`, `start_side`, which must lie before `line` (platforms A1, D5). */
export function linesOf({ anchor }: CommentDraft): Parameters {
  if (anchor.kind === 'file') return { subject_type: 'file' };
  const end = { line: anchor.line, side: 'RIGHT' };
  if (anchor.startLine === null || anchor.startLine >= anchor.line) return end;
  return { ...end, start_line: anchor.startLine, start_side: 'RIGHT' };
}
