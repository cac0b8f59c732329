// Loops, run until their values settle.

import type { Expression, Span, Statement } from '../ir.ts';
import { evaluateCondition, markGuards } from './conditions.ts';
import type { Evaluation } from './evaluation.ts';
import { absentValue, join, prune, runScoped } from './flow.ts';
import { elementOf } from './names.ts';
import type { State } from './state.ts';
import { assignTo } from './targets.ts';
import { joinValues, type Value } from './value.ts';
import { derived } from './value-parts.ts';

const MAX_LOOP_ROUNDS = 8;

export function runLoop(
  statement: Statement & { kind: 'loop' },
  label: string | null,
  run: Evaluation,
): void {
  runScoped(() => {
    run.executeAll(statement.init);
    const once = (): boolean | null => {
      if (statement.bodyFirst) return null;
      if (statement.condition === null) return true;
      const { truth, value } = evaluateCondition(statement.condition, run);
      if (truth === null) markGuards(statement.condition, `${statement.span.start}:loop`, run);
      if (truth === false)
        prune(statement.body.span, 'condition', statement.condition.span, false, value.steps, run);
      return truth;
    };
    const exits = iterate(
      statement.span,
      label,
      run,
      once,
      () => {
        run.execute(statement.body);
      },
      () => {
        for (const step of statement.step) run.evaluate(step);
        if (statement.bodyFirst && statement.condition !== null) evaluateCondition(statement.condition, run);
      },
    );
    if (statement.orElse !== null && run.state !== null) run.execute(statement.orElse);
    run.state = join([run.state, ...exits], run);
  }, run);
}

export function runForEach(
  statement: Statement & { kind: 'foreach' },
  label: string | null,
  run: Evaluation,
): void {
  runScoped(() => {
    const iterable = run.evaluate(statement.iterable);
    const exits = iterate(
      statement.span,
      label,
      run,
      () => null,
      () => {
        for (const target of statement.targets) bindElement(target, iterable, statement, run);
        run.execute(statement.body);
      },
      () => {},
    );
    if (statement.orElse !== null && run.state !== null) run.execute(statement.orElse);
    run.state = join([run.state, ...exits], run);
  }, run);
}

function bindElement(
  target: Expression,
  iterable: Value,
  statement: Statement & { kind: 'foreach' },
  run: Evaluation,
): void {
  const single = statement.targets.length === 1;
  const elements =
    single && iterable.elements !== null && iterable.elements.length > 0 ? iterable.elements : null;
  if (elements === null)
    run.escape(iterable, {
      kind: 'shared',
      text: 'a collection that a loop goes through',
      span: statement.iterable.span,
    });
  const paths = [...iterable.paths, ...iterable.types].map((path) => `${path}[]`);
  const source = run.knowledge.sourceOf(paths);
  let value =
    elements === null
      ? { ...elementOf(iterable, derived(iterable, false), statement.iterable), paths }
      : elements.reduce(joinValues);
  if (source !== null)
    value = { ...value, taints: [{ label: source, span: statement.iterable.span, before: '' }], doubts: [] };
  if (statement.declares && target.kind === 'name') run.declare(target.name, 'block', statement.span, []);
  // The element's definition is the loop's head, up to its body.
  const head = {
    ...statement.iterable.span,
    start: statement.span.start,
    line: statement.span.line,
    column: statement.span.column,
  };
  assignTo(target, value, { ...statement.iterable, span: head }, run);
}

/** Repeats a loop's body until its state settles. Leaves the state that ends the loop in `run.state`; gives the states of its breaks. */
function iterate(
  span: Span,
  label: string | null,
  run: Evaluation,
  condition: () => boolean | null,
  body: () => void,
  step: () => void,
): readonly State[] {
  const frame = { label: null, breaks: [] as State[], continues: [] as State[] };
  const labeled = label === null ? null : { label, breaks: frame.breaks, continues: frame.continues };
  run.frames.push(frame);
  if (labeled !== null) run.frames.push(labeled);
  let head = run.state;
  let exit: State | null = null;
  for (let round = 0; head !== null; round++) {
    if (round === MAX_LOOP_ROUNDS) {
      run.giveUp('a loop whose values do not settle', span);
      break;
    }
    run.state = head.fork();
    const truth = condition();
    exit = run.state?.fork() ?? null;
    frame.continues.length = 0;
    if (truth !== false) runScoped(body, run);
    else run.state = null;
    run.state = join([run.state, ...frame.continues], run);
    if (run.state === null) break;
    step();
    const next: State | null = run.state === null ? head : head.join(run.state, absentValue(run));
    if (round >= 2) next.widen(head);
    if (next.equals(head)) break;
    head = next;
  }
  run.frames.length -= labeled === null ? 1 : 2;
  // What ran once may have run any number of times: the way out joins the head of the last round.
  run.state = exit;
  return frame.breaks.length > 0 ? [...frame.breaks] : [];
}
