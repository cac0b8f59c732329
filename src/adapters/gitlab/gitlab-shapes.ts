// What of GitLab's answers is used, and in which shape (docs.gitlab.com/api: merge_requests, discussions, notes, commits, repositories).
// An answer in another shape is no answer. Fields that are not named here are not looked at.
import { z } from 'zod';
import { GitLabFault } from './gitlab-fault.ts';

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const id = z.number().int().nonnegative();
const user = z.object({ id, username: z.string() });

/** Null, and null fields, for some seconds after a merge request was made (platforms D37). */
const diffRefs = z
  .object({ base_sha: sha.nullish(), start_sha: sha.nullish(), head_sha: sha.nullish() })
  .nullish();

export const userShape = user;

export const mergeRequestShape = z.object({
  iid: id,
  state: z.string(),
  sha: sha.nullish(),
  web_url: z.string(),
  source_branch: z.string(),
  source_project_id: id.nullish(),
  target_project_id: id,
  discussion_locked: z.boolean().nullish(),
  changes_count: z.string().nullish(),
  references: z.object({ full: z.string() }).nullish(),
  diff_refs: diffRefs,
});
export type MergeRequestAnswer = z.infer<typeof mergeRequestShape>;

/** The newest first. */
export const versionsShape = z.array(
  z.object({ head_commit_sha: sha, base_commit_sha: sha, start_commit_sha: sha }),
);

/** A row of a list of merge requests. */
export const mergeRequestRowShape = z.object({
  iid: id,
  state: z.string(),
  sha: sha.nullish(),
  source_branch: z.string(),
  target_project_id: id,
});

const access = z.object({ access_level: z.number() }).nullish();

export const projectShape = z.object({
  id,
  path_with_namespace: z.string(),
  archived: z.boolean().nullish(),
  permissions: z.object({ project_access: access, group_access: access }).nullish(),
});
export type ProjectAnswer = z.infer<typeof projectShape>;

export const tokenShape = z.object({ scopes: z.array(z.string()) });

const position = z.object({
  position_type: z.string().nullish(),
  new_path: z.string().nullish(),
  new_line: z.number().int().nullish(),
  head_sha: z.string().nullish(),
});

export const noteShape = z.object({
  id,
  body: z.string(),
  author: user.nullish(),
  system: z.boolean().nullish(),
  resolvable: z.boolean().nullish(),
  resolved: z.boolean().nullish(),
  resolved_by: user.nullish(),
  position: position.nullish(),
  /** Set when a push changed the line that the note is about (platforms D50). */
  change_position: z.unknown().optional(),
});
export type NoteAnswer = z.infer<typeof noteShape>;

export const discussionShape = z.object({
  id: z.string().regex(/^[\w-]{1,128}$/),
  individual_note: z.boolean().nullish(),
  notes: z.array(noteShape),
});
export type DiscussionAnswer = z.infer<typeof discussionShape>;

export const statusShape = z.object({
  id,
  name: z.string().nullish(),
  status: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});
export type StatusAnswer = z.infer<typeof statusShape>;

export const diffRowShape = z.object({
  old_path: z.string(),
  new_path: z.string(),
  a_mode: z.string().nullish(),
  b_mode: z.string().nullish(),
  new_file: z.boolean(),
  renamed_file: z.boolean(),
  deleted_file: z.boolean(),
  /** Empty when the file is collapsed or too large (platforms D46), and when no line changed. */
  diff: z.string(),
  collapsed: z.boolean().nullish(),
  too_large: z.boolean().nullish(),
});
export type DiffRow = z.infer<typeof diffRowShape>;

export const comparisonShape = z.object({
  diffs: z.array(diffRowShape),
  compare_timeout: z.boolean().nullish(),
});

export const treeRowShape = z.object({ path: z.string(), type: z.string(), mode: z.string() });

/** The answer in the shape that is expected of it. @throws GitLabFault `lost` when it has another, since nobody knows what was done */
export function readShape<T>(shape: z.ZodType<T>, answer: unknown): T {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  throw new GitLabFault(
    'lost',
    200,
    `an answer in an unknown shape, at "${read.error.issues[0]?.path.join('.')}"`,
  );
}
