// Answers what a change did to a place of head: which lines it added or modified, and where it deleted some.
import type { ChangedFile, Hunk, TreeDiff } from '#domain/change.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';

export interface LineSpan {
  readonly startLine: number;
  readonly endLine: number;
}

/** What became of one file of head. Lines are of head, 1-based. */
export interface FileChange {
  /** Why every line counts as new, as the end of "the file …"; null when its lines can be compared. */
  readonly allNew: Phrase | null;
  /** Name at base; null for an added file. */
  readonly oldPath: string | null;
  readonly hunks: readonly Hunk[];
}

/** The files of head whose content a change touched, by path. A pure rename or a changed mode touches no content. */
export function indexChange(diff: TreeDiff): ReadonlyMap<string, FileChange> {
  const changes = new Map<string, FileChange>();
  for (const file of diff.files) {
    if (file.newPath === null) continue;
    const allNew = whyAllNew(file);
    if (allNew === null && file.hunks.length === 0) continue;
    changes.set(file.newPath, { allNew, oldPath: file.oldPath, hunks: file.hunks });
  }
  return changes;
}

/** A file whose lines git does not compare could hide an added line (`*.ts binary` in .gitattributes does it). */
function whyAllNew(file: ChangedFile): Phrase | null {
  if (file.status === 'added') return phrase`was added by this change`;
  if (file.status === 'copied') return phrase`was copied by this change`;
  if (file.status === 'type_changed') return phrase`was a link before this change`;
  return file.binary ? phrase`was changed, and its lines cannot be compared with the base` : null;
}

/** The first line of `span` that the change added or modified; null when there is none. */
export function firstNewLine(change: FileChange, span: LineSpan): number | null {
  if (change.allNew !== null) return span.startLine;
  for (const hunk of change.hunks) {
    const last = hunk.newStart + hunk.newLines - 1;
    if (hunk.newLines > 0 && hunk.newStart <= span.endLine && last >= span.startLine) {
      return Math.max(hunk.newStart, span.startLine);
    }
  }
  return null;
}

/** Hunks that took lines away between the first and the last line of `span`; lines that were replaced are gone too. */
export function deletionsWithin(change: FileChange, span: LineSpan): readonly Hunk[] {
  return change.hunks.filter((hunk) => {
    if (hunk.oldLines === 0) return false;
    // git writes a pure deletion as "after newStart": that line and the next one must both belong to the span.
    if (hunk.newLines === 0) return hunk.newStart >= span.startLine && hunk.newStart < span.endLine;
    return hunk.newStart <= span.endLine && hunk.newStart + hunk.newLines - 1 >= span.startLine;
  });
}

/** Lines that `hunks` took away. */
export function countDeleted(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
}
