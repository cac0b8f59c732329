// Turns a patch's edits into the one run of lines that a suggestion would replace, if there is one.
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import type { DiffReason } from './placement-reasons.ts';

/** Whole lines with their line ends, as `splitLines` gives them. */
export type TextLines = readonly string[];

export interface ReplacedRange {
  /** 1-based. */
  readonly startLine: number;
  /** Lines replaced; 0 for a pure insertion before `startLine`. */
  readonly lines: number;
  readonly newLines: TextLines;
}

export type FoundRange =
  | { readonly kind: 'range'; readonly range: ReplacedRange }
  | { readonly kind: 'none'; readonly why: DiffReason };

/** Unchanged lines between two edits that are still shown as part of one change, as a hunk of three lines of context would. */
const WIDEST_GAP = 6;

/**
 * The smallest run of lines that holds every edit. Equal lines at the ends of an edit are left out, unchanged lines between two edits come along.
 * None when the edits change nothing or stand too far apart.
 *
 * @param before the file's lines at head
 * @param edits that `editProblem` has nothing against
 */
export function findReplacedRange(before: TextLines, edits: readonly LineEdit[]): FoundRange {
  const changes = edits.flatMap((edit) => trimEdit(before, edit));
  const [first, ...rest] = changes;
  if (first === undefined) return { kind: 'none', why: 'unchanged' };
  let range = first;
  for (const change of rest) {
    const end = range.startLine + range.lines;
    if (change.startLine - end > WIDEST_GAP) return { kind: 'none', why: 'several_places' };
    const between = before.slice(end - 1, change.startLine - 1);
    range = {
      startLine: range.startLine,
      lines: change.startLine + change.lines - range.startLine,
      newLines: [...range.newLines, ...between, ...change.newLines],
    };
  }
  return { kind: 'range', range };
}

/** The same change with `above` and `below` unchanged lines more. */
export function widenRange(
  before: TextLines,
  range: ReplacedRange,
  above: number,
  below: number,
): ReplacedRange | null {
  const start = range.startLine - above;
  const end = range.startLine + range.lines + below;
  if (start < 1 || end > before.length + 1) return null;
  return {
    startLine: start,
    lines: end - start,
    newLines: [
      ...before.slice(start - 1, range.startLine - 1),
      ...range.newLines,
      ...before.slice(range.startLine + range.lines - 1, end - 1),
    ],
  };
}

/** Without the lines that the edit leaves as they are; empty when it changes nothing. */
function trimEdit(before: TextLines, edit: LineEdit): readonly ReplacedRange[] {
  const old = before.slice(edit.startLine - 1, edit.startLine - 1 + edit.lines);
  const now = splitLines(edit.newText);
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  if (head + tail === old.length && head + tail === now.length) return [];
  return [
    {
      startLine: edit.startLine + head,
      lines: old.length - head - tail,
      newLines: now.slice(head, now.length - tail),
    },
  ];
}
