// A model's edits as a cache may hold them: places in the file and what is new there, no text of the file itself (security row 16).
import { z } from 'zod';
import { MAX_EDITS, type ModelEdit } from './patch-answer.ts';
import { BYTE_ORDER_MARK, findOnly, PROMPT_MARK, sharedEnds, withLineFeeds } from './place-edit.ts';
import { sha256 } from './read-head-file.ts';

const offset = z.int().min(0);
/** Fall at the same check as the text that they stand for, and hold nothing of it. */
const STAND_INS = ['', '⟦redacted', '\r', BYTE_ORDER_MARK, '\0'] as const;

/** Characters `start` to `end` of the text with LF are the old text; of it the first `head` and the last `tail` characters stay. */
const placed = z.strictObject({
  ...{ file: z.string(), start: offset, end: offset },
  ...{ head: offset, tail: offset, text: z.string() },
});
const unplaced = z.strictObject({ file: z.string(), old: z.enum(STAND_INS), new: z.enum(STAND_INS) });

const packed = z.strictObject({
  /** SHA-256 of the file at head. */
  sha256: z.string(),
  edits: z.array(z.union([placed, unplaced])).max(MAX_EDITS),
});
export type PackedEdits = z.infer<typeof packed>;

/** @param before the exact text of the finding's file at head */
export function packEdits(edits: readonly ModelEdit[], before: string): PackedEdits {
  const text = withLineFeeds(before);
  return { sha256: sha256(before), edits: edits.map((edit) => packEdit(edit, text)) };
}

/** The edits, or those that are refused for the same reason; null when they were packed for another text or by somebody else. */
export function unpackEdits(stored: unknown, before: string): readonly ModelEdit[] | null {
  const read = packed.safeParse(stored);
  if (!read.success || read.data.sha256 !== sha256(before)) return null;
  const text = withLineFeeds(before);
  const edits: ModelEdit[] = [];
  for (const edit of read.data.edits) {
    if ('old' in edit) {
      edits.push(edit);
      continue;
    }
    const { file, start, end, head, tail, text: middle } = edit;
    if (start >= end || end > text.length || head + tail > end - start) return null;
    const old = text.slice(start, end);
    edits.push({ file, old, new: old.slice(0, head) + middle + old.slice(old.length - tail) });
  }
  return edits;
}

function packEdit(
  { file, old: oldText, new: newText }: ModelEdit,
  text: string,
): PackedEdits['edits'][number] {
  const [old, now] = [withLineFeeds(oldText), withLineFeeds(newText)];
  if (old === '' || findOnly(text, old) === 'nowhere')
    return { file, old: standInFor(old), new: standInFor(now) };
  const { head, tail } = sharedEnds(old, now);
  const start = text.indexOf(old);
  return { file, start, end: start + old.length, head, tail, text: now.slice(head, now.length - tail) };
}

/** No file that a patch is made for holds a NUL. */
function standInFor(text: string): (typeof STAND_INS)[number] {
  if (text === '') return '';
  if (PROMPT_MARK.test(text)) return '⟦redacted';
  if (text.includes('\r')) return '\r';
  return text.includes(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '\0';
}
