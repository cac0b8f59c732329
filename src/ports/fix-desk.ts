// Where fixes are proposed: a branch of Assay's own and its pull or merge request. Only `assay fix --open` has one.
//
// No method throws for what the host says: a refusal is a value with its reason. A write is never sent again before the desk has looked
// whether it was stored.
import type { DeskProblem } from '../domain/publication.ts';

/** Which branch the fixes go to. `request`: the branch that a pull or merge request comes from. */
export type FixTarget =
  | { readonly kind: 'default' }
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'request'; readonly number: number };

/** The tip of the branch of the fixes. */
export interface FixTip {
  readonly commit: string;
  readonly message: string;
  /** The commit that it stands on; null for none, and for a merge. */
  readonly parent: string | null;
  /** Whether the account of the token wrote it and committed it, on top of one commit. Anybody may have written the message. */
  readonly isOwn: boolean;
}

/** A pull or merge request from the branch of the fixes, in the same repository. */
export interface FixRequestRecord {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  /** Line ends are LF. */
  readonly body: string;
  readonly target: string;
  /** Whether the account of the token opened it. */
  readonly isOwn: boolean;
  /** The message of its last commit, told of closed ones of the account's own: people edit descriptions; null of others. */
  readonly lastMessage: string | null;
  readonly url: string;
}

/** Where fixes go to, and by whom. */
export interface FixGround {
  /** Who the token belongs to. */
  readonly self: string;
  /** `owner/repo`, `group/project`. */
  readonly repository: string;
  readonly defaultBranch: string;
  /** The name of a branch. */
  readonly target: string;
  /** Whether the request that is the target comes from another repository. */
  readonly isFork: boolean;
  /** What is known to be refused; null: nothing, or nobody knows before the first write. */
  readonly withheld: DeskProblem | null;
}

export interface FixPlace {
  /** Names of branches. */
  readonly target: string;
  readonly branch: string;
  /** The commit that the working tree stands on: full id. */
  readonly parent: string;
}

export interface FixDeskState {
  /** How the parent stands to the target: its tip, below it, … `unknown`: the host does not have it, or there is no such target. */
  readonly parent: 'tip' | 'ancestor' | 'elsewhere' | 'unknown';
  readonly tip: FixTip | null;
  /** Whether rules of the host protect the branch of the fixes. */
  readonly isProtected: boolean;
  /** From that branch, the newest first. */
  readonly requests: readonly FixRequestRecord[];
}

/** A file that the commit replaces, or adds where the parent does not have it. */
export interface FixedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
  readonly isNew: boolean;
}

export interface FixCommit {
  readonly branch: string;
  readonly parent: string;
  readonly message: string;
  readonly files: readonly FixedFile[];
  /** Where the branch stood when it was looked at; null: there was none. */
  readonly tip: string | null;
}

export interface RequestText {
  readonly title: string;
  readonly body: string;
}

/** `raced`: somebody else was there since it was looked at. Nothing was written then; look again. */
export type FixOutcome<Done> =
  | ({ readonly kind: 'done' } & Done)
  | { readonly kind: 'raced' }
  | { readonly kind: 'refused'; readonly problem: DeskProblem };

export interface FixDesk {
  /** Reads only, as `look` does. */
  locate(target: FixTarget): Promise<FixGround | { readonly problem: DeskProblem }>;
  look(place: FixPlace): Promise<FixDeskState | { readonly problem: DeskProblem }>;
  /** Makes the commit on the host and moves the branch there, if it still stands at `tip`. */
  commit(wish: FixCommit): Promise<FixOutcome<{ readonly commit: string }>>;
  open(
    wish: RequestText & { readonly branch: string; readonly target: string },
  ): Promise<FixOutcome<{ readonly number: number; readonly url: string }>>;
  /** Writes what is given; the rest stays. */
  amend(number: number, text: Partial<RequestText>): Promise<FixOutcome<object>>;
}
