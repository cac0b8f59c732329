// Calls: what they give back, and what they may change.
import type { Argument, CallExpression, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { CallEffect } from './api-knowledge.ts';
import { applySideEffects, calleeText } from './call-effects.ts';
import { mapConstants } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { foldTextMethod } from './fold.ts';
import { formatStyle, formatText } from './format-text.ts';
import { evaluateName } from './names.ts';
import { compose, type Doubt, dependent, doubtful, isFixed, tainted, unplaced, type Value } from './value.ts';
import { rootName } from './variables.ts';

const TEXT_TYPES: ReadonlySet<string> = new Set([
  'String',
  'java.lang.String',
  'string',
  'str',
  'std.string',
  'System.String',
]);

export function evaluateCall(node: CallExpression, run: Evaluation): Value {
  const receiver = node.callee.kind === 'member' ? run.evaluate(node.callee.object) : null;
  const paths = calleePaths(node, receiver, run);
  const values = node.arguments.map((argument) => evaluateArgument(argument, paths, run));
  run.observe(node, { paths, receiver, values });
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, node.span, paths);
  const text = foldText(node, receiver, values, run);
  if (text !== null) return text;
  const effect = effectOf(node, receiver, paths, run);
  applySideEffects(node, effect, values, run);
  const result = resultOf(node, effect, receiver, values, run);
  const type = run.knowledge.returnedType(paths);
  const own = paths.filter((path) => !path.startsWith('?.'));
  const types = [...(node.isNew ? own : []), ...(type === null ? [] : [type])];
  return { ...result, paths: node.isNew ? [] : own.map((path) => `${path}()`), types };
}

function evaluateArgument(argument: Argument, paths: readonly string[], run: Evaluation): Value {
  if (argument.value.kind === 'lambda') {
    run.callbacks.set(argument.value.definition, { paths, position: 0 });
  }
  return run.evaluate(argument.value);
}

function calleePaths(node: CallExpression, receiver: Value | null, run: Evaluation): readonly string[] {
  const { callee } = node;
  if (callee.kind === 'member') {
    const types = receiver?.types ?? [];
    const own = [...(receiver?.paths ?? []), ...types].map((path) => `${path}.${callee.name}`);
    // `?.name` says "whatever the receiver is"; a receiver whose type is known in full is not whatever.
    const isKnown = types.some((path) => path.includes('.'));
    return node.isNew || isKnown ? own : [...own, `?.${callee.name}`];
  }
  if (callee.kind !== 'name') {
    run.evaluate(callee);
    return [];
  }
  if (run.unit.module.macros.includes(callee.name)) return [];
  const value = evaluateName(callee.name, callee, run);
  if (value.paths.length > 0) return value.paths;
  // A variable that hides a function of that name is somebody else's function.
  return run.resolve(callee.name) === null ? [callee.name] : [];
}

function effectOf(
  node: CallExpression,
  receiver: Value | null,
  paths: readonly string[],
  run: Evaluation,
): CallEffect | null {
  const known = run.knowledge.effectOf(paths);
  if (known !== null) return known;
  if (node.callee.kind !== 'member' || receiver === null) return null;
  const isText =
    (receiver.isText || receiver.types.some((type) => TEXT_TYPES.has(type))) && !receiver.isContainer;
  if (!isText) return null;
  if (run.knowledge.isCleaningMethod(node.callee.name)) return 'converts';
  return run.knowledge.isTextMethod(node.callee.name) ? 'propagates' : null;
}

function foldText(
  node: CallExpression,
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  if (receiver === null || node.callee.kind !== 'member' || !receiver.isText || !isFixed(receiver))
    return null;
  if (!values.every(isFixed) || receiver.isContainer) return null;
  const { name } = node.callee;
  const whole = mapConstants([receiver, ...values], ([text, ...rest]) =>
    text?.kind === 'string' ? foldTextMethod(name, text.value, rest, run.unit.language) : null,
  );
  return whole.constants === null ? null : whole;
}

function resultOf(
  node: CallExpression,
  effect: CallEffect | null,
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
): Value {
  const parts =
    receiver === null ||
    (receiver.paths.length + receiver.types.length > 0 && !receiver.isText && isNamespace(node, run))
      ? values
      : [receiver, ...values];
  const doubt: Doubt = { kind: 'call', text: `\`${calleeText(node, run)}\``, span: node.span };
  if (effect === 'propagates') {
    const style = FORMAT_CALL.test(calleeName(node)) ? formatStyle(receiver, run.unit.language) : null;
    return (style === null ? null : formatText(parts, style, doubt)) ?? compose(parts, true);
  }
  if (effect === 'converts') return dependent(compose(parts, true), doubt);
  if (effect === 'makes_builder') return { ...compose(values, false), isContainer: true };
  if (effect === 'appends') return { ...unplaced(compose(parts, false)), isContainer: true };
  const whole = compose(parts, false);
  return { ...doubtful(doubt), shadows: [...whole.taints, ...whole.shadows].slice(0, 6) };
}

const FORMAT_CALL = /^(v?s?n?printf|format|formatted)$/i;

function calleeName({ callee }: CallExpression): string {
  return callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
}

const OWN_OBJECT: ReadonlySet<string> = new Set(['this', 'self', 'super', 'base', '$this', '@']);

/** `URLDecoder.decode(x)`: the receiver is a class or module, no value; neither a variable nor a field is one. */
function isNamespace(node: CallExpression, run: Evaluation): boolean {
  if (node.callee.kind !== 'member' || containsCall(node.callee.object)) return false;
  const root = rootName(node.callee.object);
  if (root === null || OWN_OBJECT.has(root) || run.resolve(root) !== null) return false;
  return run.outerNames(root, run.definition) === null;
}

function containsCall(node: Expression): boolean {
  return node.kind === 'call' || childrenOfExpression(node).some(containsCall);
}
