// What an expression may be worth, and what its evaluation changes: one handler per kind.
import type { Expression } from '../ir.ts';
import { evaluateCall } from './calls.ts';
import { evaluateMatch, evaluateTernary } from './conditions.ts';
import { mapConstants } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { foldUnary, survivesType } from './fold.ts';
import { listObject, mapObject } from './heap.ts';
import { evaluateIndex, evaluateMember, evaluateName, evaluateSlice } from './names.ts';
import { keyOf } from './object-places.ts';
import { evaluateAssign, evaluateBinary, evaluateUpdate } from './operators.ts';
import { evaluateShared } from './sharing.ts';
import { evaluateTemplate } from './templates.ts';
import {
  constantValue,
  type Doubt,
  doubtful,
  joinValues,
  own,
  someConstant,
  type Value,
  withDoubt,
} from './value.ts';
import { compose, derived, listOf } from './value-parts.ts';

export function evaluateExpression(node: Expression, run: Evaluation): Value {
  if (!run.spend(node.span))
    return doubtful({ kind: 'syntax', text: 'the analysis budget', span: node.span });
  switch (node.kind) {
    case 'constant':
      return evaluateConstant(node, run);
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
      return mapConstants([run.evaluate(node.operand)], ([operand]) =>
        operand === undefined ? null : foldUnary(node.operator, operand, run.unit.language),
      );
    case 'ternary':
      return evaluateTernary(node, run);
    case 'template':
      return evaluateTemplate(
        node.parts.map((part) => run.evaluate(part)),
        run,
      );
    case 'list':
      return evaluateList(node, run);
    case 'map':
      return evaluateMap(node, run);
    case 'lambda':
      return someFunction(node, run);
    case 'assign':
      return evaluateAssign(node, run);
    case 'update':
      return evaluateUpdate(node, run);
    case 'cast': {
      const value = run.evaluate(node.operand);
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
      return node.items.map((item) => run.evaluate(item)).at(-1) ?? someConstant();
    case 'match':
      return evaluateMatch(node, run);
    case 'unknown':
      return evaluateUnknown(node, run);
  }
}

/** `true` and `nil` are names in some languages, and macros in others. */
function evaluateConstant(node: Expression & { kind: 'constant' }, run: Evaluation): Value {
  const { constant, span } = node;
  if (constant.kind === 'bool' || constant.kind === 'null') {
    const word = run.unit.textOf(span);
    if (run.resolve(word) !== null || run.unit.module.macros.includes(word))
      return doubtful({ kind: 'name', text: `\`${word}\`, which has another meaning here`, span });
  }
  return constantValue(constant);
}

/** With a spread in it nobody knows which element stands where. */
function evaluateList(node: Expression & { kind: 'list' }, run: Evaluation): Value {
  const elements = node.elements.map((element) => evaluateShared(element, run));
  const isExact = node.elements.every(({ kind }) => kind !== 'spread');
  if (run.traits.catalog === 'c')
    return isExact ? listOf(elements) : { ...compose(elements, false), isContainer: true };
  if (!isExact)
    for (const element of elements)
      run.escape(element, { kind: 'shared', text: 'a collection that was spread out', span: node.span });
  const object = isExact
    ? listObject(elements)
    : { ...listObject([]), elements: null, rest: own(compose(elements, false)) };
  return run.allocate(node.span, { ...object, model: run.knowledge.literalModel('list') });
}

function evaluateMap(node: Expression & { kind: 'map' }, run: Evaluation): Value {
  const entries = new Map<string, Value>();
  const loose: Value[] = [];
  for (const entry of node.entries) {
    const key = run.evaluate(entry.key);
    const given = evaluateShared(entry.value, run);
    // What an object with functions of its own is as text is theirs to say (`toString`).
    const value =
      entry.value.kind === 'lambda'
        ? withDoubt(given, { kind: 'call', text: 'an object with functions of its own', span: node.span })
        : given;
    const place = entry.value.kind === 'spread' ? null : keyOf(key);
    if (place === null) {
      // What stands before it under a name may be written over.
      loose.push(value, key, ...entries.values());
      entries.clear();
    } else entries.set(String(place), value);
  }
  const rest =
    loose.length === 0
      ? null
      : own(
          loose
            .map((value) => ({ ...own(value), doubts: value.doubts, taints: value.taints }))
            .reduce(joinValues),
        );
  return run.allocate(node.span, { ...mapObject(entries, rest), model: run.knowledge.literalModel('map') });
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
  const values = node.iterables.map((iterable) => run.evaluate(iterable));
  for (const value of values)
    run.escape(value, {
      kind: 'shared',
      text: 'a collection that a comprehension goes through',
      span: node.span,
    });
  for (const name of node.names)
    run.store(run.declare(`${name}`, 'block', node.span, []), derived(compose(values, false)));
  const body = node.body.map((part) => run.evaluate(part));
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

function evaluateUnknown(node: Expression & { kind: 'unknown' }, run: Evaluation): Value {
  const given = node.children.map((child) => evaluateShared(child, run));
  const doubt: Doubt = {
    kind: 'syntax',
    text: `syntax that is not modelled (${node.what})`,
    span: node.span,
  };
  for (const value of given) run.escape(value, doubt);
  if (node.names.includes('*'))
    run.giveUp(node.what === 'nesting' ? 'code nested too deeply' : node.what, node.span);
  for (const name of node.names) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    if (id !== null) run.store(id, value === undefined ? doubtful(doubt) : withDoubt(value, doubt));
  }
  return doubtful(doubt);
}

function someFunction(node: Expression & { kind: 'lambda' }, run: Evaluation): Value {
  const text = run.unit.textOf(node.span);
  if (run.self !== null && (run.traits.bareFields || /\b(this|self)\b/.test(text)))
    run.escape(run.self, { kind: 'shared', text: 'an object that a closure holds', span: node.span });
  // A function that reads a collection may keep it and change it later.
  for (const name of run.use.own) {
    const id = run.resolve(name);
    const value = id === null ? undefined : run.state?.get(id);
    if ((value?.isContainer === true || (value?.objects.length ?? 0) > 0) && text.includes(name))
      run.poison(name, `\`${name}\`, which a closure holds`, node.span);
  }
  return someConstant();
}
