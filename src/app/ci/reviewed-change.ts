// Which commits a CI job is about, said the same way for every host.

/** Commits as full SHAs or full ref names; null where the event names none. */
export interface ReviewedChange {
  /** Tip of the branch that the change goes to, or the branch's previous commit. */
  readonly base: string | null;
  /** Null reads the sources from the working tree. */
  readonly head: string | null;
  /** What was checked out when the scanners ran, if it is not head (a merge of head into base). */
  readonly scannedRevision: string | null;
  /** Commit whose policy binds although there is no base: nothing is under review, so the commit is itself what was agreed on. */
  readonly policyRevision: string | null;
}

/** Nothing is under review: a schedule, a manual run, a tag. `commit` is what it runs on; null where nothing vouches for that. */
export function noChange(commit: string | null): ReviewedChange {
  return { base: null, head: null, scannedRevision: null, policyRevision: commit };
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** True for a full SHA-1 or SHA-256 commit id that is not the all-zero one, which hosts send for "no commit". */
export function isCommit(text: string | undefined): text is string {
  return text !== undefined && COMMIT.test(text) && !/^0+$/.test(text);
}
