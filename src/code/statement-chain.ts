// Where a stretch of code stands among the statements around it: the blocks from the function's body down to it.
import type { FunctionDefinition, Span, Statement } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';
import { partsOfStatement, walkStatements } from './walk-ir.ts';

/** One block on the way down: `statements[at]` holds the stretch. */
export interface Link {
  readonly statements: readonly Statement[];
  readonly at: number;
}

/** The innermost function, lambdas included, that holds the span; the file itself outside of any. */
export function functionAround(unit: SourceUnit, span: Span): FunctionDefinition {
  let found = unit.topLevel;
  for (const candidate of unit.functions) {
    if (
      holds(candidate.span, span) &&
      candidate.span.end - candidate.span.start <= found.span.end - found.span.start
    )
      found = candidate;
  }
  return found;
}

export function holds(outer: Span, inner: Span): boolean {
  return outer.line > 0 && outer.start <= inner.start && outer.end >= inner.end;
}

/** From the body of `within` down to the innermost statement that holds the span. */
export function chainTo(within: FunctionDefinition, span: Span): readonly Link[] {
  const chain: Link[] = [];
  let lists: readonly (readonly Statement[])[] = [within.body];
  for (;;) {
    const link = findIn(lists, span);
    if (link === null) return chain;
    chain.push(link);
    const statement = link.statements[link.at];
    if (statement === undefined) return chain;
    lists = listsOf(statement);
  }
}

function findIn(lists: readonly (readonly Statement[])[], span: Span): Link | null {
  for (const statements of lists) {
    const at = statements.findIndex((statement) => holds(statement.span, span));
    if (at >= 0) return { statements, at };
  }
  return null;
}

/** The runs of statements directly inside one: those of a `switch`, an `if`, a `try` are kept apart from each other. */
function listsOf(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'block':
      return [node.body];
    case 'switch':
      return node.cases.map(({ body }) => body);
    case 'try':
      return [
        [...node.resources, node.body],
        ...node.catches.map(({ body }) => body),
        ...[node.orElse, node.finalizer].flatMap((part) => (part === null ? [] : [[part]])),
      ];
    case 'loop':
      return [
        ...node.init.map((each) => [each]),
        ...partsOfStatement({ ...node, init: [] }).statements.map((each) => [each]),
      ];
    case 'function':
    case 'class':
      return [];
    default:
      return partsOfStatement(node).statements.map((each) => [each]);
  }
}

/**
 * Whether the statement that ends the first chain has run, to its end, whenever the second's last statement begins: it stands
 * before it in one block around it, with nothing but plain blocks between.
 */
export function runsBefore(earlier: readonly Link[], later: readonly Link[]): boolean {
  for (let level = earlier.length - 1; level >= 0; level--) {
    const mine = earlier[level];
    const theirs = later[level];
    if (mine !== undefined && theirs !== undefined && mine.statements === theirs.statements)
      return mine.at < theirs.at;
    const around = earlier[level - 1];
    if (around === undefined || around.statements[around.at]?.kind !== 'block') return false;
  }
  return false;
}

/** Jumps to labels: where code of the function is entered is not what its blocks say. */
export function hasJumps(within: FunctionDefinition): boolean {
  let found = false;
  walkStatements(within.body, {
    statement: (node) => {
      if (node.kind === 'goto' || (node.kind === 'labeled' && node.isJumpTarget)) found = true;
    },
  });
  return found;
}
