// A model's edits → whole-line edits of the head file: what they replace must be exactly what stands there, and stand there once.
import { hasLoneReturn } from '#domain/apply-edits.ts';
import type { PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { editsBetween } from './edits-between.ts';
import type { DraftedPatch } from './from-scanner-fix.ts';
import type { ModelEdit } from './patch-answer.ts';
import { placeEdit, withLineFeeds } from './place-edit.ts';
import { makeSplices, type Splice } from './splices.ts';

/**
 * The edits in `before`, the exact text of `path` at head with its line ends and byte order mark. The model was shown LF: places are
 * found as if the file had no other line end, and new lines end as the line does where they go. All edits are made at once, each against
 * the text as it was; a file of the model's own choice is refused (security R2). Never throws for any text.
 */
export function draftFromModel(edits: readonly ModelEdit[], path: string, before: string): DraftedPatch {
  const other = edits.find(({ file }) => file !== path);
  if (other !== undefined)
    return unusable(
      phrase`The patch changes another file than the finding's, ${markOutside(other.file)}.`,
      'policy',
    );
  if (hasLoneReturn(before)) return unusable(phrase`The file has a carriage return inside of a line.`);
  const text = withLineFeeds(before);
  const offsetOf = createOffsets(before);
  const splices: Splice[] = [];
  for (const [index, edit] of edits.entries()) {
    const placed = placeEdit(edit, text, index + 1);
    if ('template' in placed) return unusable(placed);
    const [start, end] = [offsetOf(placed.start), offsetOf(placed.end)];
    splices.push({ start, end, text: placed.text.replaceAll('\n', lineEndAt(before, start)) });
  }
  const after = makeSplices(before, splices);
  if (after === null) return unusable(phrase`Edits of the patch overlap, so what is meant cannot be told.`);
  if (losesLastLineEnd(before, after, splices))
    return unusable(phrase`The patch changes how the last line of the file ends.`);
  const lines = editsBetween(before, after);
  if (lines.length === 0) return unusable(phrase`The patch changes nothing.`);
  return { kind: 'drafted', edits: lines, after };
}

function unusable(why: Phrase, failed: PatchRefusal['failed'] = 'applies'): DraftedPatch {
  return { kind: 'unusable', failed, why };
}

/** From places in the text with LF to those in the text itself. */
function createOffsets(before: string): (place: number) => number {
  const returns: number[] = [];
  for (const { index } of before.matchAll(/\r\n/g)) returns.push(index - returns.length);
  return (place) => place + returns.filter((at) => at < place).length;
}

/** The end of the line that the place is in, or of the last one above it that has one. */
function lineEndAt(text: string, place: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', place);
  const at = next === -1 ? text.lastIndexOf('\n') : next;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Whether the file ends with a line end where it did not, or the other way round; a file may become shorter or empty all the same. */
function losesLastLineEnd(before: string, after: string, splices: readonly Splice[]): boolean {
  if (before.endsWith('\n')) return after !== '' && !after.endsWith('\n');
  return splices.some(({ end, text }) => end === before.length && text.endsWith('\n'));
}
