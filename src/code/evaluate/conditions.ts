// Conditions: their truth, the choices that hang on it, and the sources they look at.
import type { Constant, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import { truthOfValue } from './constants.ts';
import type { Evaluation } from './evaluation.ts';

import { foldBinary } from './fold.ts';
import { CHARACTER_TESTS, refine } from './refine.ts';
import { allConstants, doubtful, joinValues, type Taint, type Value } from './value.ts';

/** A condition's value, and what it says of the sources it looks at. */
export function evaluateCondition(
  node: Expression,
  run: Evaluation,
): { readonly truth: boolean | null; readonly value: Value } {
  const value = run.evaluate(node);
  return { truth: truthOfValue(value, run), value };
}

export function evaluateTernary(node: Expression & { kind: 'ternary' }, run: Evaluation): Value {
  const truth = evaluateCondition(node.condition, run).truth;
  if (truth !== null) return run.evaluate(truth ? node.consequence : node.otherwise);
  const before = run.state?.fork() ?? null;
  assume(node.condition, true, run);
  const taken = run.evaluate(node.consequence);
  const afterThen = run.state;
  run.state = before;
  assume(node.condition, false, run);
  const otherwise = run.evaluate(node.otherwise);
  if (afterThen !== null && run.state !== null) run.state = run.state.join(afterThen, null);
  return joinValues(taken, otherwise);
}

/** From here on the condition came out that way: what it looked at is checked, and may be one of a few values only. */
export function assume(condition: Expression, outcome: boolean, run: Evaluation): void {
  markGuards(condition, `${condition.span.start}:${outcome}`, run);
  refine(condition, outcome, run);
}

/** A call or comparison in a condition may be a check of the input; a test for null or emptiness is not. */
export function markGuards(node: Expression, by: string, run: Evaluation): void {
  if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
    markGuards(node.left, by, run);
    markGuards(node.right, by, run);
    return;
  }
  if (node.kind === 'unary') {
    markGuards(node.operand, by, run);
    return;
  }
  if (node.kind === 'binary' && [node.left, node.right].some(isNullOrEmpty)) return;
  if (node.kind !== 'call' && node.kind !== 'binary' && node.kind !== 'name') return;
  if (
    node.kind === 'call' &&
    node.arguments.length === 0 &&
    !(node.callee.kind === 'member' && CHARACTER_TESTS.has(node.callee.name))
  )
    return;
  for (const name of checkedNames(node)) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    if (value === undefined) continue;
    const { taints, shadows } = run.look(value);
    // The truth of a text is no check; the truth of what was found out about it is.
    const asked = node.kind === 'name' ? taints.filter(isNumber) : taints.filter((taint) => !isNumber(taint));
    for (const { span } of [...asked, ...shadows]) run.state?.guard(span.start, by);
  }
}

function isNumber({ cleaned }: Taint): boolean {
  return cleaned?.includes('number') === true;
}

function isNullOrEmpty(node: Expression): boolean {
  return (
    node.kind === 'constant' &&
    (node.constant.kind === 'null' || node.constant.value === '' || node.constant.kind === 'int')
  );
}

/** Variables whose own content a check looks at: `x.getName()` says nothing of `x`. */
function checkedNames(node: Expression): string[] {
  return node.kind === 'name' ? [node.name] : childrenOfExpression(node).flatMap(checkedNames);
}

export function evaluateMatch(node: Expression & { kind: 'match' }, run: Evaluation): Value {
  const subject = run.evaluate(node.subject);
  const before = run.state;
  const results: Value[] = [];
  let after = before;
  let decided = false;
  for (const arm of [
    ...node.arms.filter((entry) => entry.labels !== null),
    ...node.arms.filter((entry) => entry.labels === null),
  ]) {
    if (decided) break;
    const hit =
      arm.labels === null
        ? true
        : matchLabels(
            subject,
            arm.labels.map((label) => run.evaluate(label)),
            run,
          );
    if (hit === false) continue;
    run.state = before?.fork() ?? null;
    results.push(run.evaluate(arm.value));
    after = after === null || run.state === null ? after : after.join(run.state, null);
    decided = hit === true;
  }
  run.state = after;
  return results.length === 0
    ? doubtful({ kind: 'syntax', text: 'a switch without a matching arm', span: node.span })
    : results.reduce(joinValues);
}

/** Whether the subject surely equals one of the labels (true), surely none (false), or maybe (null). */
export function matchLabels(subject: Value, labels: readonly Value[], run: Evaluation): boolean | null {
  const known = allConstants(subject);
  if (known === null || known.length === 0) return null;
  let maybe = false;
  for (const label of labels) {
    const constants = allConstants(label);
    if (constants === null || constants.length !== 1) maybe = true;
    else {
      const results = known.map((constant) => equalLabel(constant, constants[0] ?? constant, run));
      if (results.every((result) => result === true)) return true;
      if (results.some((result) => result !== false)) maybe = true;
    }
  }
  return maybe ? null : false;
}

function equalLabel(subject: Constant, label: Constant, run: Evaluation): boolean | null {
  // `switch` compares text by content even where `==` does not.
  if (subject.kind === 'string' && label.kind === 'string') {
    return run.unit.language === 'php' && /^\s*[\d.+-]/.test(label.value)
      ? null
      : subject.value === label.value;
  }
  const result = foldBinary('==', subject, label, run.unit.language);
  return result?.kind === 'bool' ? result.value : null;
}
