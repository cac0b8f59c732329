// What an expression may be worth, and what its evaluation changes.
import type { Argument, CallExpression, Constant, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { CallEffect } from './api-knowledge.ts';
import type { Evaluation } from './evaluation.ts';
import { foldBinary, foldTextMethod, foldUnary, joinedText, survivesType, truthOf } from './fold.ts';
import { assignTo } from './targets.ts';
import {
  allConstants,
  compose,
  constantValue,
  type Doubt,
  dependent,
  derived,
  doubtful,
  isFixed,
  joinValues,
  listOf,
  someConstant,
  tainted,
  type Value,
  withDoubt,
} from './value.ts';
import { rootName } from './variables.ts';

const MAX_PRODUCTS = 8;
const TEXT_TYPES: ReadonlySet<string> = new Set([
  'String',
  'java.lang.String',
  'string',
  'str',
  'std.string',
  'System.String',
]);

export function evaluate(node: Expression, run: Evaluation): Value {
  if (!run.spend(node.span))
    return doubtful({ kind: 'syntax', text: 'the analysis budget', span: node.span });
  switch (node.kind) {
    case 'constant':
      return constantValue(node.constant);
    case 'name':
      return evaluateName(node.name, node, run);
    case 'member':
      return evaluateMember(node, run);
    case 'index':
      return evaluateIndex(node, run);
    case 'slice':
      return evaluateSlice(node, run);
    case 'call':
      return evaluateCall(node, run);
    case 'binary':
      return evaluateBinary(node, run);
    case 'unary':
      return mapConstants([evaluate(node.operand, run)], ([operand]) =>
        operand === undefined ? null : foldUnary(node.operator, operand, run.unit.language),
      );
    case 'ternary':
      return evaluateTernary(node, run);
    case 'template':
      return evaluateTemplate(
        node.parts.map((part) => evaluate(part, run)),
        run,
      );
    case 'list':
      return listOf(node.elements.map((element) => evaluateShared(element, run)));
    case 'map': {
      const parts = node.entries.flatMap((entry) => [
        evaluate(entry.key, run),
        evaluateShared(entry.value, run),
      ]);
      return { ...compose(parts, false), isContainer: true };
    }
    case 'lambda':
      return someFunction(node, run);
    case 'assign':
      return evaluateAssign(node, run);
    case 'update': {
      const before = evaluate(node.target, run);
      const one: Constant = { kind: 'int', value: node.delta };
      const after = mapConstants([before], ([value]) =>
        value === undefined ? null : foldBinary('+', value, one, run.unit.language),
      );
      assignTo(node.target, after, node, run);
      return node.prefix ? after : before;
    }
    case 'cast': {
      const value = evaluate(node.operand, run);
      const kept =
        value.constants?.every((constant) => survivesType(constant, node.type)) === true
          ? value.constants
          : null;
      return { ...value, constants: kept, types: [...value.types, ...run.typePaths(node.type)] };
    }
    case 'type_test':
      return evaluateTypeTest(node, run);
    case 'spread':
    case 'await':
      return evaluateShared(node.operand, run);
    case 'dereference':
    case 'reference':
      return evaluatePointer(node, run);
    case 'comprehension':
      return evaluateComprehension(node, run);
    case 'regex':
      return someConstant();
    case 'sequence':
      return node.items.map((item) => evaluate(item, run)).at(-1) ?? someConstant();
    case 'match':
      return evaluateMatch(node, run);
    case 'unknown':
      return evaluateUnknown(node, run);
  }
}

/** A value that somebody else will hold too: a container in it may be changed through either name. */
export function evaluateShared(node: Expression, run: Evaluation): Value {
  const value = evaluate(node, run);
  if (!value.isContainer && !(value.isText && run.changesText)) return value;
  const name = rootName(node);
  if (!value.isContainer && (name === null || run.resolve(name) === null)) return value;
  // What a call makes anew is nobody else's; a builder's own methods give the builder back.
  if (node.kind === 'call' && (name === null || !isContainerVariable(name, run))) return value;
  if (name === null) {
    if (node.kind !== 'ternary' && node.kind !== 'binary' && node.kind !== 'match' && node.kind !== 'assign')
      return value;
    for (const child of childrenOfExpression(node)) poisonRoot(child, run);
  } else run.poison(name, `\`${name}\`, which is held under another name too`, node.span);
  return withDoubt(value, {
    kind: 'shared',
    text: 'a collection that is held under two names',
    span: node.span,
  });
}

function isContainerVariable(name: string, run: Evaluation): boolean {
  const id = run.resolve(name);
  return id !== null && run.state?.get(id)?.isContainer === true;
}

function poisonRoot(node: Expression, run: Evaluation): void {
  const name = rootName(node);
  if (name !== null) run.poison(name, `\`${name}\`, which is held under another name too`, node.span);
}

function evaluateSlice(node: Expression & { kind: 'slice' }, run: Evaluation): Value {
  const object = evaluate(node.object, run);
  return compose([object, ...node.bounds.map((bound) => evaluate(bound, run))], object.isText);
}

function evaluateName(name: string, node: Expression, run: Evaluation): Value {
  const span = node.span;
  const id = run.resolve(name);
  if (id !== null) return run.read(id, name, span);
  if (run.unit.module.macros.includes(name)) {
    return doubtful({ kind: 'name', text: `\`${name}\`, which the preprocessor replaces`, span });
  }
  const outer = run.outerNames(name, run.definition);
  if (outer !== null) return outer;
  const imported = run.unit.importOf(name);
  const paths = imported === null ? run.typePaths(name) : [imported.path];
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, span, paths);
  return doubtful({ kind: 'name', text: `\`${name}\`, which is defined elsewhere`, span }, paths);
}

