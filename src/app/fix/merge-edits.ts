// Edits of several patches of one text, each made where its lines stand after the others: pure.
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';

/** The edits as they have to be made in a text in which `made` is done already; both count lines in the text as it was before either. */
export function shiftEdits(edits: readonly LineEdit[], made: readonly LineEdit[]): readonly LineEdit[] {
  return edits.map((edit) => ({ ...edit, startLine: shiftLine(edit.startLine, made) }));
}

export function shiftLine(line: number, made: readonly LineEdit[]): number {
  return made
    .filter(({ startLine }) => startLine < line)
    .reduce((sum, { lines, newText }) => sum + splitLines(newText).length - lines, line);
}

/**
 * Whether two edits cannot both be made, whatever the order: they replace the same line, or one puts lines where the other ends or begins.
 *
 * @param apart lines that have to stay between two replacements; 0: they may adjoin
 */
export function doMeet(a: readonly LineEdit[], b: readonly LineEdit[], apart: 0 | 1): boolean {
  return a.some((one) => b.some((other) => meet(one, other, apart)));
}

function meet(one: LineEdit, other: LineEdit, apart: 0 | 1): boolean {
  const [first, second] = one.startLine <= other.startLine ? [one, other] : [other, one];
  const free = second.startLine - (first.startLine + first.lines);
  // What is put between two lines touches both.
  const between = one.lines === 0 || other.lines === 0 ? 1 : apart;
  return first.startLine === second.startLine || free < between;
}
