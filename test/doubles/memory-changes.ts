// A change without git: two trees as texts, and what differs between them.
import { structuredPatch } from 'diff';
import type { ChangedFile, Hunk } from '#domain/change.ts';
import type { ReviewFile } from '#domain/review-diff.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

type Tree = Readonly<Record<string, string>>;

const MEMORY_BASE = 'b'.repeat(40);
const MEMORY_HEAD = 'a'.repeat(40);

/** `base` is the tip and the merge base; files are added, modified or deleted, never renamed. */
export function createMemoryChanges(base: Tree, head: Tree): ChangeSource {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  const changed = paths.filter((path) => base[path] !== head[path]);
  return {
    commits: async () => ({
      ...{ baseTip: MEMORY_BASE, mergeBase: MEMORY_BASE, head: MEMORY_HEAD },
      headTime: '2026-01-01T00:00:00Z',
    }),
    diff: async () => ({ files: changed.map((path) => changedFile(path, base[path], head[path])) }),
    diffFrom: async () => ({ files: [] }),
    reviewDiff: async () => ({
      complete: true,
      files: changed.map((path) => reviewFile(path, base[path], head[path])),
    }),
    at: (commit) => createMemoryWorkspace(commit === MEMORY_HEAD ? head : base),
  };
}

function sides(path: string, before: string | undefined, after: string | undefined) {
  return {
    status: before === undefined ? 'added' : after === undefined ? 'deleted' : 'modified',
    oldPath: before === undefined ? null : path,
    newPath: after === undefined ? null : path,
  } as const;
}

function changedFile(path: string, before: string | undefined, after: string | undefined): ChangedFile {
  return {
    ...sides(path, before, after),
    binary: false,
    hunks: hunksOf(before, after, 0).map(({ hunk }) => hunk),
  };
}

function reviewFile(path: string, before: string | undefined, after: string | undefined): ReviewFile {
  const hunks = hunksOf(before, after, 3).map(({ hunk, lines }) => ({
    ...hunk,
    marks: lines
      .map((line) => line.charAt(0))
      .filter((mark) => mark !== '\\')
      .join(''),
    newlineMissing: false,
  }));
  return { ...sides(path, before, after), hunks };
}

function hunksOf(before = '', after = '', context: number): { hunk: Hunk; lines: readonly string[] }[] {
  const { hunks } = structuredPatch('a', 'b', before, after, '', '', { context });
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    lines,
    // Of no lines at all, git names the line before.
    hunk: {
      oldStart: oldLines === 0 ? oldStart - 1 : oldStart,
      newStart: newLines === 0 ? newStart - 1 : newStart,
      ...{ oldLines, newLines },
    },
  }));
}
