// The calls of a name in one understood file, each with the function that it stands in.
import { enclosingFunction } from './enclosing-function.ts';
import type { AskedName } from './find-definitions.ts';
import type { SourceUnit } from './source-unit.ts';
import { syntaxAt } from './syntax-at.ts';

export interface Caller {
  readonly path: string;
  /** 1-based, inclusive: the call with its arguments. */
  readonly startLine: number;
  readonly endLine: number;
  /** As written: `washer.clean`. */
  readonly callee: string;
  /** The function around it, `name` '' when nothing names it; null at the top of the file. */
  readonly function: { readonly name: string; readonly startLine: number; readonly endLine: number } | null;
}

export function findCallers(unit: SourceUnit, asked: AskedName): readonly Caller[] {
  const isSame = (name: string): boolean =>
    unit.language === 'php' ? name.toLowerCase() === asked.last.toLowerCase() : name === asked.last;
  return syntaxAt(unit, 1, unit.lines.length)
    .calls.filter(({ name }) => isSame(name.replace(/^\$/, '')))
    .map(({ callee, span }) => {
      const around = enclosingFunction(unit, span.line);
      return {
        path: unit.path,
        startLine: span.line,
        endLine: span.endLine,
        callee,
        function:
          around === null
            ? null
            : { name: around.name, startLine: around.span.line, endLine: around.span.endLine },
      };
    });
}
