// Decides whether a proposed change is one that may be offered at all, whoever proposed it (security row 24): pure.

import { detectLanguage } from '#code/languages.ts';
import { splitLines } from '#domain/apply-edits.ts';
import type { Region } from '#domain/location.ts';
import type { LineEdit } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ReviewDiff, ReviewHunk } from '#domain/review-diff.ts';
import { markOutside } from '#support/mark-outside.ts';
import { deniedPath } from './denied-paths.ts';
import { forbiddenContent } from './new-content.ts';

/** Lines that a patch may take away, and lines that it may bring. */
const MAX_LINES = 20;
const BYTE_ORDER_MARK = /^\uFEFF/;
/** Characters of each: longer lines are no text that a reviewer reads. */
const MAX_CHARACTERS = 20_000;
/** How far behind the ends of a hunk an edit may lie. */
const NEAR_HUNK = 3;
/** How far from the finding an edit may lie where nobody knows what the change shows. */
const NEAR_FINDING = 20;

export interface PolicyQuestion {
  readonly path: string;
  /** The file's exact text. */
  readonly before: string;
  /** Good edits of it. */
  readonly edits: readonly LineEdit[];
  /** The finding's file and lines. */
  readonly place: Pick<Region, 'startLine' | 'endLine'> & { readonly path: string };
  /** What the finding is about: a mend may need what another patch may not bring in. */
  readonly cwe: readonly number[];
  /** Null when there is no change under review. */
  readonly reviewDiff: ReviewDiff | null;
}

/** Why the change may not be offered, in a sentence; null when it may. */
export function policyProblem(question: PolicyQuestion): Phrase | null {
  const { path, place } = question;
  if (path !== place.path)
    return phrase`The patch is for another file than the finding, ${markOutside(path)}.`;
  const denied = deniedPath(path);
  if (denied !== null) return phrase`No patch may touch this file: it ${denied}.`;
  return sizeProblem(question) ?? placeProblem(question) ?? contentProblem(question);
}

function sizeProblem({ edits, before }: PolicyQuestion): Phrase | null {
  const removed = edits.reduce((sum, edit) => sum + edit.lines, 0);
  const added = edits.reduce((sum, edit) => sum + splitLines(edit.newText).length, 0);
  if (removed > MAX_LINES || added > MAX_LINES)
    return phrase`The patch takes away ${removed} lines and brings ${added}; at most ${MAX_LINES} of each are offered.`;
  const longest = Math.max(removedText(before, edits).length, addedText(edits).length);
  return longest > MAX_CHARACTERS
    ? phrase`The patch changes ${longest} characters; at most ${MAX_CHARACTERS} are offered.`
    : null;
}

function placeProblem({ path, edits, place, reviewDiff }: PolicyQuestion): Phrase | null {
  const file = reviewDiff?.files.find(({ newPath }) => newPath === path);
  if (reviewDiff?.complete === true && file === undefined)
    return phrase`The change under review does not touch the file.`;
  const hunks = file?.hunks ?? null;
  if (hunks === null) {
    const far = edits.find(
      (edit) =>
        edit.startLine < place.startLine - NEAR_FINDING || lastLine(edit) > place.endLine + NEAR_FINDING,
    );
    return far === undefined
      ? null
      : phrase`The patch changes line ${far.startLine}, more than ${NEAR_FINDING} lines from the finding.`;
  }
  const outside = edits.find((edit) => !hunks.some((hunk) => isIn(edit, hunk)));
  return outside === undefined
    ? null
    : phrase`The patch changes line ${outside.startLine}, which is no part of the change under review.`;
}

function isIn(edit: LineEdit, { newStart, newLines }: ReviewHunk): boolean {
  const end = newStart + Math.max(newLines, 1) - 1;
  return edit.startLine >= newStart - NEAR_HUNK && lastLine(edit) <= end + NEAR_HUNK;
}

/** The last line that is replaced; for an insertion the line that it goes before. */
function lastLine(edit: LineEdit): number {
  return edit.startLine + Math.max(edit.lines, 1) - 1;
}

function contentProblem({ path, before, edits, cwe }: PolicyQuestion): Phrase | null {
  return forbiddenContent({
    removed: removedText(before, edits),
    added: addedText(edits),
    file: before,
    language: detectLanguage(path, before),
    cwe,
  });
}

function removedText(before: string, edits: readonly LineEdit[]): string {
  const lines = splitLines(before);
  const removed = edits.map(({ startLine, lines: count }) =>
    lines.slice(startLine - 1, startLine - 1 + count),
  );
  return removed.flat().join('').replace(BYTE_ORDER_MARK, '');
}

function addedText(edits: readonly LineEdit[]): string {
  const added = edits.map(({ startLine, newText }) =>
    startLine === 1 ? newText.replace(BYTE_ORDER_MARK, '') : newText,
  );
  return added.join('');
}
