// What a comment is made of, and what comes of it.
import type { PatchCheck, PatchOrigin } from '#domain/patch.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { CodeHost } from './code-link.ts';
import type { MarkerFields, Seal } from './marker.ts';
import type { AlsoTold } from './plan/comment-subject.ts';

export interface CommentRequest {
  readonly finding: FindingRecord;
  /** Findings that are told with it, when it is about a package. */
  readonly also?: AlsoTold;
  /** It was closed before, and is reported again; null for one that was never gone. */
  readonly back: {
    readonly since: string;
    /** Null when it was closed for another reason than that nobody reported it. */
    readonly was: { readonly why: 'fixed' | 'gone'; readonly commit: string } | null;
  } | null;
  /** The name of the weakness as its card has it, in `language`; null without a card. */
  readonly weakness: string | null;
  /** Where lines are shown at head; null writes code spans instead of links. */
  readonly code: CodeHost | null;
  /** Whether the gate stops nothing yet (`gate.mode: report`). */
  readonly onlyReports?: boolean;
  /** Finished blocks (publish/anchors); what of them would not pass the last look is left out. */
  readonly suggestion: string | null;
  readonly patchFold: string | null;
  /** Who thought of the change in either of these (outside text), and what was checked of it. */
  readonly proposal?: PatchProposal | null;
  /** At the finding's line, only at its file, or in a thread whose line is gone. */
  readonly where: 'line' | 'file' | 'outdated';
  /** Why it is not at its line, as the end of a sentence of ours; null when it is, or nobody knows. */
  readonly whyNotLine: string | null;
  readonly language: 'en' | 'zh-CN';
  readonly marker: { readonly fields: MarkerFields; readonly seal: Seal };
  /** Characters (UTF-16 code units) of the whole body. */
  readonly limit?: number;
}

export interface PatchProposal {
  readonly origin: PatchOrigin;
  readonly tool: string | null;
  readonly checks: readonly PatchCheck[];
  /** Writes the lock file again, which the change alone does not; outside text, null where there is none. */
  readonly command?: string | null;
}

export interface WrittenComment {
  /** Ends with `marker`, on a line of its own. */
  readonly body: string;
  readonly marker: string;
}

/** GitHub refuses bodies over 65,536 characters, and the whole review with them (platforms A1). */
export const COMMENT_LIMIT = 60_000;
