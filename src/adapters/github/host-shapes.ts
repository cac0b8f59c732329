// What Assay reads out of GitHub's answers: everything else in them is left alone. Shapes follow docs.github.com/rest (version 2022-11-28).
import { z } from 'zod';

const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const identifier = z.number().int().nonnegative();
/** Null when the account is gone. */
const author = z.object({ id: identifier, login: z.string(), type: z.string().optional() }).nullish();
/** Bodies may come with CRLF; everybody behind this reads LF. */
const body = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').replace(/\r\n?/g, '\n'));

const repository = z.object({
  full_name: z.string(),
  archived: z.boolean().optional(),
  private: z.boolean().optional(),
  permissions: z.object({ push: z.boolean().optional() }).optional(),
});

export const pullShape = z.object({
  number: identifier,
  state: z.enum(['open', 'closed']),
  merged: z.boolean().nullish(),
  merged_at: z.string().nullish(),
  locked: z.boolean().optional(),
  head: z.object({ sha, repo: repository.nullish() }),
  base: z.object({ sha, repo: repository }),
});
export type PullAnswer = z.infer<typeof pullShape>;

/** `line` is null for an outdated comment, though the description says integer (platforms D23). */
export const reviewCommentShape = z.object({
  id: identifier,
  node_id: z.string().optional(),
  user: author,
  body,
  path: z.string(),
  line: z.number().int().nullish(),
  start_line: z.number().int().nullish(),
  subject_type: z.string().nullish(),
  in_reply_to_id: identifier.nullish(),
  pull_request_review_id: identifier.nullish(),
});
export type ReviewCommentAnswer = z.infer<typeof reviewCommentShape>;

export const issueCommentShape = z.object({
  id: identifier,
  node_id: z.string().optional(),
  user: author,
  body,
});
export type IssueCommentAnswer = z.infer<typeof issueCommentShape>;

export const reviewShape = z.object({
  id: identifier,
  node_id: z.string().optional(),
  user: author,
  body,
  state: z.string(),
});
export type ReviewAnswer = z.infer<typeof reviewShape>;

export const userShape = z.object({ id: identifier, login: z.string() });

export const storedShape = z.object({ id: identifier });

export const checkRunShape = z.object({
  id: identifier,
  name: z.string(),
  external_id: z.string().nullish(),
  status: z.string().optional(),
  conclusion: z.string().nullish(),
  output: z.object({ annotations_count: z.number().int().optional() }).nullish(),
});
export type CheckRunAnswer = z.infer<typeof checkRunShape>;
export const checkRunsShape = z.object({ check_runs: z.array(checkRunShape) });

export const commitStatusShape = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
});
