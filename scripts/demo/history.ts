// Reads fixtures/demo/history.yaml: the commits that the demo's repository is made of.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The folder that holds the trees, the reports and the history. */
export const DEMO_FIXTURES = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url));

const Commit = z.strictObject({
  branch: z.string(),
  /** Author's and committer's date alike, so that every run makes the same hashes. */
  date: z.iso.datetime(),
  message: z.string(),
  /** Paths deleted before the folder is laid; a renamed file is one deleted and one laid. */
  remove: z.array(z.string()).default([]),
  /** Folder below `fixtures/demo` whose files are laid over the tree. */
  lay: z.string(),
});

const History = z.strictObject({
  author: z.string().regex(/^[^<>]+ <[^<>]+>$/),
  base: z.string(),
  head: z.string(),
  commits: z.array(Commit).min(1),
});

export type DemoCommit = z.infer<typeof Commit>;
export type DemoHistory = z.infer<typeof History>;

export function readHistory(): DemoHistory {
  return History.parse(parse(readFileSync(path.join(DEMO_FIXTURES, 'history.yaml'), 'utf8')));
}
