// Whether GitLab takes a position: added lines by `new_line` alone, removed ones by `old_line` alone, context by both (platforms B1, D33, D34).
import type { DiffFile } from '../git-diff.ts';
import { type CodedLine, codedLines, findFile } from './diff-lines.ts';
import type { LineEnd, Position } from './model.ts';

const NO_LINE_CODE = { line_code: ["can't be blank", 'must be a valid line code'] };

export type PositionCheck =
  | { readonly kind: 'taken'; readonly line: CodedLine | null }
  | { readonly kind: 'refused'; readonly errors: Readonly<Record<string, readonly string[]>> };

/** @param files the diff of the version whose SHAs the position names */
export function checkPosition(
  position: Position,
  files: readonly DiffFile[],
  conflict: boolean,
): PositionCheck {
  const file = findFile(files, position.old_path, position.new_path);
  if (position.position_type === 'file') {
    return file
      ? { kind: 'taken', line: null }
      : { kind: 'refused', errors: { position: ['is incomplete'] } };
  }
  if (position.old_line === null && position.new_line === null) {
    return { kind: 'refused', errors: { ...NO_LINE_CODE, position: ['is incomplete'] } };
  }
  const line = file && !conflict ? findLine(file, position) : null;
  return line ? { kind: 'taken', line } : { kind: 'refused', errors: NO_LINE_CODE };
}

function findLine(file: DiffFile, { old_line, new_line }: Position): CodedLine | null {
  return codedLines(file).find((line) => line.oldLine === old_line && line.newLine === new_line) ?? null;
}

/** What is wrong with the ends of a range of lines; GitLab itself takes them as they come. Empty when nothing is. */
export function faultsOfRange(position: Position, files: readonly DiffFile[], anchor: CodedLine): string[] {
  const file = findFile(files, position.old_path, position.new_path);
  if (!position.line_range || !file) return [];
  const lines = codedLines(file);
  const at = (end: LineEnd): number =>
    lines.findIndex(
      (line) => line.code === end.line_code && end.type === (line.mark === '+' ? 'new' : 'old'),
    );
  const [start, end] = [at(position.line_range.start), at(position.line_range.end)];
  const faults: string[] = [];
  if (start === -1) faults.push('line_range.start names no line of the diff');
  if (end === -1) faults.push('line_range.end names no line of the diff');
  if (end !== -1 && lines[end]?.code !== anchor.code)
    faults.push('line_range.end is not the line of the position');
  if (start > end) faults.push('line_range.start comes after line_range.end');
  return faults;
}
