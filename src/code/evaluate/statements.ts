// Runs statements over the state: structured, each way in and out accounted for.
import type { Expression, Span, Statement, SwitchCase } from '../ir.ts';
import type { Evaluation, Frame } from './evaluation.ts';
import {
  elementOf,
  evaluate,
  evaluateCondition,
  evaluateShared,
  matchLabels,
  truthOfValue,
} from './expressions.ts';
import { survivesType } from './fold.ts';
import { joinStates, type State } from './state.ts';
import { assignTo } from './targets.ts';
import { constantValue, derived, doubtful, joinValues, type Value, withDoubt, withStep } from './value.ts';

const MAX_LOOP_ROUNDS = 8;

/** Runs a list of statements; what follows a jump is recorded as unreachable. */
export function runStatements(statements: readonly Statement[], run: Evaluation): void {
  for (const [index, statement] of statements.entries()) {
    if (run.state === null) {
      const previous = statements[index - 1];
      const last = statements.at(-1) ?? statement;
      if (previous !== undefined)
        prune(spanFrom(statement.span, last.span), 'jump', previous.span, null, [], run);
      return;
    }
    runStatement(statement, run);
  }
}

export function runStatement(statement: Statement, run: Evaluation): void {
  if (!run.spend(statement.span)) return;
  run.reached.add(statement);
  switch (statement.kind) {
    case 'declare':
      runDeclare(statement, run);
      return;
    case 'expression':
      evaluate(statement.expression, run);
      return;
    case 'defer':
      evaluate(statement.expression, run);
      return;
    case 'if':
      runIf(statement, run);
      return;
    case 'loop':
      runLoop(statement, null, run);
      return;
    case 'foreach':
      runForEach(statement, null, run);
      return;
    case 'switch':
      runSwitch(statement, run);
      return;
    case 'return':
      runReturn(statement, run);
      return;
    case 'throw':
      if (statement.value !== null) evaluate(statement.value, run);
      run.state = null;
      return;
    case 'break':
    case 'continue':
      runJump(statement.kind, statement.label, statement.span, run);
      return;
    case 'try':
      runTry(statement, run);
      return;
    case 'block':
      statement.scoped
        ? runScoped(() => runStatements(statement.body, run), run)
        : runStatements(statement.body, run);
      return;
    case 'labeled':
      runLabeled(statement, run);
      return;
    case 'function':
      run.store(
        run.declare(statement.definition.name, 'function', statement.span, []),
        doubtful({
          kind: 'name',
          text: `the function \`${statement.definition.name}\``,
          span: statement.span,
        }),
      );
      return;
    case 'goto':
      run.state = null;
      return;
    case 'unknown':
      run.giveUp(`syntax that is not modelled (${statement.what})`, statement.span);
      runStatements(statement.children, run);
      return;
    default:
      return;
  }
}

function runScoped(body: () => void, run: Evaluation): void {
  run.pushScope();
  body();
  run.popScope();
}

function runDeclare(statement: Statement & { kind: 'declare' }, run: Evaluation): void {
  let value = statement.value === null ? initialValue(statement, run) : evaluateShared(statement.value, run);
  if (value.constants?.some((constant) => !survivesType(constant, statement.type)) === true)
    value = { ...value, constants: null };
  if (statement.isArray) value = { ...value, isContainer: true };
  const id = run.declare(statement.name, statement.scope, statement.span, run.typePaths(statement.type));
  const stored = withStep(value, statement.span);
  // `var x;` after an assignment in JavaScript changes nothing.
  if (statement.value === null && statement.scope === 'function' && run.state?.get(id) !== undefined) return;
  run.store(id, stored);
  run.stored.set(`${statement.name}@${statement.span.start}`, stored);
}

function initialValue(statement: Statement & { kind: 'declare' }, run: Evaluation): Value {
  const { catalog } = run.traits;
  if (catalog === 'javascript' || catalog === 'php' || catalog === 'ruby')
    return constantValue({ kind: 'null', value: null });
  return doubtful({
    kind: 'uninitialised',
    text: `\`${statement.name}\`, which has no value at its declaration`,
    span: statement.span,
  });
}

/** What a variable is that only one of two ways assigned: nothing at all in languages that refuse to read it. */
export function absentValue(run: Evaluation): Value | null {
  const { catalog } = run.traits;
  return catalog === 'javascript' || catalog === 'php' || catalog === 'ruby'
    ? constantValue({ kind: 'null', value: null })
    : null;
}

function join(states: readonly (State | null)[], run: Evaluation): State | null {
  return joinStates(states, absentValue(run));
}