function evaluateMember(node: Expression & { kind: 'member' }, run: Evaluation): Value {
  const object = evaluate(node.object, run);
  const isSelf = node.object.kind === 'name' && ['this', 'self', '$this', '@'].includes(node.object.name);
  const isClass =
    node.object.kind === 'name' &&
    run.unit.classes.some((known) => node.object.kind === 'name' && known.name === node.object.name);
  if (isSelf || (isClass && run.resolve(node.object.kind === 'name' ? node.object.name : '') === null)) {
    const own = run.outerNames(
      `${isSelf ? 'this' : node.object.kind === 'name' ? node.object.name : ''}.${node.name}`,
      run.definition,
    );
    if (own !== null) return own;
  }
  const paths = [...object.paths, ...object.types].map((path) => `${path}.${node.name}`);
  if (paths.length === 0) paths.push(`?.${node.name}`);
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, node.span, paths);
  if (run.knowledge.isPlatformConstant(paths)) return someConstant(true);
  // A part of the request object is as remote as the whole.
  if (
    object.taints.length > 0 &&
    object.doubts.length === 0 &&
    !object.isContainer &&
    node.name !== 'length'
  ) {
    return { ...derived(object), paths };
  }
  const text = run.unit.textOf(node.span).replace(/\s+/g, '');
  const doubt: Doubt = { kind: 'field', text: `\`${text.slice(0, 80)}\``, span: node.span };
  return { ...doubtful(doubt, paths), shadows: [...object.taints, ...object.shadows].slice(0, 6) };
}

function evaluateIndex(node: Expression & { kind: 'index' }, run: Evaluation): Value {
  const object = evaluate(node.object, run);
  const index = evaluate(node.index, run);
  const paths = [...object.paths, ...object.types].map((path) => `${path}[]`);
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, node.span, paths);
  const position = allConstants(index);
  if (position?.length === 1 && position[0]?.kind === 'int' && isFixedShape(object)) {
    const at = position[0].value;
    const element = object.elements?.[at];
    if (element !== undefined) return element;
    const texts = object.constants;
    if (
      texts !== null &&
      isFixed(object) &&
      run.unit.language !== 'go' &&
      !run.traits.catalog.startsWith('c')
    ) {
      return mapConstants([object], ([value]) =>
        value?.kind === 'string' && value.value[at] !== undefined && at >= 0
          ? { kind: 'string', value: value.value[at] }
          : null,
      );
    }
  }
  const element = compose([object, index], object.isText);
  return { ...elementOf(object, element, node), paths };
}

