// Turns an applied patch into a block that one click applies, when that click would write exactly the patch; else says why not.
import { createHash } from 'node:crypto';
import { applyEdits, editProblem, hasLoneReturn, splitLines } from '#domain/apply-edits.ts';
import type { Patch } from '#domain/patch.ts';
import type { Anchor, Host } from '#domain/publication.ts';
import type { ReviewFile } from '#domain/review-diff.ts';
import { showInvisible } from '#support/invisible-characters.ts';
import { anchorRange } from './anchor-finding.ts';
import type { DiffReason } from './placement-reasons.ts';
import { findReplacedRange, type ReplacedRange, type TextLines, widenRange } from './replaced-range.ts';
import { findReviewLine } from './review-lines.ts';
import { renderSuggestionBlock, suggestionFence } from './suggestion-block.ts';

export interface SuggestionRequest {
  readonly host: Host;
  /** The finding's file in the diff under review. */
  readonly file: ReviewFile;
  readonly patch: Pick<Patch, 'path' | 'edits' | 'before' | 'after'>;
  /** The file's text at head, decoded without any loss: its UTF-8 bytes have the hash `patch.before`. */
  readonly before: string;
  /** The text with the edits applied; its UTF-8 bytes have the hash `patch.after`. */
  readonly after: string;
  /** Takes out secrets; a text that it would change is not offered for a click. */
  readonly redact: (text: string) => string;
}

export type BuiltSuggestion =
  | {
      readonly kind: 'suggestion';
      /** On GitHub the replaced lines, on GitLab the first of them. */
      readonly anchor: Anchor;
      /** Markdown with fences and a final newline. Must stand at the left edge, behind an empty line, in no other block. */
      readonly block: string;
      /** The replaced lines, 1-based, both included. */
      readonly startLine: number;
      readonly endLine: number;
    }
  | { readonly kind: 'diff'; readonly why: DiffReason };

/** `suggestion:-0+N` counts at most 100 lines below (platforms B2); one less leaves no doubt about the commented line itself. */
const MOST_LINES = 100;
/** A third of what a comment may hold on GitHub (65,536, platforms A1): its text stands beside it. */
const MOST_CHARACTERS = 20_000;

/**
 * Whether one suggestion block carries the whole patch, and that block. All of platforms A2 and B2 that can be known beforehand is checked;
 * the first reason that stands in the way is given. Never throws for any text.
 */
export function buildSuggestion(request: SuggestionRequest): BuiltSuggestion {
  const obstacle = findObstacle(request);
  if (obstacle !== null) return { kind: 'diff', why: obstacle };
  const before = splitLines(request.before);
  const found = findReplacedRange(before, request.patch.edits);
  if (found.kind === 'none') return { kind: 'diff', why: found.why };
  const refusals: DiffReason[] = [];
  for (const range of candidates(before, found.range)) {
    const why = refuseRange(request, before, range);
    if (why === null) return writeSuggestion(request, before, range);
    refusals.push(why);
  }
  return { kind: 'diff', why: refusals[0] ?? (isBlank(found.range) ? 'blank_text' : 'outside_hunks') };
}

/** What is wrong with the file or the patch, whatever its lines. */
function findObstacle({ host, file, patch, before, after }: SuggestionRequest): DiffReason | null {
  if (before === after) return 'unchanged';
  if (sha256(before) !== patch.before || sha256(after) !== patch.after) return 'stale';
  if (file.newPath !== patch.path) return 'stale';
  if (file.hunks === null) return 'not_shown';
  // GitLab refuses notebooks (its app/models/suggestion.rb).
  if (host === 'gitlab' && patch.path.toLowerCase().endsWith('.ipynb')) return 'not_suggestable_file';
  // What GitHub does with CR is unknown (platforms A2); a CR alone is a line end to some readers and none to git.
  const texts = [before, after];
  if (texts.some((text) => hasLoneReturn(text) || (host === 'github' && text.includes('\r')))) return 'crlf';
  return editProblem(before, patch.edits) === null && applyEdits(before, patch.edits) === after
    ? null
    : 'stale';
}

/**
 * The range itself, unless a click needs more: an insertion replaces a line beside it, and a text of blank lines only would be taken for a
 * deletion (platforms B2), so that lines around it come along.
 */
