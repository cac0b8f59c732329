// The words of the GitLab emulator: who there is, what was said where, and the switches that a test turns.

export interface GitLabUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly bot: boolean;
}

/** 0 none, 10 guest, 20 reporter, 30 developer, 40 maintainer. */
export type AccessLevel = 0 | 10 | 20 | 30 | 40;

export interface GitLabToken {
  /** `job` is sent as `JOB-TOKEN`, the others as `PRIVATE-TOKEN` or `Authorization: Bearer`. */
  readonly kind: 'api' | 'read_api' | 'job';
  readonly user: GitLabUser;
  readonly access: AccessLevel;
}

export interface DiffRefs {
  readonly base_sha: string;
  readonly start_sha: string;
  readonly head_sha: string;
}

export interface LineEnd {
  readonly line_code?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly old_line?: number | null | undefined;
  readonly new_line?: number | null | undefined;
}

export interface Position extends DiffRefs {
  readonly position_type: 'text' | 'file';
  readonly old_path: string | null;
  readonly new_path: string | null;
  readonly old_line: number | null;
  readonly new_line: number | null;
  readonly line_range: { readonly start: LineEnd; readonly end: LineEnd } | null;
}

export interface Note {
  readonly id: number;
  readonly type: 'DiffNote' | 'DiscussionNote' | null;
  body: string;
  readonly author: GitLabUser;
  readonly createdAt: string;
  updatedAt: string;
  readonly system: boolean;
  position: Position | null;
  /** Set when the line was changed; `position` then stays as it was. Not a part of GitLab's answers. */
  changePosition: Position | null;
  resolved: { readonly by: GitLabUser; readonly at: string } | null;
  /** Counted in pages, but shown to nobody: an internal note of others. */
  readonly hidden: boolean;
}

export interface Discussion {
  readonly id: string;
  /** A plain note that nobody answered. */
  individual: boolean;
  readonly notes: Note[];
}

export interface Draft {
  readonly id: number;
  readonly author: GitLabUser;
  note: string;
  readonly position: Position | null;
  readonly discussionId: string | null;
  readonly resolve: boolean;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly name: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
  readonly author: GitLabUser;
  readonly createdAt: string;
}

export interface Version extends DiffRefs {
  readonly id: number;
  readonly createdAt: string;
}

/** How many requests pass before the limit, and how many are refused until its window is over. */
export interface RateLimit {
  after: number;
  refusals: number;
}

/** What a test may turn at any time. */
export interface GitLabSwitches {
  /** On how many further GETs of the merge request `diff_refs`, `sha` and `changes_count` are null (platforms D37). */
  diffRefsNullFor: number;
  /** The merge request cannot be merged: no position on text is taken (platforms D33). */
  conflict: boolean;
  /** `bulk_publish` and `publish` fail (platforms D39). */
  publishFails: boolean;
  /** The application's limit on creating notes and discussions (platforms D40). */
  applicationLimit: RateLimit | null;
  /** Rack::Attack's limit on all requests (platforms D41). */
  rackAttack: (RateLimit & { readonly retryAfter: number }) | null;
  /** Diffs of a file above this many bytes come without their text, as collapsed; above the second, as too large (platforms D46). */
  collapsedAbove: number;
  tooLargeAbove: number;
  /** How many notes a merge request takes. */
  maximumNotes: number;
  /** The pipelines of the head that a commit status may join; null: any. Another is not found. */
  pipelines: readonly number[] | null;
  archived: boolean;
  state: 'opened' | 'closed' | 'merged' | 'locked';
  discussionLocked: boolean;
}

export const DEFAULT_SWITCHES: GitLabSwitches = {
  diffRefsNullFor: 0,
  conflict: false,
  publishFails: false,
  applicationLimit: null,
  rackAttack: null,
  collapsedAbove: 20 * 1024,
  tooLargeAbove: 200 * 1024,
  maximumNotes: 5000,
  pipelines: null,
  archived: false,
  state: 'opened',
  discussionLocked: false,
};
