// Operators, text templates and assignments.
import type { Constant, Expression } from '../ir.ts';
import { mapConstants, truthOfValue } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { foldBinary, joinedText } from './fold.ts';
import { formatText } from './format-text.ts';
import { evaluateShared } from './sharing.ts';
import { assignTo } from './targets.ts';
import { type Doubt, dependent, joinValues, someConstant, type Value } from './value.ts';

export function evaluateBinary(node: Expression & { kind: 'binary' }, run: Evaluation): Value {
  const left = run.evaluate(node.left);
  const { operator } = node;
  if (operator === '&&' || operator === '||' || operator === '??') {
    const truth = operator === '??' ? null : truthOfValue(left, run);
    if (truth !== null && truth === (operator === '||')) return left;
    const before = run.state?.fork() ?? null;
    const right = run.evaluate(node.right);
    if (truth !== null) return right;
    if (before !== null && run.state !== null) run.state = run.state.join(before, null);
    return joinValues(left, right);
  }
  const right = run.evaluate(node.right);
  if (operator === '%' && left.isText && joinsText(run)) {
    const doubt: Doubt = { kind: 'syntax', text: 'a number put into a text', span: node.span };
    const formatted = formatText([left, right], 'printf', doubt);
    if (formatted !== null) return formatted;
  }
  const folded = mapConstants([left, right], ([a, b]) =>
    a === undefined || b === undefined ? null : foldBinary(operator, a, b, run.unit.language),
  );
  const isText =
    operator === '.' ||
    (joinsText(run) && (operator === '+' || operator === '%') && (left.isText || right.isText));
  if (isText) return { ...folded, isText: true };
  // What comes of a comparison or of arithmetic is no text that somebody wrote.
  return dependent(folded, { kind: 'syntax', text: `the result of \`${operator}\``, span: node.span });
}

/** In PHP `+` and `%` are arithmetic whatever they are given. */
function joinsText(run: Evaluation): boolean {
  return run.unit.language !== 'php';
}

export function evaluateTemplate(parts: readonly Value[], run: Evaluation): Value {
  if (parts.length === 0) return someConstant(true);
  const text = mapConstants(parts, (constants) => {
    const texts = constants.map((constant) =>
      constant.kind === 'bool' || constant.kind === 'null' ? null : joinedText(constant, run.unit.language),
    );
    return texts.some((part) => part === null) ? null : { kind: 'string', value: texts.join('') };
  });
  return { ...text, isText: true };
}

export function evaluateAssign(node: Expression & { kind: 'assign' }, run: Evaluation): Value {
  if (node.operator === '&&' || node.operator === '||' || node.operator === '??') {
    const old = run.evaluate(node.target);
    const before = run.state?.fork() ?? null;
    const value = joinValues(old, evaluateShared(node.value, run));
    assignTo(node.target, value, node, run);
    if (before !== null && run.state !== null) run.state = run.state.join(before, null);
    return value;
  }
  let value = evaluateShared(node.value, run);
  if (node.operator !== null) {
    const { operator } = node;
    const old = run.evaluate(node.target);
    const isText = ((operator === '+' && joinsText(run)) || operator === '.') && (old.isText || value.isText);
    value = mapConstants([old, value], ([a, b]) =>
      a === undefined || b === undefined ? null : foldBinary(operator, a, b, run.unit.language),
    );
    if (isText) value = { ...value, isText };
    if (old.isContainer) value = { ...value, isContainer: true };
  }
  const paths =
    node.target.kind === 'member' || node.target.kind === 'index' ? targetPaths(node.target, run) : [];
  const key = node.target.kind === 'index' ? [run.evaluate(node.target.index)] : [];
  run.observe(node, { paths, receiver: null, values: [value, ...key] });
  assignTo(node.target, value, node, run);
  return value;
}

function targetPaths(target: Expression & { kind: 'member' | 'index' }, run: Evaluation): readonly string[] {
  const object = run.evaluate(target.object);
  const suffix = target.kind === 'member' ? `.${target.name}` : '[]';
  return [...[...object.paths, ...object.types].map((path) => `${path}${suffix}`), `?${suffix}`];
}

export function evaluateUpdate(node: Expression & { kind: 'update' }, run: Evaluation): Value {
  const before = run.evaluate(node.target);
  const one: Constant = { kind: 'int', value: node.delta };
  const after = mapConstants([before], ([value]) =>
    value === undefined ? null : foldBinary('+', value, one, run.unit.language),
  );
  assignTo(node.target, after, node, run);
  return node.prefix ? after : before;
}
