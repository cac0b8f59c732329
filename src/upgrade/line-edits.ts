// Two versions of a text as edits of whole lines: what is equal at the front and at the back stays, and so do equal lines in between.
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';

/** Ascending, none touching the next; empty for equal texts. */
export function lineEdits(before: string, after: string): readonly LineEdit[] {
  const [old, now] = [splitLines(before), splitLines(after)];
  return old.length === now.length ? sameNumberOfLines(old, now) : oneBlock(old, now);
}

function sameNumberOfLines(old: readonly string[], now: readonly string[]): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  for (const [index, line] of now.entries()) {
    if (line === old[index]) continue;
    const last = edits.at(-1);
    if (last !== undefined && last.startLine + last.lines === index + 1)
      edits[edits.length - 1] = { ...last, lines: last.lines + 1, newText: last.newText + line };
    else edits.push({ startLine: index + 1, lines: 1, newText: line });
  }
  return edits;
}

function oneBlock(old: readonly string[], now: readonly string[]): readonly LineEdit[] {
  const shorter = Math.min(old.length, now.length);
  let front = 0;
  while (front < shorter && old[front] === now[front]) front += 1;
  let back = 0;
  while (back < shorter - front && old.at(-1 - back) === now.at(-1 - back)) back += 1;
  return [
    {
      startLine: front + 1,
      lines: old.length - front - back,
      newText: now.slice(front, now.length - back).join(''),
    },
  ];
}
