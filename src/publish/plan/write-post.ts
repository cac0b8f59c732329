// A new comment about a finding, with what is left when the host refuses its line.
import type { Anchor } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { AlsoTold } from './comment-subject.ts';
import type { CommentWriter } from './comment-writer.ts';
import type { PlannedPost } from './plan.ts';
import type { KnownComment } from './standing-comments.ts';

export function writePost(
  finding: FindingRecord,
  anchor: Anchor,
  writer: CommentWriter,
  { known, also }: { readonly known: KnownComment | null; readonly also: AlsoTold },
): PlannedPost {
  const { path, oldPath } = anchor;
  return {
    finding,
    draft: writer.open(finding, anchor, known, also),
    fallback:
      anchor.kind === 'file' ? null : writer.open(finding, { kind: 'file', path, oldPath }, known, also),
    replaces: known,
  };
}
