// Runs statements over the state: structured, each way in and out accounted for.
import type { Expression, Span, Statement } from '../ir.ts';
import { assume, evaluateCondition } from './conditions.ts';
import type { Evaluation } from './evaluation.ts';
import { join, prune, runScoped, spanFrom } from './flow.ts';
import { survivesType } from './fold.ts';
import { runForEach, runLoop } from './loops.ts';
import type { Frame } from './scene.ts';
import { evaluateShared } from './sharing.ts';
import { runSwitch } from './switches.ts';
import { runTry } from './tries.ts';
import { constantValue, doubtful, type Value, withDoubt, withStep } from './value.ts';

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

/** Types of C++ whose values are what was assigned. */
const PLAIN_CPP =
  /^((static|const|constexpr|unsigned|signed|volatile|long|short)\s+)*(char|int|long|short|bool|float|double|auto|void|size_t|FILE|wchar_t|u?int\d+_t|std::(string|string_view|vector|size_t|array|wstring)|string|vector|struct \w+)\b/;

export function runStatement(statement: Statement, run: Evaluation): void {
  if (!run.spend(statement.span)) return;
  run.reached.add(statement);
  switch (statement.kind) {
    case 'declare':
      runDeclare(statement, run);
      return;
    case 'expression':
      run.evaluate(statement.expression);
      return;
    case 'defer':
      run.evaluate(statement.expression);
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
      if (statement.value !== null) handOut(statement.value, run);
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

/** Whoever catches a thrown collection may change it. */
function handOut(node: Expression, run: Evaluation): void {
  const value = evaluateShared(node, run);
  run.escape(value, { kind: 'shared', text: 'a collection that is thrown', span: node.span });
}

function runDeclare(statement: Statement & { kind: 'declare' }, run: Evaluation): void {
  let value = statement.value === null ? initialValue(statement, run) : evaluateShared(statement.value, run);
  if (value.constants?.some((constant) => !survivesType(constant, statement.type)) === true)
    value = { ...value, constants: null };
  if (statement.isArray) value = { ...value, isContainer: true };
  // A class of one's own may make anything of what it is given, and of every operator after.
  if (run.unit.language === 'cpp' && statement.type !== null && !PLAIN_CPP.test(statement.type))
    value = withDoubt(value, { kind: 'name', text: `the type \`${statement.type}\``, span: statement.span });
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
  assume(statement.condition, true, run);
  runStatement(statement.consequence, run);
  const afterThen = run.state;
  run.state = before;
  assume(statement.condition, false, run);
  if (statement.otherwise !== null) runStatement(statement.otherwise, run);
  run.state = join([afterThen, run.state], run);
}

function runReturn(statement: Statement & { kind: 'return' }, run: Evaluation): void {
  if (statement.value !== null) {
    const value = run.evaluate(statement.value);
    run.observe(statement, { paths: [], receiver: null, values: [value] });
    if (run.state !== null) run.returns.push({ value, state: run.state });
  } else if (run.state !== null)
    run.returns.push({ value: constantValue({ kind: 'null', value: null }), state: run.state });
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
