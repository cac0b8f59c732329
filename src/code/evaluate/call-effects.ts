// What a call may change among the variables of its caller.
import type { CallExpression, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { CallEffect } from './api-knowledge.ts';
import type { Evaluation } from './evaluation.ts';
import { assignTo } from './targets.ts';
import { allConstants, type Doubt, joinValues, own, type Value } from './value.ts';
import { compose, unplaced } from './value-parts.ts';
import { rootName } from './variables.ts';

export function applySideEffects(
  node: CallExpression,
  effect: CallEffect | null,
  { receiver, values }: { readonly receiver: Value | null; readonly values: readonly Value[] },
  run: Evaluation,
): void {
  if (effect === 'rewrites_scope') {
    run.rewriteAll({
      kind: 'call',
      text: `\`${calleeText(node, run)}\`, which may assign any variable`,
      span: node.span,
    });
    return;
  }
  const root = node.callee.kind === 'member' ? rootName(node.callee.object) : null;
  if (
    effect === 'appends' &&
    node.callee.kind === 'member' &&
    receiver !== null &&
    receiver.objects.length > 0
  ) {
    appendTo(receiver, node.callee.name, node, values, run);
    return;
  }
  if (effect === 'appends' && root !== null && node.callee.kind === 'member') {
    assignTo(node.callee.object, unplaced(compose(values, false)), node, run, true);
    configure(root, node.callee.name, values, run);
    for (const argument of node.arguments)
      if (argument.value.kind === 'name') holdArgument(argument.value, node, run);
    return;
  }
  // `print(x, file=buffer)` writes into what it is given by name.
  if (effect === 'inert')
    for (const [index, { name, value }] of node.arguments.entries()) {
      const given = values[index];
      if (name === null || given === undefined) continue;
      holdArgument(value, node, run);
      run.escape(given, {
        kind: 'shared',
        text: `what \`${calleeText(node, run)}\` may change`,
        span: node.span,
      });
    }
  if (effect === 'propagates' || effect === 'decodes' || effect === 'converts' || effect === 'inert') return;
  for (const argument of node.arguments) holdArgument(argument.value, node, run);
  const doubt: Doubt = {
    kind: 'shared',
    text: `what \`${calleeText(node, run)}\` may change`,
    span: node.span,
  };
  for (const value of values) run.escape(value, doubt);
  if (receiver !== null) run.escape(receiver, doubt);
  // The variables of a PHP file outside of functions are every function's for the asking (`global`).
  if (run.definition.kind === 'module' && run.unit.language === 'php' && effect === null)
    run.rewriteAll({
      kind: 'call',
      text: `\`${calleeText(node, run)}\`, which may set variables of this file`,
      span: node.span,
    });
  if (root === null || node.callee.kind !== 'member') return;
  // A method that nobody knows may change its receiver in place where text and objects are values of the variable itself.
  if (run.traits.receiversMayChange)
    run.poison(root, `\`${root}\`, which \`${calleeText(node, run)}\` may change`, node.span);
  else poisonContainer(root, node, run);
}

/** What is known to add to an object, nobody knows where. */
function appendTo(
  receiver: Value,
  name: string,
  node: CallExpression,
  values: readonly Value[],
  run: Evaluation,
): void {
  const [given] = values;
  const constants = given === undefined ? null : allConstants(given);
  const setting = constants?.length === 1 ? (constants[0] ?? null) : null;
  const added = values.map((value) => ({
    ...own(unplaced(value)),
    constants: null,
    doubts: value.doubts,
    taints: unplaced(value).taints,
  }));
  run.changeObjects(receiver, (object) => {
    const parts = [...(object.elements ?? []), ...(object.rest === null ? [] : [object.rest]), ...added];
    return {
      ...object,
      elements: null,
      rest: parts.length === 0 ? null : parts.reduce(joinValues),
      settings: new Map([...object.settings, [name, setting]]),
    };
  });
  for (const argument of node.arguments)
    if (argument.value.kind === 'name') holdArgument(argument.value, node, run);
}

/** Remembers what a setter of an object was given. */
function configure(root: string, name: string, values: readonly Value[], run: Evaluation): void {
  const id = run.resolve(root);
  const value = id === null ? undefined : run.state?.get(id);
  if (id === null || value === undefined) return;
  const [given] = values;
  const constant =
    given === undefined ? null : allConstants(given)?.length === 1 ? (given.constants?.[0] ?? null) : null;
  run.store(id, { ...value, settings: new Map([...value.settings, [name, constant]]) });
}

/** Kinds of expression that pass what is in them on as it is; in C `a + 1` is `a` still. */
const HANDS_ON: ReadonlySet<Expression['kind']> = new Set([
  'list',
  'map',
  'ternary',
  'sequence',
  'assign',
  'reference',
  'template',
]);

/** An unknown call may keep and change the collections it is given, and in some languages the variables themselves. */
function holdArgument(argument: Expression, call: CallExpression, run: Evaluation): void {
  const name = rootName(argument);
  if (name === null) {
    for (const child of childrenOfExpression(argument))
      if (HANDS_ON.has(argument.kind) || (argument.kind === 'binary' && run.traits.catalog === 'c'))
        holdArgument(child, call, run);
    return;
  }
  if (run.traits.callsMayChangeArguments && argument.kind !== 'call') {
    run.poison(name, `\`${name}\`, which \`${calleeText(call, run)}\` may change`, call.span);
  } else poisonContainer(name, call, run);
}

function poisonContainer(name: string, call: CallExpression, run: Evaluation): void {
  const id = run.resolve(name);
  const value = id === null ? undefined : run.state?.get(id);
  if (value?.isContainer === true || (value?.objects.length ?? 0) > 0)
    run.poison(name, `\`${name}\`, which \`${calleeText(call, run)}\` may change`, call.span);
}

/** Fit to stand between backticks: it holds none itself. */
export function calleeText(node: CallExpression, run: Evaluation): string {
  const text = run.unit.textOf(node.callee.span).replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length > 60 ? `…${text.slice(-58)}` : text;
}
