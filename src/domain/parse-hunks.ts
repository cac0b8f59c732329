// Reads the hunks of one file's patch as hosts hand it out: which lines a comment may stand at, when git itself is not at hand.
import type { ReviewHunk } from './review-diff.ts';

const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: |$)/;

type Span = Pick<ReviewHunk, 'oldStart' | 'oldLines' | 'newStart' | 'newLines'>;
type Content = Pick<ReviewHunk, 'marks' | 'newlineMissing'>;

/**
 * The hunks of `patch`: the `patch` of GitHub's `GET /pulls/{n}/files`, the `diff` of GitLab's `GET …/diffs` (platforms A3, B1), which have
 * no file headers and may lack the last line end. Content is counted, never searched, so that a line of code which looks like a header is
 * none. Null when it is torn or cannot be the difference of two files: a wrong line would be worse than none. Null as well when a line
 * holds a CR before its end, since readers do not agree how many lines that is. Empty for an empty patch.
 *
 * `parsePatch` of the `diff` package is not used: it skips what it does not understand between hunks, and checks no line numbers.
 */
export function parseHunks(patch: string): readonly ReviewHunk[] | null {
  const lines = patch.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const hunks: ReviewHunk[] = [];
  let at = 0;
  while (at < lines.length) {
    const span = readHeader(lines[at] ?? '');
    if (span === null || !follows(hunks.at(-1), span)) return null;
    const content = readContent(lines, at + 1, span);
    if (content === null || (content.atEnd && content.next < lines.length)) return null;
    hunks.push({ ...span, marks: content.marks, newlineMissing: content.newlineMissing });
    at = content.next;
  }
  return hunks;
}

function readHeader(line: string): Span | null {
  const match = HEADER.exec(line);
  if (match === null) return null;
  const [, oldStart, oldLines = '1', newStart, newLines = '1'] = match;
  const span = {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
  };
  // Only a side without lines may start at 0: "after line 0".
  if (span.oldLines > 0 && span.oldStart === 0) return null;
  if (span.newLines > 0 && span.newStart === 0) return null;
  return span.oldLines + span.newLines > 0 ? span : null;
}

/** Between two hunks, and before the first, stand the same lines on both sides. */
function follows(previous: Span | undefined, span: Span): boolean {
  const before = { old: 0, new: 0 };
  if (previous !== undefined) {
    before.old = firstLine(previous.oldStart, previous.oldLines) + previous.oldLines - 1;
    before.new = firstLine(previous.newStart, previous.newLines) + previous.newLines - 1;
  }
  const oldGap = firstLine(span.oldStart, span.oldLines) - before.old;
  const newGap = firstLine(span.newStart, span.newLines) - before.new;
  return oldGap >= 1 && oldGap === newGap;
}

/** A side without lines names the line before the place. */
function firstLine(start: number, lines: number): number {
  return lines === 0 ? start + 1 : start;
}

/** The lines that the header counts, from `from` on; `next` is the first line behind them, `atEnd` says that the file ends there. */
function readContent(
  lines: readonly string[],
  from: number,
  { oldLines, newLines }: Span,
): (Content & { readonly next: number; readonly atEnd: boolean }) | null {
  const marks: string[] = [];
  const left = { old: oldLines, new: newLines };
  const ended = { old: false, new: false };
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('\\')) {
      const mark = marks.at(-1);
      // "\ No newline at end of file" is about the line before it, which must be the last one of its side.
      if (mark === undefined || lines[at - 1]?.startsWith('\\') === true) return null;
      if (mark !== '+') ended.old = true;
      if (mark !== '-') ended.new = true;
      if ((ended.old && left.old > 0) || (ended.new && left.new > 0)) return null;
      continue;
    }
    if (left.old === 0 && left.new === 0) break;
    const mark = markOf(line);
    if (mark === null || hasInnerReturn(line)) return null;
    if (mark !== '+') left.old -= 1;
    if (mark !== '-') left.new -= 1;
    if (left.old < 0 || left.new < 0) return null;
    marks.push(mark);
  }
  if (left.old > 0 || left.new > 0) return null;
  return { marks: marks.join(''), newlineMissing: ended.new, next: at, atEnd: ended.old || ended.new };
}

/** An empty line is an empty context line of a git that leaves the space out (`diff.suppressBlankEmpty`). */
function markOf(line: string): ' ' | '+' | '-' | null {
  if (line === '' || line.startsWith(' ')) return ' ';
  if (line.startsWith('+')) return '+';
  return line.startsWith('-') ? '-' : null;
}

function hasInnerReturn(line: string): boolean {
  const at = line.indexOf('\r');
  return at !== -1 && at < line.length - 1;
}
