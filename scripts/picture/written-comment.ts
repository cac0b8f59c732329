// Reads a comment that a dry run wrote: the place, and the Markdown as a host would take it.
import { readFileSync } from 'node:fs';

export interface WrittenComment {
  readonly path: string;
  /** 1-based lines of the head file; equal for a single line. */
  readonly startLine: number;
  readonly endLine: number;
  readonly markdown: string;
}

/** Throws when the file does not start with `path:line` or `path:line-line`, as a comment at a file's lines does. */
export function readWrittenComment(file: string): WrittenComment {
  const text = readFileSync(file, 'utf8');
  const [, path, first, last] = /^(.+?):(\d+)(?:-(\d+))?\n\n/.exec(text) ?? [];
  if (path === undefined) throw new Error(`${file} names no line: it is no comment that a dry run wrote.`);
  return {
    path,
    startLine: Number(first),
    endLine: Number(last ?? first),
    markdown: text.slice(text.indexOf('\n\n') + 2),
  };
}
