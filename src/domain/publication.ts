// What is said on a host about a run: comments with their anchors, what stands there already, what is to change, and what became of it.

export type Host = 'github' | 'gitlab';

/** The pull or merge request under review, as the host itself describes it now. */
export interface ChangeRequest {
  readonly host: Host;
  /** `owner/repo#7` or `group/project!7`. */
  readonly name: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly locked: boolean;
  /** Full SHAs. `mergeBase` null where the host does not say. */
  readonly head: string;
  readonly baseTip: string;
  readonly mergeBase: string | null;
  readonly fork: boolean;
  /** Absolute address of a file at head, up to its path, without the last slash: `https://github.com/o/r/blob/<sha>`. */
  readonly blobUrl: string;
  readonly url: string;
}

/**
 * Where a comment stands. Lines are of the new side; `oldLine` is set for an unchanged line inside a hunk and null for an added one
 * (GitLab wants both of the former). `startLine` is null for a single line.
 */
export type Anchor =
  | {
      readonly kind: 'line';
      readonly path: string;
      readonly oldPath: string;
      readonly line: number;
      readonly oldLine: number | null;
      readonly startLine: number | null;
      readonly startOldLine: number | null;
    }
  | { readonly kind: 'file'; readonly path: string; readonly oldPath: string };

/** A comment to be posted. */
export interface CommentDraft {
  readonly findingId: string;
  readonly anchor: Anchor;
  /** Finished Markdown that ends with `marker`. */
  readonly body: string;
  /** The hidden comment that tells this comment apart from every other, letter by letter as it stands in `body`. */
  readonly marker: string;
}

/** A comment of the bot's own that stands on the change request now. */
export interface StandingComment {
  /** The desk's handle; unique over all kinds. */
  readonly id: string;
  /** `review`: the text that opens a GitHub review. */
  readonly kind: 'line' | 'file' | 'summary' | 'review';
  /** Line ends are LF. */
  readonly body: string;
  readonly path: string | null;
  /** Where it stands on the new side now; null when it is outdated or stands at no line. */
  readonly line: number | null;
  /** GitHub: the first of several lines that it is about now; null for one line, and on GitLab, where a comment stands at the first line. */
  readonly startLine: number | null;
  /** The line it was about is gone or changed. */
  readonly outdated: boolean;
  /** GitHub: the `id` of the review that it was posted with, where the host says. */
  readonly review?: string | null;
  readonly resolved: boolean;
  /** Null when it is not resolved or nobody knows. */
  readonly resolvedBy: 'self' | 'other' | null;
  readonly minimized: boolean;
  /** Whether anybody else answered in its thread. */
  readonly answered: boolean;
  readonly url: string;
  /** Ascending with the time of posting; of two copies the lower one is kept. */
  readonly order: number;
}

/** What is known of the token's rights before anything is posted; `unknown` is found out by the first write. */
export interface DeskRights {
  /** `no`: nothing at all may be written. */
  readonly comment: 'yes' | 'no' | 'unknown';
  /** What is missing and how to mend it, when `comment` is `no`. */
  readonly problem: DeskProblem | null;
  /** The kinds of writing that are known to be refused, each with what is missing: they are not tried. */
  readonly withheld?: WithheldWrites;
}

/** `comments`: on lines and files. `alerts`: code scanning. */
export type DeskWrite = 'comments' | 'summary' | 'check' | 'status' | 'alerts';

export type WithheldWrites = Readonly<Partial<Record<DeskWrite, DeskProblem>>>;

/** Something the host refused or would refuse, in words for the person who runs the pipeline. */
export interface DeskProblem {
  /** `locked`: the conversation or repository takes no comments. `moved`: the head is another commit by now. `unreachable`: no answer, or only errors. */
  readonly code:
    | 'permission'
    | 'anchor'
    | 'too_long'
    | 'rate_limit'
    | 'spam'
    | 'locked'
    | 'moved'
    | 'not_found'
    | 'unreachable'
    | 'rejected';
  /** One sentence; what the host said stands in it, shortened and between backticks. */
  readonly text: string;
  /** What to do, with the line of YAML to add where that is it. */
  readonly hint: string;
}

export interface DeskState {
  readonly change: ChangeRequest;
  /** Who the bot is. */
  readonly self: string;
  readonly rights: DeskRights;
  /** The bot's own comments that hold a marker, in any order. */
  readonly comments: readonly StandingComment[];
}

export type PostOutcome =
  | { readonly kind: 'posted'; readonly id: string; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };

/** One change of a standing comment. */
export interface Amendment {
  readonly comment: StandingComment;
  /** The new text, or null to leave it. */
  readonly body: string | null;
  /** `close` resolves the thread, or hides it where that is not allowed; `reopen` undoes either; `delete` is for the bot's own second copies. */
  readonly thread: 'leave' | 'close' | 'reopen' | 'delete';
}

export type AmendOutcome =
  /** `did` says how far it went: a thread that may not be resolved is minimised, and where neither is allowed only its text changes. */
  | { readonly kind: 'amended'; readonly did: 'edited' | 'resolved' | 'minimized' | 'reopened' | 'deleted' }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };

export interface StatusAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** The gate's answer as a check run (GitHub) or a commit status (both hosts). Plain text and Markdown are inert already. */
export interface GateStatus {
  /** Names the check; the same from run to run, another for each category. */
  readonly name: string;
  readonly head: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  /** Markdown within 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly StatusAnnotation[];
  /** Differs whenever anything above does; found again in the host's external id or description. */
  readonly digest: string;
  readonly prefer: 'auto' | 'check' | 'status';
}

export type StatusOutcome =
  | {
      readonly kind: 'reported';
      readonly as: 'check' | 'status';
      readonly action: 'created' | 'updated' | 'kept';
      /** How many annotations the host took; 0 for a commit status. */
      readonly annotations: number;
      readonly url: string | null;
    }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };
