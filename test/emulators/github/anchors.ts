// Which lines of a pull request's diff can be commented on, and where a comment stands after a push (platforms A1, D1–D6, D23).
import type { DiffFile, DiffHunk, DiffLine } from '../git-diff.ts';
import type { ReviewRepository } from '../review-repository.ts';
import type { ReviewComment, Side } from './state.ts';

export interface AskedAnchor {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly start_line?: number | undefined;
  readonly start_side?: Side | undefined;
  readonly position?: number | undefined;
}

export interface ResolvedAnchor {
  readonly line: number;
  readonly side: Side;
  readonly startLine: number | null;
  readonly startSide: Side | null;
  /** Lines below the file's first `@@`, later headers counted. */
  readonly position: number;
  /** From the header to the line. */
  readonly diffHunk: string;
}

export type AnchorFault = 'path' | 'line' | 'precede' | 'hunk';

/** Binary files and pure renames have no lines; a file too large to be shown has them all the same. */
export function resolveAnchor(
  files: readonly DiffFile[],
  asked: AskedAnchor,
): ResolvedAnchor | { fault: AnchorFault } {
  const file = files.find(({ newPath, oldPath }) => (newPath ?? oldPath) === asked.path);
  if (!file) return { fault: 'path' };
  const side = asked.side ?? 'RIGHT';
  const end = asked.line === undefined ? atPosition(file, asked.position) : find(file, side, asked.line);
  if (!end) return { fault: 'line' };
  const line =
    (side === 'LEFT' && asked.line !== undefined ? end.row.oldLine : (end.row.newLine ?? end.row.oldLine)) ??
    0;
  const endSide: Side = asked.line === undefined && end.row.mark === '-' ? 'LEFT' : side;
  const place = { line, side: endSide, position: end.position, diffHunk: hunkUpTo(end.hunk, end.row) };
  if (asked.start_line === undefined) return { ...place, startLine: null, startSide: null };
  const startSide = asked.start_side ?? side;
  if (startSide === side && asked.start_line >= line) return { fault: 'precede' };
  const start = find(file, startSide, asked.start_line);
  if (start?.hunk !== end.hunk) return { fault: 'hunk' };
  return { ...place, startLine: asked.start_line, startSide };
}

interface ShownLine {
  readonly hunk: DiffHunk;
  readonly row: DiffLine;
  readonly position: number;
}

function* shownLines(file: DiffFile): Generator<ShownLine> {
  let position = -1;
  for (const hunk of file.hunks) {
    position += 1;
    for (const row of hunk.lines) {
      position += 1;
      yield { hunk, row, position };
    }
  }
}

function find(file: DiffFile, side: Side, line: number): ShownLine | undefined {
  return shownLines(file).find(({ row }) => (side === 'LEFT' ? row.oldLine : row.newLine) === line);
}

function atPosition(file: DiffFile, position: number | undefined): ShownLine | undefined {
  return shownLines(file).find((shown) => shown.position === position);
}

function hunkUpTo(hunk: DiffHunk, last: DiffLine): string {
  const rows = hunk.lines.slice(0, hunk.lines.indexOf(last) + 1);
  return [hunk.header, ...rows.map(({ mark, text }) => mark + text)].join('\n');
}

/** Moves a comment to where its lines are now, or marks it outdated: then it has no line and no position, and keeps the original ones. */
export function repositionComment(comment: ReviewComment, repository: ReviewRepository): void {
  const head = repository.head();
  const now = comment.subject === 'file' ? wholeFile(comment, repository) : tracedAnchor(comment, repository);
  comment.outdated = now === null;
  comment.line = now?.line ?? null;
  comment.startLine = now?.startLine ?? null;
  comment.position = now?.position ?? null;
  if (now !== null) comment.commitId = head;
}

type Standing = Pick<ReviewComment, 'line' | 'startLine' | 'position'>;

function wholeFile(comment: ReviewComment, repository: ReviewRepository): Standing | null {
  const shown = repository.shownDiff().some(({ newPath, oldPath }) => (newPath ?? oldPath) === comment.path);
  return shown ? { line: null, startLine: null, position: 1 } : null;
}

function tracedAnchor(comment: ReviewComment, repository: ReviewRepository): Standing | null {
  const left = comment.side === 'LEFT';
  const from = left ? comment.originalMergeBase : comment.originalCommitId;
  const to = left ? repository.mergeBase() : repository.head();
  const last = comment.originalLine as number;
  const first = comment.startSide === comment.side ? (comment.originalStartLine ?? last) : last;
  const lines = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const traced = lines.map((line) => repository.trace({ path: comment.path, line }, from, to));
  const start = traced[0];
  // A comment follows its lines only while all of them are there, side by side, in the same file.
  if (!start || traced.some((at, index) => at?.path !== comment.path || at.line !== start.line + index))
    return null;
  const anchor = resolveAnchor(repository.shownDiff(), {
    path: comment.path,
    line: start.line + last - first,
    side: comment.side,
    ...(first < last ? { start_line: start.line, start_side: comment.side } : {}),
  });
  return 'fault' in anchor
    ? null
    : { line: anchor.line, startLine: anchor.startLine, position: anchor.position };
}
