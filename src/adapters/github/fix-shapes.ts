// What of GitHub's answers about branches, commits and pull requests `assay fix --open` reads (docs.github.com/rest, version 2022-11-28).
import { z } from 'zod';

const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
/** Null where the account is gone, or where no account has that address. GitHub also sends `{}`. */
const account = z
  .object({ id: z.number().int(), login: z.string(), type: z.string().optional() })
  .nullish()
  .catch(null);

export const objectShape = z.object({ sha });

export const repositoryShape = z.object({
  full_name: z.string(),
  default_branch: z.string().min(1),
  archived: z.boolean().optional(),
  private: z.boolean().optional(),
  permissions: z.object({ push: z.boolean().optional() }).optional(),
});

export const branchShape = z.object({
  protected: z.boolean(),
  commit: z.object({
    sha,
    commit: z.object({ message: z.string(), committer: z.object({ name: z.string().nullish() }).nullish() }),
    author: account,
    committer: account,
    parents: z.array(objectShape),
  }),
});

export const comparisonShape = z.object({ merge_base_commit: objectShape });

export const commitShape = z.object({ sha, tree: objectShape });

export const refShape = z.object({ object: objectShape });

export const messageShape = z.object({ message: z.string() });

const side = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ full_name: z.string() }).nullish(),
});

export const fixPullShape = z.object({
  number: z.number().int().positive(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
  title: z.string(),
  body: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').replace(/\r\n?/g, '\n')),
  user: account,
  head: side,
  base: side,
});
export type FixPull = z.infer<typeof fixPullShape>;
