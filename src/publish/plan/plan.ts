// The shape of a plan: what is to be posted, what is to change, and what is settled without a request.
import type { Amendment, CommentDraft, StandingComment } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { KnownComment, SecondCopy } from './standing-comments.ts';
import type { ListedReason } from './wanted-comments.ts';

/** A comment to be posted. */
export interface PlannedPost {
  readonly finding: FindingRecord;
  readonly draft: CommentDraft;
  /** The same at the file, should the host refuse the line; null when `draft` is at the file already. */
  readonly fallback: CommentDraft | null;
  /** The outdated comment that this one takes the place of, deleted once this one stands; closed when the finding is back. */
  readonly replaces: KnownComment | null;
}

/** A finding that the comment about another one tells as well: it goes where that one goes. */
export interface ToldFinding {
  readonly finding: FindingRecord;
  /** The one whose comment it is; in `posts`, `amendments` or `settled`. */
  readonly leadId: string;
}

/** What a standing comment's change is about. */
export interface PlannedAmendment {
  readonly amendment: Amendment;
  readonly findingId: string;
  /** `close`: the finding asks for nothing any more; the others belong to findings that still do. */
  readonly purpose: 'edit' | 'reopen' | 'close';
  readonly why: WhyHere;
}

/** Why something is where it is; words are made of it where it is shown. */
export type WhyHere =
  | ListedReason
  | 'comment'
  | 'line_gone'
  | 'file_comment'
  | 'limit'
  | 'no_place'
  | 'deleted_by_person'
  | 'resolved_by_person'
  | 'edited_by_person'
  | 'answered'
  | 'unchanged'
  | 'told_with'
  | 'fixed';

/** A finding that needs no request: its comment stays as it is, or it gets none. */
export interface SettledFinding {
  readonly finding: FindingRecord;
  readonly why: WhyHere;
  /** The comment that stays; null when there is none. */
  readonly standing: StandingComment | null;
}

export interface PublicationPlan {
  readonly posts: readonly PlannedPost[];
  readonly amendments: readonly PlannedAmendment[];
  readonly settled: readonly SettledFinding[];
  readonly told: readonly ToldFinding[];
  /** Second copies of the bot's own, to be taken away. */
  readonly copies: readonly SecondCopy[];
  /** Openings of reviews whose comments were second copies. */
  readonly openings: readonly Amendment[];
}

/** What is to be done about one finding. */
export type FindingStep =
  | { readonly kind: 'post'; readonly post: PlannedPost }
  | { readonly kind: 'amend'; readonly amendment: PlannedAmendment }
  | { readonly kind: 'settle'; readonly settled: SettledFinding };

/** Who may still be given a comment. */
export interface Room {
  /** Takes a place for a finding, if there is one for it. */
  take(finding: FindingRecord): boolean;
}
