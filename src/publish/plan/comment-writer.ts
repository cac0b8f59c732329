// Who writes the words of comments; the plan decides which are needed.
import type { Anchor, CommentDraft } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { AlsoTold } from './comment-subject.ts';
import type { KnownComment } from './standing-comments.ts';

/** Why a comment is closed. `finding` is what became of it, null when it is not reported any more. */
export type Closing =
  | { readonly why: 'fixed'; readonly finding: null }
  | {
      readonly why: 'dismissed' | 'accepted' | 'out_of_scope' | 'needs_review_listed';
      readonly finding: FindingRecord;
    };

export interface CommentWriter {
  /**
   * The comment about a finding at a place. The anchor may grow to the range of the suggestion that it carries. `known` is the comment that it
   * takes the place of.
   */
  open(finding: FindingRecord, anchor: Anchor, known: KnownComment | null, also: AlsoTold): CommentDraft;
  /** The text that a standing comment of the finding should have. */
  standing(finding: FindingRecord, known: KnownComment, also: AlsoTold): string;
  /** What remains of a comment whose finding asks for nothing any more; with answers below it, the former text stays. */
  closed(known: KnownComment, closing: Closing): string;
  /** What remains of a comment that another one took the place of, where it cannot be deleted. `keepFormer`: people answered to it. */
  moved(known: KnownComment, to: { readonly url: string; readonly keepFormer: boolean }): string;
  /** What remains of the opening of a review whose comments were second copies. `first`: the review that holds the others. */
  repeated(opening: KnownComment, first: KnownComment): string;
}
