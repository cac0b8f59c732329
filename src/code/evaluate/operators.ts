// Operators, text templates and assignments.
import type { Constant, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import { assume } from './conditions.ts';
import { mapConstants, truthOfValue } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { foldBinary } from './fold.ts';
import { formatText } from './format-text.ts';
import { loosened } from './object-places.ts';
import { evaluateShared } from './sharing.ts';
import { assignTo } from './targets.ts';
import { type Doubt, joinValues, own, type Value } from './value.ts';
import { cleanedFor, dependent } from './value-parts.ts';

export function evaluateBinary(node: Expression & { kind: 'binary' }, run: Evaluation): Value {
  const left = run.evaluate(node.left);
  const { operator } = node;
  if (operator === '&&' || operator === '||' || operator === '??') {
    const truth = operator === '??' ? null : truthOfValue(left, run);
    if (truth !== null && truth === (operator === '||')) return left;
    const before = run.state?.fork() ?? null;
    if (operator !== '??' && truth === null) assume(node.left, operator === '&&', run);
    const right = run.evaluate(node.right);
    if (truth !== null) return right;
    if (before !== null && run.state !== null) run.state = run.state.join(before, null);
    return joinValues(left, right);
  }
  const right = run.evaluate(node.right);
  if (left.objects.length > 0 || right.objects.length > 0) mixObjects(node, left, right, run);
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
  // `path / name` is a path, and `set - set` a set.
  const isOverloaded =
    OVERLOADS.has(run.traits.catalog) &&
    (operator === '/' || operator === '-' || !isPlain(left) || !isPlain(right));
  if (GIVES_NUMBER.has(operator) && run.traits.catalog !== 'c' && !isOverloaded)
    return { ...cleanedFor(folded, ['number']), constants: folded.constants };
  // What comes of a comparison or of arithmetic is no text that somebody wrote.
  return dependent(folded, { kind: 'syntax', text: `the result of \`${operator}\``, span: node.span });
}

/** `list << x` changes the list; of `a + b` both share what is in them. */
function mixObjects(
  { operator, span }: Expression & { kind: 'binary' },
  left: Value,
  right: Value,
  run: Evaluation,
): void {
  const doubt: Doubt = { kind: 'shared', text: 'a collection that was put together with another', span };
  if (operator === '<<')
    run.changeObjects(left, (object) =>
      loosened(object, [{ ...own(right), doubts: right.doubts, taints: right.taints, constants: null }]),
    );
  else if (!/^(==|!=|===|!==|<|>|<=|>=|in|not in|&&|\|\||\?\?)$/.test(operator))
    for (const value of [left, right]) run.escape(value, doubt);
}

/** Languages in which a class may say what its operators give; `==` of a column and a text is a piece of a query. */
const OVERLOADS: ReadonlySet<string> = new Set(['python', 'ruby', 'csharp']);

/** A text or a number: its operators are the language's own. */
function isPlain({ isText, constants, taints, doubts }: Value): boolean {
  const origins = [...taints, ...doubts];
  return (
    isText ||
    constants !== null ||
    (origins.length > 0 && origins.every(({ cleaned }) => cleaned?.includes('number') === true))
  );
}

/** Operators whose result is a number or a truth in every language without operators of one's own. */
const GIVES_NUMBER: ReadonlySet<string> = new Set(['-', '/', '==', '!=', '===', '!==', '<', '<=', '>', '>=']);

/** In PHP `+` and `%` are arithmetic whatever they are given. */
function joinsText(run: Evaluation): boolean {
  return run.unit.language !== 'php';
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
  if (movesPlace(node)) run.giveUp('an assignment whose place its own value changes', node.span);
  let value = evaluateShared(node.value, run);
  if (node.operator !== null) {
    const { operator } = node;
    const old = run.evaluate(node.target);
    if (old.objects.length > 0) return extendInPlace(node, old, value, run);
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
  if (node.target.kind === 'index' && key[0] !== undefined) run.targets.set(node.target.index, key[0]);
  run.observe(node, { paths, receiver: null, values: [value, ...key] });
  assignTo(node.target, value, node, run);
  return value;
}

/** `a[i] = i = 1`: which element that is hangs on what is evaluated first. */
function movesPlace({ target, value }: Expression & { kind: 'assign' }): boolean {
  if (target.kind !== 'index' && target.kind !== 'member') return false;
  const names = new Set(namesIn(target));
  return names.size > 0 && changedIn(value).some((name) => names.has(name));
}

function namesIn(node: Expression): readonly string[] {
  return node.kind === 'name' ? [node.name] : childrenOfExpression(node).flatMap(namesIn);
}

function changedIn(node: Expression): readonly string[] {
  const inner = childrenOfExpression(node).flatMap(changedIn);
  return (node.kind === 'assign' || node.kind === 'update') && node.target.kind === 'name'
    ? [node.target.name, ...inner]
    : inner;
}

/** `list += x` changes the very list in some languages, and gives the name a new one in others: both are there afterwards. */
function extendInPlace(
  node: Expression & { kind: 'assign' },
  old: Value,
  value: Value,
  run: Evaluation,
): Value {
  run.changeObjects(old, (object) =>
    loosened(object, [{ ...own(value), doubts: value.doubts, taints: value.taints, constants: null }]),
  );
  run.escape(value, { kind: 'shared', text: 'a collection that was added to another', span: node.span });
  const grown = run.look(own(old));
  run.observe(node, { paths: [], receiver: null, values: [grown] });
  return grown;
}

function targetPaths(target: Expression & { kind: 'member' | 'index' }, run: Evaluation): readonly string[] {
  const object = run.evaluate(target.object);
  run.targets.set(target.object, object);
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
