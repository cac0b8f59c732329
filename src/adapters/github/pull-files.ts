// The files of a pull request with the lines that GitHub shows of each.
import { z } from 'zod';
import type { ChangedFile, Hunk, TreeDiff } from '../../domain/change.ts';
import { parseHunks } from '../../domain/parse-hunks.ts';
import type { ReviewDiff, ReviewFile, ReviewHunk } from '../../domain/review-diff.ts';
import type { GitHubClient, Parameters } from './github-client.ts';
import { readAnswer } from './try-host.ts';

/** Where the list stops, without a word (platforms A3, D22). */
const LISTED = 3000;

const STATUS = {
  added: 'added',
  removed: 'deleted',
  modified: 'modified',
  renamed: 'renamed',
  copied: 'copied',
  changed: 'modified',
  unchanged: 'modified',
} as const;

const rowShape = z.object({
  filename: z.string().min(1),
  previous_filename: z.string().optional(),
  status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
  patch: z.string().optional(),
});
type Row = z.infer<typeof rowShape>;

/** All files, page by page. A row without a patch is binary, too large or a pure rename: its lines are unknown. */
export async function readPullFiles(client: GitHubClient, pull: Parameters): Promise<ReviewDiff> {
  const rows: Row[] = [];
  for await (const page of client.pages('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', pull)) {
    rows.push(...readAnswer(z.array(rowShape), page, 'the changed files'));
  }
  return { files: rows.map(reviewFile), complete: rows.length < LISTED };
}

function reviewFile(row: Row): ReviewFile {
  const status = STATUS[row.status];
  return {
    status,
    oldPath: status === 'added' ? null : (row.previous_filename ?? row.filename),
    newPath: status === 'deleted' ? null : row.filename,
    hunks: row.patch === undefined ? null : parseHunks(row.patch),
  };
}

/** The same without context lines. A file whose lines are unknown counts as one that cannot be compared, which hides nothing. */
export function withoutContext(diff: ReviewDiff): TreeDiff {
  return { files: diff.files.map(changedFile) };
}

function changedFile(file: ReviewFile): ChangedFile {
  const { status, oldPath, newPath, hunks } = file;
  return { status, oldPath, newPath, binary: hunks === null, hunks: (hunks ?? []).flatMap(bareHunks) };
}

/** One hunk for each run of changed lines; an empty side names the line before it, as git writes it. */
function bareHunks(hunk: ReviewHunk): readonly Hunk[] {
  const bare: Hunk[] = [];
  let oldNext = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
  let newNext = hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart;
  for (const [run] of hunk.marks.matchAll(/[+-]+| +/g)) {
    const oldLines = run.replaceAll('+', '').length;
    const newLines = run.replaceAll('-', '').length;
    if (!run.startsWith(' ')) {
      const oldStart = oldLines === 0 ? oldNext - 1 : oldNext;
      const newStart = newLines === 0 ? newNext - 1 : newNext;
      bare.push({ oldStart, oldLines, newStart, newLines });
    }
    oldNext += oldLines;
    newNext += newLines;
  }
  return bare;
}
