// The lines of a file by which it gets code of other files, by syntax where the lowering keeps it and by their first words elsewhere.
import type { Family } from './repository-files.ts';
import type { SourceUnit } from './source-unit.ts';

export interface ImportLine {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Words of what is imported, for telling which imports matter. */
  readonly words: readonly string[];
}

const FIRST_WORDS: ReadonlyMap<Family, RegExp> = new Map([
  ['java', /^\s*import\s/],
  ['javascript', /^\s*(import\b|export\b.*\bfrom\b)|\brequire\s*\(/],
  ['python', /^\s*(import|from)\s/],
  ['go', /^\s*import\s+(\w+\s+)?"/],
  ['php', /^\s*(use\s+[\w\\]|(require|include)(_once)?\b)/],
  ['ruby', /^\s*(require(_relative)?|load|include|extend|prepend)\b/],
  ['csharp', /^\s*(global\s+)?using\s+(static\s+)?[\w.=\s]+;/],
  ['c', /^\s*#\s*include\b/],
]);

const MOST_LINES = 40;

/** Import lines in file order, each once. `unit` null: the file is not understood, only first words are looked at. */
export function findImports(
  path: string,
  lines: readonly string[],
  family: Family | null,
  unit: SourceUnit | null,
): readonly ImportLine[] {
  const ranges = new Map<number, number>();
  for (const { span } of unit?.imports ?? [])
    if (span.line > 0 && span.endLine - span.line < MOST_LINES) ranges.set(span.line, span.endLine);
  const pattern = family === null ? undefined : FIRST_WORDS.get(family);
  const isInside = (line: number): boolean =>
    [...ranges].some(([start, end]) => start <= line && end >= line);
  if (pattern !== undefined) {
    for (const [index, line] of lines.entries())
      if (line.length <= 500 && pattern.test(line) && !isInside(index + 1)) ranges.set(index + 1, index + 1);
  }
  return [...ranges]
    .sort((a, b) => a[0] - b[0])
    .map(([startLine, endLine]) => ({
      path,
      startLine,
      endLine,
      words:
        lines
          .slice(startLine - 1, endLine)
          .join(' ')
          .match(/[\w$]+/g) ?? [],
    }));
}
