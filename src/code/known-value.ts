// One step back along a value: the parts that an expression's value is made of, and the one value that a variable is known to have.
import type { Expression, Span } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';
import { chainTo, functionAround, runsBefore } from './statement-chain.ts';
import { collectSyntax } from './syntax-of-file.ts';
import { isUnchangedBetween } from './unchanged-between.ts';

/** Those parts of an expression that its value is made of; null when it is a thing of its own. */
export function valuePartsOf(node: Expression): readonly Expression[] | null {
  switch (node.kind) {
    case 'template':
      return node.parts;
    case 'list':
      return node.elements;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'ternary':
      return [node.consequence, node.otherwise];
    case 'binary':
      return [node.left, node.right];
    case 'spread':
      return [node.operand];
    default:
      return null;
  }
}

/** The one value that a local variable has at `at`; null for a field, and when it may have another one. */
export function knownValueOf(unit: SourceUnit, name: string, at: Span): Expression | null {
  const within = functionAround(unit, at);
  const last = collectSyntax(unit).bindings.findLast(
    (binding) => binding.target === name && binding.within === within && binding.span.end <= at.start,
  );
  return last !== undefined && !last.isField && carriesTo(unit, last, at) ? last.value : null;
}

/** The value that `from` gave its target is still there at `to`, which runs only after it. */
export function carriesTo(
  unit: SourceUnit,
  from: { readonly target: string; readonly span: Span },
  to: Span,
): boolean {
  const within = functionAround(unit, to);
  return (
    functionAround(unit, from.span) === within &&
    runsBefore(chainTo(within, from.span), chainTo(within, to)) &&
    isUnchangedBetween(unit, from.target, from.span, to)
  );
}
