// What of GitLab's answers about branches, commits and merge requests `assay fix --open` reads (docs.gitlab.com/api: branches, commits, merge_requests).
import { z } from 'zod';

const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const id = z.number().int().nonnegative();
const access = z.object({ access_level: z.number() }).nullish();

export const fixProjectShape = z.object({
  id,
  path_with_namespace: z.string(),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  permissions: z.object({ project_access: access, group_access: access }).nullish(),
});
export type FixProject = z.infer<typeof fixProjectShape>;

/** `commit_email` is what commits made by the API are written with. */
export const fixUserShape = z.object({
  id,
  username: z.string(),
  email: z.string().nullish(),
  commit_email: z.string().nullish(),
});
export type FixUser = z.infer<typeof fixUserShape>;

export const fixBranchShape = z.object({
  protected: z.boolean(),
  commit: z.object({
    id: sha,
    message: z.string(),
    parent_ids: z.array(sha),
    author_email: z.string(),
    committer_email: z.string(),
  }),
});
export type FixBranch = z.infer<typeof fixBranchShape>;

export const commitMessageShape = z.object({ message: z.string() });
export const commitIdShape = z.object({ id: sha });

export const fixRequestShape = z.object({
  iid: id,
  state: z.string(),
  title: z.string(),
  sha: sha.nullish(),
  description: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').replace(/\r\n?/g, '\n')),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: id.nullish(),
  target_project_id: id,
  author: z.object({ id }).nullish(),
});
export type FixMergeRequest = z.infer<typeof fixRequestShape>;