/** One element of a collection whose elements are not told apart: which one it is stays open. */
export function elementOf(collection: Value, element: Value, node: Expression): Value {
  if (!collection.isContainer) return element;
  return dependent(element, { kind: 'shared', text: 'an element of a collection', span: node.span });
}

function isFixedShape(value: Value): boolean {
  return value.elements !== null || value.constants !== null;
}

function evaluateBinary(node: Expression & { kind: 'binary' }, run: Evaluation): Value {
  const left = evaluate(node.left, run);
  const { operator } = node;
  if (operator === '&&' || operator === '||' || operator === '??') {
    const truth = operator === '??' ? null : truthOfValue(left, run);
    if (truth !== null && truth === (operator === '||')) return left;
    const before = run.state?.fork() ?? null;
    const right = evaluate(node.right, run);
    if (truth !== null) return right;
    if (before !== null && run.state !== null) run.state = run.state.join(before, null);
    return joinValues(left, right);
  }
  const right = evaluate(node.right, run);
  const folded = mapConstants([left, right], ([a, b]) =>
    a === undefined || b === undefined ? null : foldBinary(operator, a, b, run.unit.language),
  );
  const isText =
    operator === '.' || ((operator === '+' || operator === '%') && (left.isText || right.isText));
  if (isText) return { ...folded, isText: true };
  // What comes of a comparison or of arithmetic is no text that somebody wrote.
  return dependent(folded, { kind: 'syntax', text: `the result of \`${operator}\``, span: node.span });
}

/** Applies a folding to every combination of exact constants; without them the result is as doubtful as its parts. */
function mapConstants(
  values: readonly Value[],
  fold: (constants: readonly Constant[]) => Constant | null,
): Value {
  const isText = values.some((value) => value.isText);
  const whole = { ...compose(values, isText) };
  let combinations: Constant[][] = [[]];
  for (const value of values) {
    const constants = allConstants(value);
    if (constants === null || combinations.length * constants.length > MAX_PRODUCTS) return whole;
    combinations = combinations.flatMap((known) => constants.map((constant) => [...known, constant]));
  }
  const folded = combinations.map(fold);
  const exact = folded.filter((constant) => constant !== null);
  if (exact.length !== folded.length || exact.length === 0) return whole;
  return { ...whole, ...pickConstants(constantValue(...exact)) };
}

function pickConstants(value: Value): Pick<Value, 'constants' | 'isText'> {
  const joined = (value.constants ?? []).map((constant) => constantValue(constant)).reduce(joinValues);
  return { constants: joined.constants, isText: joined.isText };
}

function evaluateTemplate(parts: readonly Value[], run: Evaluation): Value {
  if (parts.length === 0) return someConstant(true);
  const text = mapConstants(parts, (constants) => {
    const texts = constants.map((constant) =>
      constant.kind === 'bool' || constant.kind === 'null' ? null : joinedText(constant, run.unit.language),
    );
    return texts.some((part) => part === null) ? null : { kind: 'string', value: texts.join('') };
  });
  return { ...text, isText: true };
}

function evaluateTernary(node: Expression & { kind: 'ternary' }, run: Evaluation): Value {
  const truth = evaluateCondition(node.condition, run).truth;
  if (truth !== null) return evaluate(truth ? node.consequence : node.otherwise, run);
  const before = run.state?.fork() ?? null;
  const taken = evaluate(node.consequence, run);
  const afterThen = run.state;
  run.state = before;
  const otherwise = evaluate(node.otherwise, run);
  if (afterThen !== null && run.state !== null) run.state = run.state.join(afterThen, null);
  return joinValues(taken, otherwise);
}

/** A condition's value, and what it says of the sources it looks at. */
export function evaluateCondition(
  node: Expression,
  run: Evaluation,
): { readonly truth: boolean | null; readonly value: Value } {
  const value = evaluate(node, run);
  const truth = truthOfValue(value, run);
  if (truth === null) markGuards(node, run);
  return { truth, value };
}

