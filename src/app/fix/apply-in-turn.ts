// Several patches of one text made one after the other, and which of them a text has already: pure.
import { applyEdits, editProblem } from '#domain/apply-edits.ts';
import type { Patch } from '#domain/patch.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { shiftEdits } from './merge-edits.ts';

export interface Patched {
  readonly finding: FindingRecord;
  readonly patch: Patch;
}

/** More patches of a file than this are not told apart once some of them were made. */
const MOST_TOLD_APART = 10;

/** Two vulnerabilities of one package are left behind by one edit. */
export function isSame(one: Patch, other: Patch): boolean {
  return JSON.stringify(one.edits) === JSON.stringify(other.edits);
}

export function applyInTurn(before: string, patches: readonly Patched[]): string {
  let text = before;
  const made: Patch[] = [];
  for (const { patch } of patches) {
    if (made.some((one) => isSame(one, patch))) continue;
    const done = made.flatMap(({ edits }) => edits);
    const edits = shiftEdits(patch.edits, done);
    if (editProblem(text, edits) !== null) continue;
    text = applyEdits(text, edits);
    made.push(patch);
  }
  return text;
}

/** Which of the patches the text has; null when it is neither the original nor made of it by some of them. */
export function madeAlready(
  before: string,
  now: string,
  held: readonly Patched[],
): readonly Patched[] | null {
  if (now === before) return [];
  if (applyInTurn(before, held) === now) return held;
  const edits = [...new Set(held.map(({ patch }) => JSON.stringify(patch.edits)))];
  if (edits.length > MOST_TOLD_APART) return null;
  for (let some = 1; some < 2 ** edits.length; some += 1) {
    const part = held.filter(({ patch }) => (some >> edits.indexOf(JSON.stringify(patch.edits))) & 1);
    if (applyInTurn(before, part) === now) return part;
  }
  return null;
}