function runIf(statement: Statement & { kind: 'if' }, run: Evaluation): void {
  const { truth, value } = evaluateCondition(statement.condition, run);
  if (truth !== null) {
    const dead = truth ? statement.otherwise : statement.consequence;
    if (dead !== null) prune(dead.span, 'condition', statement.condition.span, truth, value.steps, run);
    const live = truth ? statement.consequence : statement.otherwise;
    if (live !== null) runStatement(live, run);
    return;
  }
  const before = run.state?.fork() ?? null;
  runStatement(statement.consequence, run);
  const afterThen = run.state;
  run.state = before;
  if (statement.otherwise !== null) runStatement(statement.otherwise, run);
  run.state = join([afterThen, run.state], run);
}

function runReturn(statement: Statement & { kind: 'return' }, run: Evaluation): void {
  if (statement.value !== null) {
    const value = evaluate(statement.value, run);
    run.observe(statement, { paths: [], receiver: null, values: [value] });
  }
  run.state = null;
}

function runJump(kind: 'break' | 'continue', label: string | null, span: Span, run: Evaluation): void {
  const frame = run.frames.findLast((candidate) =>
    label === null
      ? kind === 'break'
        ? candidate.label === null || candidate.continues !== null
        : candidate.continues !== null
      : candidate.label === label,
  );
  if (frame === undefined) run.giveUp('a jump without a target', span);
  else if (run.state !== null)
    (kind === 'break' ? frame.breaks : (frame.continues ?? frame.breaks)).push(run.state);
  run.state = null;
}

function runLabeled(statement: Statement & { kind: 'labeled' }, run: Evaluation): void {
  const { body, label } = statement;
  run.reached.add(body);
  if (body.kind === 'loop') {
    runLoop(body, label, run);
    return;
  }
  if (body.kind === 'foreach') {
    runForEach(body, label, run);
    return;
  }
  const frame: Frame = { label, breaks: [], continues: null };
  run.frames.push(frame);
  runStatement(body, run);
  run.frames.pop();
  run.state = join([run.state, ...frame.breaks], run);
}

function runLoop(statement: Statement & { kind: 'loop' }, label: string | null, run: Evaluation): void {
  runScoped(() => {
    runStatements(statement.init, run);
    const once = (): boolean | null => {
      if (statement.bodyFirst) return null;
      if (statement.condition === null) return true;
      const { truth, value } = evaluateCondition(statement.condition, run);
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
        runStatement(statement.body, run);
      },
      () => {
        for (const step of statement.step) evaluate(step, run);
        if (statement.bodyFirst && statement.condition !== null) evaluateCondition(statement.condition, run);
      },
    );
    if (statement.orElse !== null && run.state !== null) runStatement(statement.orElse, run);
    run.state = join([run.state, ...exits], run);
  }, run);
}

