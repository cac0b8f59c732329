// How a place is named in a sentence: its line, and its file where that is another one.
import { markOutside } from '#support/mark-outside.ts';
import type { Span } from '../code/ir.ts';

const LONGEST_NAME = 60;

/** `line 12`, or ``line 12 of `Names.java` ``. */
export function lineOf({ line, file }: Span): string {
  return file === undefined ? `line ${line}` : `line ${line} of ${nameOf(file.path)}`;
}

/** `line 3`, `lines 3, 5`, ``lines 3, 5 and line 2 of `Names.java` ``. */
export function linesOf(spans: readonly Span[]): string {
  const byFile = new Map<string, number[]>();
  for (const { line, file } of spans) {
    const path = file?.path ?? '';
    byFile.set(path, [...(byFile.get(path) ?? []), line]);
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, lines]) => (path === '' ? listed(lines) : `${listed(lines)} of ${nameOf(path)}`))
    .join(' and ');
}

function listed(all: readonly number[]): string {
  const lines = [...new Set(all)].sort((a, b) => a - b);
  return lines.length === 1 ? `line ${lines[0]}` : `lines ${lines.join(', ')}`;
}

function nameOf(path: string): string {
  return markOutside(path.slice(path.lastIndexOf('/') + 1), LONGEST_NAME);
}
