// Where a change is discussed: a pull request on GitHub, a merge request on GitLab.
//
// No method throws for what the host says: a refusal is a value with its reason. A write is never sent again before the desk has looked
// whether it was stored, by the marker in the text.
import type {
  Amendment,
  AmendOutcome,
  CommentDraft,
  DeskProblem,
  DeskState,
  GateStatus,
  PostOutcome,
  StandingComment,
  StatusOutcome,
} from '../domain/publication.ts';

export interface ReviewDesk {
  /**
   * The change request, who the bot is, and everything it said before. Reads only. After posting, with the state of before: only the
   * comments are listed again (on lines and files, or the summaries, or what opens reviews), so that a run stays within few requests; what
   * threads are resolved is taken over.
   */
  read(
    before?: DeskState,
    again?: 'comments' | 'summaries' | 'reviews',
  ): Promise<DeskState | { readonly problem: DeskProblem }>;
  /**
   * Posts comments at `head`, all at once where the host can, so that a reviewer gets one notification. One outcome a draft, in order.
   * `opening` is the text of the review that holds them (GitHub), unused elsewhere.
   */
  post(
    drafts: readonly CommentDraft[],
    at: { readonly head: string; readonly opening: string },
  ): Promise<readonly PostOutcome[]>;
  /** One outcome an amendment, in order. */
  amend(amendments: readonly Amendment[]): Promise<readonly AmendOutcome[]>;
  /** Writes the one summary comment: edits `standing`, or posts a new one when it is null. */
  summarise(body: string, marker: string, standing: StandingComment | null): Promise<PostOutcome>;
  /** Says the gate's answer beside the commit; found again and left alone when equal. */
  report(status: GateStatus): Promise<StatusOutcome>;
}
