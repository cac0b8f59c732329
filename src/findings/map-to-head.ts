// Carries places from the commit that was scanned to the commit under review, by the diff between the two.
import type { ChangedFile, TreeDiff } from '#domain/change.ts';
import { mapLine } from '#domain/line-map.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ReportedRegion } from './resolve-region.ts';

interface MappedRegion {
  readonly path: string;
  readonly region: ReportedRegion;
  /** Null when the place came through whole. */
  readonly lost: Phrase | null;
}

/** From one scanned commit to head. */
export interface HeadMap {
  /** The scanned commit's files, given those of head. */
  scannedFiles(headFiles: readonly string[]): readonly string[];
  /** Where a file stands at head; `changed` when its text is another, `opaque` when git does not say in which lines. */
  file(path: string): {
    readonly path: string;
    readonly changed: boolean;
    readonly deleted: boolean;
    readonly opaque: boolean;
  };
  region(path: string, region: ReportedRegion): MappedRegion;
}

const LINE_CHANGED = phrase`the line changed since the scan`;
const FILE_DELETED = phrase`the file was deleted since the scan`;

/** A map through `diff` (scanned → head); with null the scanned tree is head itself. */
export function createHeadMap(diff: TreeDiff | null): HeadMap {
  const byOldPath = new Map<string, ChangedFile>();
  const appeared = new Set<string>();
  for (const file of diff?.files ?? []) {
    if (file.oldPath !== null && file.status !== 'copied') byOldPath.set(file.oldPath, file);
    if (file.newPath !== null && file.newPath !== file.oldPath) appeared.add(file.newPath);
  }

  return {
    scannedFiles: (headFiles) => [
      ...headFiles.filter((path) => !appeared.has(path)),
      ...[...byOldPath.values()]
        .filter((file) => file.newPath !== file.oldPath)
        .map((file) => file.oldPath ?? ''),
    ],
    file: (path) => {
      const file = byOldPath.get(path);
      if (file === undefined) return { path, changed: false, deleted: false, opaque: false };
      if (file.newPath === null) return { path, changed: true, deleted: true, opaque: false };
      const changed = file.hunks.length > 0 || file.binary;
      return { path: file.newPath, changed, deleted: false, opaque: file.binary };
    },
    region: (path, region) => {
      const file = byOldPath.get(path);
      return file === undefined ? { path, region, lost: null } : mapThrough(file, path, region);
    },
  };
}

function mapThrough(file: ChangedFile, path: string, region: ReportedRegion): MappedRegion {
  if (file.newPath === null) return { path, region, lost: FILE_DELETED };
  const diff: TreeDiff = { files: [file] };
  const start = mapLine(diff, path, region.startLine).line;
  if (start === null) {
    const line = nearestLine(file, region.startLine);
    const nearest = { ...region, startLine: line, startColumn: null, endLine: line, endColumn: null };
    return { path: file.newPath, region: nearest, lost: LINE_CHANGED };
  }
  const end = mapLine(diff, path, region.endLine).line;
  // Its first line stands, a later one was edited: the place is still found by its first line.
  const span = end === null ? { endLine: start, endColumn: null } : { endLine: end };
  return { path: file.newPath, region: { ...region, startLine: start, ...span }, lost: null };
}

/** The line of head that stands where a replaced line stood. */
function nearestLine(file: ChangedFile, line: number): number {
  const hunk = file.hunks.find((candidate) => line < candidate.oldStart + candidate.oldLines);
  if (hunk === undefined) return line;
  const into = Math.min(line - hunk.oldStart, Math.max(hunk.newLines - 1, 0));
  return Math.max(1, hunk.newStart + into);
}
