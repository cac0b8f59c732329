// Takes the names of mended calls, and the imports that they need, out of what the patch policy reads: everything else is read as before.
import type { Span } from '#code/ir.ts';
import { applyEdits, splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import { spanAfter } from './map-through-edits.ts';
import type { MendedStart } from './mended-starts.ts';
import type { Start } from './read-start.ts';
import { makeSplices, type Splice } from './splices.ts';

/** A word that no rule knows. */
const MENDED = 'mended';
/** A line that takes functions out of `child_process` under their own names. */
const LIST =
  /^\s*(?:(?:const|let|var)\s*\{(?<required>[\w\s,]*)\}\s*=\s*require\(\s*(?<q>['"])(?:node:)?child_process\k<q>\s*\)|import\s*\{(?<imported>[\w\s,]*)\}\s*from\s*(?<p>['"])(?:node:)?child_process\k<p>)\s*;?\s*$/;

interface Changed {
  readonly before: string;
  readonly edits: readonly LineEdit[];
}

/** The same change without them; lines keep their numbers. */
export function maskMend({ before, edits }: Changed, starts: readonly MendedStart[]): Changed {
  const gone = edits.flatMap(({ startLine, lines }) => numbers(startLine, startLine + lines - 1));
  const come = edits.flatMap((_edit, index) => {
    const { startLine, endLine } = spanAfter(edits, index);
    return numbers(startLine, endLine);
  });
  const allowed = allowedBy(starts);
  const listed = new Set(
    splitLines(before).flatMap((line, index) => (gone.includes(index + 1) ? (namesOf(line) ?? []) : [])),
  );
  const isListed = (line: string) =>
    listed.size > 0 && (namesOf(line)?.every((name) => listed.has(name) || allowed.names.has(name)) ?? false);
  // The name `Process` is needed once more where the new call only describes what is started.
  const spared = starts.filter(({ now }) => now.name !== 'ProcessStartInfo');
  const old = mask(before, calleesOf(spared.map(({ old }) => old)), (line, number) =>
    gone.includes(number) ? namesOf(line) !== null : false,
  );
  const now = mask(applyEdits(before, edits), calleesOf(starts.map(({ now }) => now)), (line, number) =>
    come.includes(number) ? allowed.lines.has(line.trim()) || isListed(line) : false,
  );
  const lines = splitLines(now);
  const changed = edits.map((edit, index) => {
    const { startLine, endLine } = spanAfter(edits, index);
    return { ...edit, newText: lines.slice(startLine - 1, endLine).join('') };
  });
  return { before: old, edits: changed };
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);
}

function allowedBy(starts: readonly MendedStart[]): {
  readonly lines: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
} {
  return {
    lines: new Set(starts.flatMap(({ now }) => now.row.imports)),
    names: new Set(starts.map(({ now }) => now.name.slice(now.name.lastIndexOf('.') + 1))),
  };
}

function namesOf(line: string): readonly string[] | null {
  const groups = LIST.exec(line)?.groups;
  if (groups === undefined) return null;
  const names = (groups.required ?? groups.imported ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

function calleesOf(starts: readonly Start[]): readonly Span[] {
  return starts.map(({ site }) => site.call.callee.span);
}

/** With the spans, and the lines that are to go, under a word of ours. */
function mask(
  text: string,
  spans: readonly Span[],
  isMasked: (line: string, number: number) => boolean,
): string {
  const splices: Splice[] = spans.map(({ start, end }) => ({
    ...{ start, end },
    text: MENDED + text.slice(start, end).replace(/[^\r\n]/g, ''),
  }));
  const lines = splitLines(makeSplices(text, splices) ?? text);
  return lines
    .map((line, index) => (isMasked(line, index + 1) ? line.replace(/[^\r\n]+/, MENDED) : line))
    .join('');
}