function runForEach(statement: Statement & { kind: 'foreach' }, label: string | null, run: Evaluation): void {
  runScoped(() => {
    const iterable = evaluate(statement.iterable, run);
    const exits = iterate(
      statement.span,
      label,
      run,
      () => null,
      () => {
        for (const target of statement.targets) bindElement(target, iterable, statement, run);
        runStatement(statement.body, run);
      },
      () => {},
    );
    if (statement.orElse !== null && run.state !== null) runStatement(statement.orElse, run);
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
  const paths = [...iterable.paths, ...iterable.types].map((path) => `${path}[]`);
  const source = run.knowledge.sourceOf(paths);
  let value =
    elements === null
      ? { ...elementOf(iterable, derived(iterable, false), statement.iterable), paths }
      : elements.reduce(joinValues);
  if (source !== null)
    value = { ...value, taints: [{ label: source, span: statement.iterable.span }], doubts: [] };
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

function runSwitch(statement: Statement & { kind: 'switch' }, run: Evaluation): void {
  const subject = statement.subject === null ? null : evaluateCondition(statement.subject, run).value;
  const frame: Frame = { label: null, breaks: [], continues: null };
  const breaksEndIt = run.traits.catalog !== 'python' && run.traits.catalog !== 'ruby';
  if (breaksEndIt) run.frames.push(frame);
  const hits = statement.cases.map((entry) => hitCase(entry, subject, run));
  const decided = decideCase(statement.cases, hits);
  const entry = run.state;
  let flowing: State | null = null;
  let isExhaustive = false;
  const ends: (State | null)[] = [];
  for (const [index, branch] of statement.cases.entries()) {
    const enters = decided === null ? hits[index] !== false : decided === index;
    isExhaustive ||= branch.labels === null || decided !== null;
    run.state = join([enters ? (entry?.fork() ?? null) : null, flowing], run);
    if (run.state === null) pruneCase(branch, statement, subject, run);
    else runScoped(() => runStatements(branch.body, run), run);
    if (statement.fallsThrough) flowing = run.state;
    else ends.push(run.state);
  }
  if (breaksEndIt) run.frames.pop();
  run.state = join([...ends, flowing, ...frame.breaks, isExhaustive ? null : entry], run);
}

/** Whether a case is surely taken when it is asked, surely not, or maybe; the default case is maybe. */
function hitCase(entry: SwitchCase, subject: Value | null, run: Evaluation): boolean | null {
  if (entry.labels === null) return null;
  for (const label of entry.labels) bindPattern(label, subject, run);
  const labels = entry.labels.map((label) => evaluate(label, run));
  const hit =
    subject === null
      ? labels.map((label) => truthOfValue(label, run)).reduce(either, false)
      : matchLabels(subject, labels, run);
  return entry.guard === null || hit === false ? hit : null;
}

function either(a: boolean | null, b: boolean | null): boolean | null {
  return a === true || b === true ? true : a === null || b === null ? null : false;
}

/** A pattern may bind names to parts of the subject. */
function bindPattern(label: Expression, subject: Value | null, run: Evaluation): void {
  if (label.kind !== 'unknown') return;
  const value = withDoubt(subject === null ? constantValue() : derived(subject), {
    kind: 'syntax',
    text: 'a pattern',
    span: label.span,
  });
  for (const name of label.names) {
    const id = run.resolve(name);
    if (id !== null) run.store(id, value);
  }
}

/** The case that is surely taken, or null: the first sure hit with none before it that may be taken; the default when none can. */
function decideCase(cases: readonly SwitchCase[], hits: readonly (boolean | null)[]): number | null {
  for (const [index, entry] of cases.entries()) {
    if (entry.labels === null) continue;
    if (hits[index] === true) return index;
    if (hits[index] !== false) return null;
  }
  const byDefault = cases.findIndex((entry) => entry.labels === null);
  return byDefault < 0 ? null : byDefault;
}

function pruneCase(
  entry: SwitchCase,
  statement: Statement & { kind: 'switch' },
  subject: Value | null,
  run: Evaluation,
): void {
  const because = statement.subject?.span ?? entry.span;
  prune(entry.span, 'condition', because, false, subject?.steps ?? [], run);
}

function runTry(statement: Statement & { kind: 'try' }, run: Evaluation): void {
  const before = run.state?.fork() ?? null;
  const collector = new Map<string, Value>();
  run.collectors.push(collector);
  runStatements(statement.resources, run);
  runStatement(statement.body, run);
  run.collectors.pop();
  if (statement.orElse !== null && run.state !== null) runStatement(statement.orElse, run);
  const ends: (State | null)[] = [run.state];
  const thrown = stateWhenThrown(before, collector, run);
  run.collectors.push(collector);
  for (const clause of statement.catches) {
    run.state = thrown?.fork() ?? null;
    if (run.state === null) continue;
    runScoped(() => {
      if (clause.name !== null) bindException(clause.name, clause.span, run);
      runStatements(clause.body, run);
    }, run);
    ends.push(run.state);
  }
  run.collectors.pop();
  run.state = join(ends, run);
  if (statement.finalizer === null) return;
  const falls = run.state !== null;
  run.state = join([run.state, stateWhenThrown(before, collector, run)], run);
  runStatement(statement.finalizer, run);
  if (!falls) run.state = null;
}

/** An exception may come before or after any assignment of the body. */
function stateWhenThrown(
  before: State | null,
  collected: ReadonlyMap<string, Value>,
  run: Evaluation,
): State | null {
  if (before === null) return null;
  const thrown = before.fork();
  if (run.rewritten !== null) thrown.rewriteAll(run.rewritten);
  for (const [id, value] of collected) {
    const old = before.get(id);
    thrown.set(id, old === undefined ? value : joinValues(old, value));
  }
  return thrown;
}

function bindException(name: string, span: Span, run: Evaluation): void {
  const doubt = { kind: 'name' as const, text: `the exception \`${name}\``, span };
  run.store(run.declare(name, 'block', span, []), doubtful(doubt));
}

function prune(
  span: Span,
  cause: 'condition' | 'jump',
  because: Span,
  outcome: boolean | null,
  steps: readonly Span[],
  run: Evaluation,
): void {
  run.prunes.push({ span, cause, because, outcome, steps });
}

function spanFrom(first: Span, last: Span): Span {
  return { ...first, end: last.end, endLine: last.endLine, endColumn: last.endColumn };
}
