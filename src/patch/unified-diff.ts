// Writes the change of one file as a patch that `git apply` takes from the root of the repository.
import { Buffer } from 'node:buffer';
import { splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import { editsBetween } from './edits-between.ts';

const CONTEXT = 3;

/**
 * The patch of `path` (relative to the root, with `/`), '' when the texts are equal. Line ends of the contents stay as they are, so in
 * a file with CRLF the patch's lines end so too; names are quoted as git quotes them (git-diff, "Generating patch text").
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const edits = editsBetween(before, after);
  if (edits.length === 0) return '';
  const old = quoteName(`a/${path}`);
  const now = quoteName(`b/${path}`);
  const lines = splitLines(before);
  const hunks = groupEdits(edits, lines.length).map((group) => writeHunk(group, lines));
  return `diff --git ${old} ${now}\n--- ${endName(old)}\n+++ ${endName(now)}\n${hunks.join('')}`;
}

interface EditGroup {
  readonly edits: readonly LineEdit[];
  /** Old lines shown, 1-based, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** By how many lines the new side has moved before the group. */
  readonly shift: number;
}

/** Edits whose context would overlap or touch share a hunk. */
function groupEdits(edits: readonly LineEdit[], lineCount: number): readonly EditGroup[] {
  const groups: EditGroup[] = [];
  let shift = 0;
  for (const edit of edits) {
    const start = Math.max(1, edit.startLine - CONTEXT);
    const end = Math.min(lineCount + 1, edit.startLine + edit.lines + CONTEXT);
    const last = groups.at(-1);
    if (last !== undefined && start <= last.end)
      groups[groups.length - 1] = { ...last, edits: [...last.edits, edit], end };
    else groups.push({ edits: [edit], start, end, shift });
    shift += splitLines(edit.newText).length - edit.lines;
  }
  return groups;
}

function writeHunk({ edits, start, end, shift }: EditGroup, lines: readonly string[]): string {
  let body = '';
  let next = start;
  let grown = 0;
  const show = (mark: string, shown: readonly string[]) => {
    for (const line of shown)
      body += `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`;
  };
  for (const { startLine, lines: replaced, newText } of edits) {
    const added = splitLines(newText);
    show(' ', lines.slice(next - 1, startLine - 1));
    show('-', lines.slice(startLine - 1, startLine - 1 + replaced));
    show('+', added);
    next = startLine + replaced;
    grown += added.length - replaced;
  }
  show(' ', lines.slice(next - 1, end - 1));
  const oldLines = end - start;
  return `@@ -${range(start, oldLines)} +${range(start + shift, oldLines + grown)} @@\n${body}`;
}

/** A side without lines names the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}

/** git writes a tab behind a name with a space, so that nobody takes the rest for a time stamp. */
function endName(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** As git does with `core.quotePath`: bytes outside of printable ASCII as three octal digits. */
function quoteName(name: string): string {
  if (/^[ !#-[\]-~]*$/.test(name)) return name;
  const quoted = [...Buffer.from(name, 'utf8')].map((byte) => {
    const plain = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : null;
    return ESCAPES.get(byte) ?? plain ?? `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${quoted.join('')}"`;
}