function candidates(before: TextLines, range: ReplacedRange): readonly ReplacedRange[] {
  if (range.lines > 0 && !isBlank(range)) return [range];
  const wider = [
    [0, 1],
    [1, 0],
    [1, 1],
  ].flatMap(([above = 0, below = 0]) => widenRange(before, range, above, below) ?? []);
  const speaking = wider.filter((candidate) => !isBlank(candidate));
  return speaking.length > 0 ? speaking : wider.slice(0, 1);
}

/** Holds lines, and nothing on them. */
function isBlank({ newLines }: ReplacedRange): boolean {
  return newLines.length > 0 && newLines.join('').trim() === '';
}

function refuseRange(
  { host, file, redact }: SuggestionRequest,
  before: TextLines,
  range: ReplacedRange,
): DiffReason | null {
  const endLine = range.startLine + range.lines - 1;
  const anchored = anchorRange(file, { startLine: range.startLine, endLine });
  if (anchored.kind === 'none') return anchored.why === 'two_hunks' ? 'two_hunks' : 'outside_hunks';
  if (hasDeletedInside(file, range.startLine, endLine)) return 'deleted_inside';
  if (host === 'gitlab' && range.lines > MOST_LINES) return 'too_long';
  if (isBlank(range)) return 'blank_text';
  return (
    refuseLineEnd(host, before[endLine - 1] ?? '', range) ??
    refuseText(range, redact) ??
    (host === 'gitlab' && mayRunCommands(before, range) ? 'command_line' : null)
  );
}

/** A deleted line between two of the range makes a suggestion that nobody can commit (platforms A2). */
function hasDeletedInside(file: ReviewFile, startLine: number, endLine: number): boolean {
  const start = findReviewLine(file.hunks ?? [], startLine);
  const end = findReviewLine(file.hunks ?? [], endLine);
  return start === null || end === null || start.hunk.marks.slice(start.at, end.at).includes('-');
}

/**
 * Both hosts end the block themselves: GitHub with LF as far as is known, GitLab as the last replaced line does (platforms B2). Line breaks
 * inside are always LF: GitLab takes every CR out of a note before it looks for quick actions (`Gitlab::QuickActions::Extractor`).
 */
function refuseLineEnd(host: Host, lastOld: string, { newLines }: ReplacedRange): DiffReason | null {
  if (host === 'github' && !lastOld.endsWith('\n')) return 'no_newline_at_end';
  if (newLines.slice(0, -1).some((line) => line.endsWith('\r\n'))) return 'crlf';
  const lastNew = newLines.at(-1);
  if (lastNew === undefined || lineEnd(lastNew) === lineEnd(lastOld)) return null;
  return lineEnd(lastNew) === '' || lineEnd(lastOld) === '' ? 'no_newline_at_end' : 'crlf';
}

function refuseText({ newLines }: ReplacedRange, redact: (text: string) => string): DiffReason | null {
  const text = newLines.join('').replaceAll('\r\n', '\n');
  if (text.length > MOST_CHARACTERS) return 'too_long';
  if (showInvisible(text) !== text) return 'invisible';
  return redact(text) === text ? null : 'secret';
}

/** Older GitLab looks for quick actions with a pattern that knows fences of three backticks only, and obeys them as the bot (platforms D43). */
function mayRunCommands(before: TextLines, range: ReplacedRange): boolean {
  return fenceOf(before, range).length > 3 && range.newLines.some((line) => /^\s*\/[a-z]/i.test(line));
}

function fenceOf(before: TextLines, { startLine, lines, newLines }: ReplacedRange): string {
  return suggestionFence(newLines, before.slice(startLine - 1, startLine - 1 + lines));
}

function writeSuggestion(
  { host, file }: SuggestionRequest,
  before: TextLines,
  range: ReplacedRange,
): BuiltSuggestion {
  const { startLine } = range;
  const endLine = startLine + range.lines - 1;
  const anchored = anchorRange(file, { startLine, endLine: host === 'gitlab' ? startLine : endLine });
  if (anchored.kind === 'none') return { kind: 'diff', why: 'outside_hunks' };
  const info = host === 'gitlab' ? `suggestion:-0+${range.lines - 1}` : 'suggestion';
  return {
    kind: 'suggestion',
    anchor: anchored.anchor,
    block: renderSuggestionBlock(fenceOf(before, range), info, range.newLines),
    startLine,
    endLine,
  };
}

function lineEnd(line: string): string {
  return /\r?\n$/.exec(line)?.[0] ?? '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