export function truthOfValue(value: Value, run: Evaluation): boolean | null {
  const constants = allConstants(value);
  if (constants === null || constants.length === 0) return null;
  const truths = constants.map((constant) => truthOf(constant, run.unit.language));
  const [first = null] = truths;
  return truths.every((truth) => truth === first) ? first : null;
}

/** A call or comparison in a condition may be a check of the input; a test for null or emptiness is not. */
function markGuards(node: Expression, run: Evaluation): void {
  if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
    markGuards(node.left, run);
    markGuards(node.right, run);
    return;
  }
  if (node.kind === 'unary') {
    markGuards(node.operand, run);
    return;
  }
  if (node.kind === 'binary' && [node.left, node.right].some(isNullOrEmpty)) return;
  if (node.kind !== 'call' && node.kind !== 'binary') return;
  if (node.kind === 'call' && node.arguments.length === 0) return;
  for (const name of checkedNames(node)) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    for (const taint of [...(value?.taints ?? []), ...(value?.shadows ?? [])])
      run.state?.guarded.add(taint.span.start);
  }
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

function evaluateAssign(node: Expression & { kind: 'assign' }, run: Evaluation): Value {
  if (node.operator === '&&' || node.operator === '||' || node.operator === '??') {
    const old = evaluate(node.target, run);
    const before = run.state?.fork() ?? null;
    const value = joinValues(old, evaluateShared(node.value, run));
    assignTo(node.target, value, node, run);
    if (before !== null && run.state !== null) run.state = run.state.join(before, null);
    return value;
  }
  let value = evaluateShared(node.value, run);
  if (node.operator !== null) {
    const { operator } = node;
    const old = evaluate(node.target, run);
    const isText = (operator === '+' || operator === '.') && (old.isText || value.isText);
    value = mapConstants([old, value], ([a, b]) =>
      a === undefined || b === undefined ? null : foldBinary(operator, a, b, run.unit.language),
    );
    if (isText) value = { ...value, isText };
    if (old.isContainer) value = { ...value, isContainer: true };
  }
  const paths =
    node.target.kind === 'member' || node.target.kind === 'index' ? targetPaths(node.target, run) : [];
  const key = node.target.kind === 'index' ? [evaluate(node.target.index, run)] : [];
  run.observe(node, { paths, receiver: null, values: [value, ...key] });
  assignTo(node.target, value, node, run);
  return value;
}

function targetPaths(target: Expression & { kind: 'member' | 'index' }, run: Evaluation): readonly string[] {
  const object = evaluate(target.object, run);
  const suffix = target.kind === 'member' ? `.${target.name}` : '[]';
  return [...[...object.paths, ...object.types].map((path) => `${path}${suffix}`), `?${suffix}`];
}

function evaluateTypeTest(node: Expression & { kind: 'type_test' }, run: Evaluation): Value {
  const value = evaluateShared(node.operand, run);
  if (node.binds !== null) run.store(run.declare(node.binds, 'function', node.span, []), value);
  return compose([value, doubtful({ kind: 'syntax', text: 'a type test', span: node.span })], false);
}

function evaluatePointer(node: Expression & { kind: 'reference' | 'dereference' }, run: Evaluation): Value {
  const value = evaluateShared(node.operand, run);
  if (node.kind === 'reference' && run.unit.language === 'go') return value;
  return withDoubt(value, { kind: 'shared', text: 'a value behind a pointer or reference', span: node.span });
}

function evaluateComprehension(node: Expression & { kind: 'comprehension' }, run: Evaluation): Value {
  run.pushScope();
  const values = node.iterables.map((iterable) => evaluate(iterable, run));
  for (const name of node.names)
    run.store(run.declare(`${name}`, 'block', node.span, []), derived(compose(values, false)));
  const body = node.body.map((part) => evaluate(part, run));
  run.popScope();
  // Names of a comprehension are not scoped by block in languages without blocks: what they hid is not known any more.
  if (!run.traits.blockScoped)
    for (const name of node.names)
      run.state?.set(
        name,
        doubtful({ kind: 'syntax', text: `\`${name}\`, used in a comprehension`, span: node.span }),
      );
  return { ...compose([...values, ...body], false), isContainer: true };
}

