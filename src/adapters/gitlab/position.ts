// An anchor → the position that GitLab wants: an added line by its new line only, an unchanged one by both (platforms B1).
import type { Anchor } from '#domain/publication.ts';
import type { DiffRefs } from './merge-request.ts';

export interface Position {
  readonly base_sha: string;
  readonly start_sha: string;
  readonly head_sha: string;
  readonly position_type: 'text' | 'file';
  readonly old_path: string;
  readonly new_path: string;
  readonly new_line?: number;
  readonly old_line?: number;
}

/** A comment about several lines stands at the first of them: its suggestion reaches down from there (`-0+N`, platforms B2). */
export function toPosition(anchor: Anchor, refs: DiffRefs): Position {
  const common = {
    base_sha: refs.baseSha,
    start_sha: refs.startSha,
    head_sha: refs.headSha,
    old_path: anchor.oldPath,
    new_path: anchor.path,
  };
  if (anchor.kind === 'file') return { ...common, position_type: 'file' };
  const [newLine, oldLine] =
    anchor.startLine === null ? [anchor.line, anchor.oldLine] : [anchor.startLine, anchor.startOldLine];
  return {
    ...common,
    position_type: 'text',
    new_line: newLine,
    ...(oldLine === null ? {} : { old_line: oldLine }),
  };
}
