// Finds the fewest whole-line edits that turn one text into another: what a fix of parts of lines comes down to.
import { diffArrays } from 'diff';
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';

/** Above so many changed lines one edit takes the whole changed stretch: no patch of that size is kept anyway. */
const MAX_CHANGED_LINES = 400;

/** Ascending edits with an unchanged line between each two; none when the texts are equal. */
export function editsBetween(before: string, after: string): readonly LineEdit[] {
  const old = splitLines(before);
  const now = splitLines(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const oldPart = old.slice(head, old.length - tail);
  const newPart = now.slice(head, now.length - tail);
  if (oldPart.length === 0 && newPart.length === 0) return [];
  const changes = diffArrays(oldPart, newPart, { maxEditLength: MAX_CHANGED_LINES });
  if (changes === undefined)
    return [{ startLine: head + 1, lines: oldPart.length, newText: newPart.join('') }];

  const edits: LineEdit[] = [];
  let line = head + 1;
  let open: { startLine: number; lines: number; newText: string } | null = null;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      if (open !== null) edits.push(open);
      open = null;
      line += value.length;
      continue;
    }
    open ??= { startLine: line, lines: 0, newText: '' };
    if (added) open.newText += value.join('');
    else {
      open.lines += value.length;
      line += value.length;
    }
  }
  if (open !== null) edits.push(open);
  return edits;
}