function evaluateMatch(node: Expression & { kind: 'match' }, run: Evaluation): Value {
  const subject = evaluate(node.subject, run);
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
            arm.labels.map((label) => evaluate(label, run)),
            run,
          );
    if (hit === false) continue;
    run.state = before?.fork() ?? null;
    results.push(evaluate(arm.value, run));
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

function evaluateUnknown(node: Expression & { kind: 'unknown' }, run: Evaluation): Value {
  for (const child of node.children) evaluate(child, run);
  const doubt: Doubt = {
    kind: 'syntax',
    text: `syntax that is not modelled (${node.what})`,
    span: node.span,
  };
  if (node.names.includes('*')) run.giveUp('code nested too deeply', node.span);
  for (const name of node.names) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    if (id !== null && value !== undefined) run.store(id, withDoubt(value, doubt));
  }
  return doubtful(doubt);
}

function someFunction(node: Expression & { kind: 'lambda' }, run: Evaluation): Value {
  // A function that reads a collection may keep it and change it later.
  for (const name of run.use.own) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    if (value?.isContainer === true && run.unit.textOf(node.span).includes(name))
      run.poison(name, `\`${name}\`, which a closure holds`, node.span);
  }
  return someConstant();
}

function evaluateCall(node: CallExpression, run: Evaluation): Value {
  const receiver = node.callee.kind === 'member' ? evaluate(node.callee.object, run) : null;
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
  return evaluate(argument.value, run);
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
    evaluate(callee, run);
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

function applySideEffects(
  node: CallExpression,
  effect: CallEffect | null,
  values: readonly Value[],
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
  if (effect === 'appends' && root !== null && node.callee.kind === 'member') {
    assignTo(node.callee.object, compose(values, false), node, run, true);
    configure(root, node.callee.name, values, run);
    for (const argument of node.arguments)
      if (argument.value.kind === 'name') holdArgument(argument.value, node, run);
    return;
  }
  if (effect === 'propagates' || effect === 'converts' || effect === 'inert') return;
  for (const argument of node.arguments) holdArgument(argument.value, node, run);
  if (root === null || node.callee.kind !== 'member') return;
  // A method that nobody knows may change its receiver in place where text and objects are values of the variable itself.
  if (run.traits.receiversMayChange)
    run.poison(root, `\`${root}\`, which \`${calleeText(node, run)}\` may change`, node.span);
  else poisonContainer(root, node, run);
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

/** An unknown call may keep and change the collections it is given, and in some languages the variables themselves. */
function holdArgument(argument: Expression, call: CallExpression, run: Evaluation): void {
  const name = rootName(argument);
  if (name === null) {
    for (const child of childrenOfExpression(argument))
      if (argument.kind === 'list' || argument.kind === 'map' || argument.kind === 'ternary')
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
  if (value?.isContainer === true)
    run.poison(name, `\`${name}\`, which \`${calleeText(call, run)}\` may change`, call.span);
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
  if (effect === 'propagates') return compose(parts, true);
  if (effect === 'converts') return dependent(compose(parts, true), doubt);
  if (effect === 'makes_builder') return { ...compose(values, false), isContainer: true };
  if (effect === 'appends') return { ...compose(parts, false), isContainer: true };
  const whole = compose(parts, false);
  return { ...doubtful(doubt), shadows: [...whole.taints, ...whole.shadows].slice(0, 6) };
}

/** `URLDecoder.decode(x)`: the receiver is a class or module, no value. */
function isNamespace(node: CallExpression, run: Evaluation): boolean {
  if (node.callee.kind !== 'member') return false;
  const root = rootName(node.callee.object);
  return root !== null && run.resolve(root) === null && !containsCall(node.callee.object);
}

function containsCall(node: Expression): boolean {
  return node.kind === 'call' || childrenOfExpression(node).some(containsCall);
}

export function calleeText(node: CallExpression, run: Evaluation): string {
  const text = run.unit.textOf(node.callee.span).replace(/\s+/g, '');
  return text.length > 60 ? `…${text.slice(-58)}` : text;
}
