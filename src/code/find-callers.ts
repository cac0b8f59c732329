// The calls of a name in one understood file, each with the function that it stands in.
import { enclosingFunction } from './enclosing-function.ts';
import type { AskedName } from './find-definitions.ts';
import type { CallExpression } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';
import { collectSyntax } from './syntax-of-file.ts';

/** A file that calls it more often says no more with each. */
const MOST_IN_ONE_FILE = 100;

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
  return collectSyntax(unit)
    .calls.filter(({ node }) => isSame(nameOfCallee(unit, node).replace(/^\$/, '')))
    .slice(0, MOST_IN_ONE_FILE)
    .map(({ node: { callee, span } }) => {
      const around = enclosingFunction(unit, span.line);
      return {
        path: unit.path,
        startLine: span.line,
        endLine: span.endLine,
        callee: unit.textOf(callee.span).replace(/\s+/g, ''),
        function:
          around === null
            ? null
            : { name: around.name, startLine: around.span.line, endLine: around.span.endLine },
      };
    });
}

function nameOfCallee(unit: SourceUnit, { callee }: CallExpression): string {
  return callee.kind === 'name' || callee.kind === 'member' ? callee.name : unit.textOf(callee.span);
}
