// A source file's text with what is no code blanked out, at the same offsets; and its lines as citations.
import type { Citation } from '#domain/location.ts';
import type { CodeIndex } from '../code/code-index.ts';
import { collectSyntax } from '../code/syntax-of-file.ts';

export interface CodeText {
  readonly text: string;
  /** Comments blanked. */
  readonly code: string;
  /** Comments and the insides of texts blanked. */
  readonly bare: string;
  isComment(offset: number): boolean;
}

const LONGEST_QUOTE = 300;

/** A file that is not understood is taken as code all through: more is found in it, never less. */
export async function readCode(path: string, text: string, index: CodeIndex): Promise<CodeText> {
  const unit = await index.unit(path);
  // Another reader may have decoded it otherwise.
  if (unit.kind !== 'unit' || unit.text !== text)
    return { text, code: text, bare: text, isComment: () => false };
  const comments = unit.errors.length > 0 ? [] : unit.comments;
  const strings = collectSyntax(unit)
    .literals.filter(({ constant }) => constant.kind === 'string')
    .map(({ span }) => ({ start: span.start, end: span.end }));
  const code = blankRanges(text, comments);
  return {
    text,
    code,
    bare: blankRanges(code, unit.errors.length > 0 ? [] : strings),
    isComment: (offset) => comments.some(({ start, end }) => start <= offset && offset < end),
  };
}

export function blankRanges(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[],
): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The line at an offset. */
export function citeOffset(path: string, text: string, offset: number): Citation {
  const from = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  return citeFrom(path, text, offset < from ? offset : from, lineAt(text, offset));
}

/** A line by its number; null when the text has no such line. */
export function citeLine(path: string, text: string, line: number): Citation | null {
  let from = 0;
  for (let count = 1; count < line; count++) {
    from = text.indexOf('\n', from) + 1;
    if (from === 0) return null;
  }
  return citeFrom(path, text, from, line);
}

function citeFrom(path: string, text: string, from: number, line: number): Citation {
  const end = text.indexOf('\n', from);
  const quote = text.slice(from, end < 0 ? text.length : end).replace(/\r$/, '');
  return { path, startLine: line, endLine: line, quote: quote.slice(0, LONGEST_QUOTE) };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
