// A scanner's fix → whole-line edits of the head file, whole or not at all: what it replaces must be exactly what stands there.
import { hasLoneReturn, splitLines } from '#domain/apply-edits.ts';
import type { ProposedFix } from '#domain/finding.ts';
import type { FindingLocation } from '#domain/location.ts';
import type { LineEdit, PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { editsBetween } from './edits-between.ts';
import { makeSplices, type Splice } from './splices.ts';

/** Longer texts are no small change, and every later look at them would take its time. */
const MAX_INSERTED = 20_000;
const BYTE_ORDER_MARK = '\uFEFF';

export type DraftedPatch =
  | { readonly kind: 'drafted'; readonly edits: readonly LineEdit[]; readonly after: string }
  /** `why` is a sentence. */
  | { readonly kind: 'unusable'; readonly failed: PatchRefusal['failed']; readonly why: Phrase };

/**
 * The edits that `fix` makes in `text`, the exact text of `path` at head with its line ends and byte order mark. Replacements are made
 * at once, each against the text as it was (SARIF 2.1.0 §3.55–3.57); inserted line ends become those of the place. A replacement of
 * whole lines whose text ends with a line end replaces their line end too: read to the letter it would leave an empty line behind.
 */
export function draftFromScannerFix(fix: ProposedFix, path: string, text: string): DraftedPatch {
  if (hasLoneReturn(text)) return unusable(phrase`The file has a carriage return inside of a line.`);
  const source = new SourceLines(text);
  const splices: Splice[] = [];
  for (const { location, insertedText } of fix.replacements) {
    if (location.resolved && location.path !== path)
      return unusable(phrase`The fix changes another file, ${markOutside(location.path)}.`, 'policy');
    const problem = problemOf(location, insertedText);
    if (problem !== null) return unusable(problem);
    const splice = source.splice(location, insertedText);
    if ('template' in splice) return unusable(splice);
    splices.push(splice);
  }
  if (splices.length === 0) return unusable(phrase`The fix replaces nothing.`);
  const after = makeSplices(text, splices);
  if (after === null) return unusable(phrase`Parts of the fix overlap, so what is meant cannot be told.`);
  const edits = editsBetween(text, after);
  if (edits.length === 0) return unusable(phrase`The fix changes nothing in the file as it is.`);
  return { kind: 'drafted', edits, after };
}

function unusable(why: Phrase, failed: PatchRefusal['failed'] = 'applies'): DraftedPatch {
  return { kind: 'unusable', failed, why };
}

function problemOf(location: FindingLocation, insertedText: string): Phrase | null {
  if (!location.resolved || location.wholeFile === true)
    return phrase`A place that the fix changes cannot be told: ${location.why ?? phrase`it is not in the file`}.`;
  if (insertedText.length > MAX_INSERTED) return phrase`The fix inserts ${insertedText.length} characters.`;
  if (hasLoneReturn(insertedText)) return phrase`The inserted text has a carriage return inside of a line.`;
  return insertedText.includes(BYTE_ORDER_MARK) ? phrase`The inserted text holds a byte order mark.` : null;
}

/** A text whose places are asked for; nothing is clamped. */
class SourceLines {
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #hasMark: boolean;

  constructor(text: string) {
    this.#lines = splitLines(text);
    this.#hasMark = text.startsWith(BYTE_ORDER_MARK);
    const starts = [0];
    for (const line of this.#lines) starts.push((starts.at(-1) ?? 0) + line.length);
    this.#starts = starts;
  }

  /** The splice that a resolved location means, or a sentence on why there is none. */
  splice(location: FindingLocation, insertedText: string): Splice | Phrase {
    const { startLine, startColumn, endLine, endColumn } = location;
    const wholeLines = startColumn === null && endColumn === null;
    if (this.#hasMark && startLine === 1 && !wholeLines)
      return phrase`The fix changes parts of line 1, and whether the scanner counted the byte order mark there cannot be told.`;
    const first = wholeLines && this.#hasMark && startLine === 1 ? 2 : 1;
    const start = this.#offset(startLine, startColumn ?? first);
    const end = this.#offset(endLine, endColumn ?? this.#content(endLine).length + 1);
    if (start === null || end === null || end < start)
      return phrase`A place that the fix changes is not in the file.`;
    const text = insertedText.replace(/\r?\n/g, this.#lineEndAt(startLine));
    if (!wholeLines || !text.endsWith('\n')) return { start, end, text };
    const isEnded = this.#lines[endLine - 1]?.endsWith('\n') === true;
    return isEnded
      ? { start, end: this.#starts[endLine] ?? end, text }
      : { start, end, text: text.replace(/\r?\n$/, '') };
  }

  #content(line: number): string {
    return (this.#lines[line - 1] ?? '').replace(/\r?\n$/, '');
  }

  #offset(line: number, column: number): number | null {
    const start = this.#starts[line - 1];
    if (start === undefined || column < 1) return null;
    const isFileEnd = line === this.#lines.length + 1;
    if (isFileEnd && column === 1 && (line === 1 || this.#lines.at(-1)?.endsWith('\n') === true))
      return start;
    return isFileEnd || column > this.#content(line).length + 1 ? null : start + column - 1;
  }

  /** The line end of the line, or of the nearest one above it, or of the first one. */
  #lineEndAt(line: number): string {
    for (let index = Math.min(line, this.#lines.length) - 1; index >= 0; index -= 1) {
      const end = /\r?\n$/.exec(this.#lines[index] ?? '');
      if (end !== null) return end[0];
    }
    return this.#lines[0]?.endsWith('\r\n') === true ? '\r\n' : '\n';
  }
}
