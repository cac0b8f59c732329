// Values that two names hold: what one changes, the other sees.
import type { Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { Evaluation } from './evaluation.ts';
import { type Value, withDoubt } from './value.ts';
import { holdersOf, rootName } from './variables.ts';

const CHOOSES: ReadonlySet<Expression['kind']> = new Set(['ternary', 'binary', 'match', 'assign']);

/** A value that somebody else will hold too: a container in it may be changed through either name. */
export function evaluateShared(node: Expression, run: Evaluation): Value {
  if (node.kind === 'sequence' && hasCommaOperator(run)) {
    for (const item of node.items.slice(0, -1)) run.evaluate(item);
    const last = node.items.at(-1);
    if (last !== undefined) return evaluateShared(last, run);
  }
  const value = run.evaluate(node);
  // What it refers to is kept apart from its names.
  if (value.objects.length > 0) return value;
  if (!value.isContainer) return run.changesText ? shareText(node, value, run) : value;
  const name = rootName(node);
  // What a call makes anew is nobody else's; a builder's own methods give the builder back.
  if (node.kind === 'call' && (name === null || !isContainerVariable(name, run))) return value;
  if (name === null) {
    if (!CHOOSES.has(node.kind)) return value;
    for (const child of childrenOfExpression(node)) poisonRoot(child, run);
  } else run.poison(name, `\`${name}\`, which is held under another name too`, node.span);
  return withDoubt(value, {
    kind: 'shared',
    text: 'a collection that is held under two names',
    span: node.span,
  });
}

/** In a function that changes text in place, a text with two names is known under neither. */
function shareText(node: Expression, value: Value, run: Evaluation): Value {
  const holders = holdersOf(node).filter((name) => run.resolve(name) !== null);
  const [first] = holders;
  if (first === undefined) return value;
  const why = `\`${first}\`, which is held under another name too`;
  for (const name of holders) run.poison(name, why, node.span);
  return withDoubt(value, { kind: 'shared', text: 'a text that is held under two names', span: node.span });
}

/** Elsewhere a sequence is the lowering's own, of names that nobody else can hold. */
function hasCommaOperator(run: Evaluation): boolean {
  return run.traits.catalog === 'javascript' || run.traits.catalog === 'c';
}

function isContainerVariable(name: string, run: Evaluation): boolean {
  const id = run.resolve(name);
  return id !== null && run.state?.get(id)?.isContainer === true;
}

function poisonRoot(node: Expression, run: Evaluation): void {
  const name = rootName(node);
  if (name !== null) run.poison(name, `\`${name}\`, which is held under another name too`, node.span);
}
