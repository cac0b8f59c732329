// Follows a position from one version of a merge request to the next (platforms D50).
import type { ReviewRepository } from '../review-repository.ts';
import { codedLines, newPathOf, oldPathOf } from './diff-lines.ts';
import type { DiffRefs, LineEnd, Position } from './model.ts';

export type TracedPosition =
  | { readonly kind: 'moved'; readonly position: Position }
  /** The line is gone: GitLab keeps the old position and notes where the change was. */
  | { readonly kind: 'outdated'; readonly changePosition: Position };

export function tracePosition(
  repository: ReviewRepository,
  position: Position,
  refs: DiffRefs,
): TracedPosition {
  if (position.position_type === 'file') return traceFile(repository, position, refs);
  if (position.new_line !== null && position.new_path !== null) {
    return traceNewSide(repository, position, refs, {
      path: position.new_path,
      line: position.new_line,
    });
  }
  return traceRemoved(repository, position, refs);
}

const pick = ({ base_sha, start_sha, head_sha }: DiffRefs): DiffRefs => ({
  base_sha,
  start_sha,
  head_sha,
});

function outdated(position: Position, refs: DiffRefs): TracedPosition {
  const changePosition = {
    ...position,
    base_sha: position.head_sha,
    start_sha: position.head_sha,
    head_sha: refs.head_sha,
    old_path: position.new_path,
    old_line: position.new_line,
    new_line: null,
    line_range: null,
  };
  return { kind: 'outdated', changePosition };
}

function traceNewSide(
  repository: ReviewRepository,
  position: Position,
  refs: DiffRefs,
  at: { readonly path: string; readonly line: number },
): TracedPosition {
  const there = repository.trace(at, position.head_sha, refs.head_sha);
  const file =
    there && repository.diff(refs.base_sha, refs.head_sha).find((each) => each.newPath === there.path);
  if (!there || !file) return outdated(position, refs);
  const shown = codedLines(file).find((line) => line.newLine === there.line);
  // A line beyond the hunks is unchanged; GitLab unfolds the file to name it on both sides.
  const oldLine = shown
    ? shown.oldLine
    : (repository.trace(there, refs.head_sha, refs.base_sha)?.line ?? null);
  const moved: Position = {
    ...position,
    ...pick(refs),
    old_path: oldPathOf(file),
    new_path: newPathOf(file),
    old_line: oldLine,
    new_line: there.line,
    line_range: null,
  };
  const shift = there.line - at.line;
  const range = position.line_range;
  const [start, end] = [range?.start, range?.end].map((each) => shiftedEnd(file, each, shift));
  return { kind: 'moved', position: start && end ? { ...moved, line_range: { start, end } } : moved };
}

function shiftedEnd(
  file: Parameters<typeof codedLines>[0],
  end: LineEnd | undefined,
  shift: number,
): LineEnd | null {
  const line = Number(/_(\d+)$/.exec(end?.line_code ?? '')?.[1]);
  const shown = codedLines(file).find((each) => each.newLine === line + shift);
  if (!shown) return null;
  return {
    line_code: shown.code,
    type: shown.mark === '+' ? 'new' : 'old',
    old_line: shown.oldLine,
    new_line: shown.newLine,
  };
}

function traceRemoved(repository: ReviewRepository, position: Position, refs: DiffRefs): TracedPosition {
  const at = { path: position.old_path ?? '', line: position.old_line ?? 0 };
  const there = repository.trace(at, position.base_sha, refs.base_sha);
  const file =
    there && repository.diff(refs.base_sha, refs.head_sha).find((each) => each.oldPath === there.path);
  const line = file && codedLines(file).find((each) => each.oldLine === there.line && each.mark === '-');
  if (!file || !line) return outdated(position, refs);
  const moved = {
    ...position,
    ...pick(refs),
    old_path: oldPathOf(file),
    new_path: newPathOf(file),
    old_line: line.oldLine,
  };
  return { kind: 'moved', position: moved };
}

function traceFile(repository: ReviewRepository, position: Position, refs: DiffRefs): TracedPosition {
  const touched = repository
    .diff(position.head_sha, refs.head_sha)
    .some((file) => file.oldPath === position.new_path || file.newPath === position.new_path);
  const file = repository
    .diff(refs.base_sha, refs.head_sha)
    .find((each) => newPathOf(each) === position.new_path);
  if (touched || !file) return outdated(position, refs);
  return { kind: 'moved', position: { ...position, ...pick(refs), old_path: oldPathOf(file) } };
}
