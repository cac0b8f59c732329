// The function that a reader would name for some lines: a named one, else the function without a name that a variable or a call holds.
import type { FunctionDefinition, Span } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';
import { collectSyntax } from './syntax-of-file.ts';

/** A callback of fewer lines belongs to the code around it. */
const LEAST_LINES = 3;

export interface EnclosingFunction {
  /** '' when nothing names it. */
  readonly name: string;
  readonly span: Span;
  readonly definition: FunctionDefinition;
}

/** Null outside of any function. */
export function enclosingFunction(
  unit: SourceUnit,
  startLine: number,
  endLine = startLine,
): EnclosingFunction | null {
  const named = unit.functionAt(startLine, endLine, false);
  if (named !== null) return { name: named.name, span: named.span, definition: named };
  const around = unit.functions
    .filter(({ span }) => span.line <= startLine && span.endLine >= endLine && span.endLine > span.line)
    .filter(
      ({ span }) =>
        !unit.classes.some((each) => each.span.start === span.start && each.span.end === span.end),
    )
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  for (const definition of around) {
    const holder = collectSyntax(unit).bindings.find(
      ({ value }) => value?.kind === 'lambda' && value.definition === definition,
    );
    if (holder !== undefined)
      return { name: holder.target.slice(holder.target.lastIndexOf('.') + 1), span: holder.span, definition };
  }
  const definition = around.find(({ span }) => span.endLine - span.line + 1 >= LEAST_LINES);
  return definition === undefined ? null : { name: '', span: definition.span, definition };
}
