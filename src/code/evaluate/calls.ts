// Calls: what they give back, and what they may change.
import type { Argument, CallExpression, Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { CallEffect, ContainerMade } from './api-knowledge.ts';
import { applySideEffects, calleeText } from './call-effects.ts';
import { mapConstants } from './constants.ts';
import { operate } from './containers.ts';
import type { Evaluation } from './evaluation.ts';
import { foldTextMethod } from './fold.ts';
import { formatStyle, formatText } from './format-text.ts';
import { type HeapObject, listObject, mapObject, plainObject, textObject } from './heap.ts';
import { invoke } from './invoke.ts';
import { countBindings } from './loose-names.ts';
import { evaluateName } from './names.ts';
import { readResource } from './resources.ts';
import {
  allConstants,
  constantValue,
  type Doubt,
  doubtful,
  isFixed,
  joinValues,
  own,
  retyped,
  someConstant,
  tainted,
  type Value,
  withStep,
} from './value.ts';
import { cleanedFor, compose, dependent, partOf, uncleaned, unplaced } from './value-parts.ts';
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
  const inside = operate(node, receiver, values, run);
  if (inside !== null) return inside;
  const inner = invoke(node, receiver, values, run);
  if (inner !== null) {
    run.followed.add(node);
    return inner;
  }
  const resource = readResource(node, paths, receiver, values, run);
  if (resource !== null) return resource;
  if (isPlatformCall(paths, values, run)) return withStep(someConstant(true), node.span);
  const made = makeContainer(node, paths, values, run);
  if (made !== null) return made;
  const contexts = isOwnName(paths, run) ? null : run.knowledge.cleansFor(paths, values.length);
  if (contexts !== null) {
    const whole = compose(values, true);
    return { ...cleanedFor(whole, contexts), steps: withStep(whole, node.span).steps };
  }
  if (
    receiver !== null &&
    node.callee.kind === 'member' &&
    isPlainText(receiver) &&
    run.knowledge.isNumberMethod(node.callee.name)
  )
    return cleanedFor(compose([receiver, ...values], false), ['number']);
  const effect = effectOf(node, receiver, paths, run);
  applySideEffects(node, effect, { receiver, values }, run);
  const isTextMethod = effect === 'propagates' && run.knowledge.effectOf(paths) === null;
  const result = resultOf(node, effect, receiver, values, run, isTextMethod);
  const type = run.knowledge.returnedType(paths);
  const known = paths.filter((path) => !path.startsWith('?.'));
  const types = [...(node.isNew ? known : []), ...(type === null ? [] : [type])];
  return retyped(result, node.isNew ? [] : known.map((path) => `${path}()`), types);
}

/** The file gives the name a meaning of its own (a module opened again, a function of its namespace). */
function isOwnName(paths: readonly string[], { unit }: Evaluation): boolean {
  const heads = new Set(paths.map((path) => path.split(/[.(]/, 1)[0] ?? ''));
  return (
    unit.classes.some(({ name }) => name !== null && heads.has(name)) ||
    unit.functions.some(({ name, kind }) => kind === 'function' && name !== null && heads.has(name))
  );
}

/** The one name that is asked for is the platform's own, and this file does not set it. */
function isPlatformCall(paths: readonly string[], values: readonly Value[], run: Evaluation): boolean {
  const known = run.knowledge.platformCall(paths);
  if (known === null || known.unlessText?.test(run.unit.text) === true) return false;
  if (known.keys === null) return values.length === 0;
  const [name] = values;
  const names = name === undefined || values.length > 1 ? null : allConstants(name);
  return names?.every(({ value }) => known.keys?.has(String(value)) === true) ?? false;
}

/** A list, map or growing text that the call makes. */
function makeContainer(
  node: CallExpression,
  paths: readonly string[],
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  const made = run.knowledge.containerMade(paths);
  if (made === null) return null;
  // A text that is begun with another is written over from its start; keywords are entries, or options.
  if (run.traits.catalog === 'python' && made.shape === 'text' && values.length > 0) return null;
  if (
    made.from === 'content' &&
    node.arguments.some(({ name, value }) => name !== null || value.kind === 'spread')
  )
    return null;
  // A class without a name, or a list of what is put in: it fills itself.
  if (node.isNew && run.unit.textOf(node.span).endsWith('}')) return null;
  const types = node.isNew ? paths.filter((path) => !path.startsWith('?.')) : [];
  const object = { ...contentMade(node, made, values, run), model: made.model };
  const result = run.allocate(node.span, object);
  const [first] = values;
  // `unmodifiableList` is a view, and so are the defaults of `Properties`.
  const mayShow =
    run.traits.catalog === 'java' && made.from === 'content' && (!node.isNew || made.shape === 'map');
  if (mayShow && first !== undefined) run.link(result, first);
  return retyped(result, [], types);
}

function contentMade(
  node: CallExpression,
  { model, shape, from, unordered }: ContainerMade,
  values: readonly Value[],
  run: Evaluation,
): HeapObject {
  const [first] = values;
  if (shape === 'text') {
    const isText = first?.isText === true || (first?.taints.length ?? 0) > 0;
    if (first === undefined || allConstants(first)?.every(({ kind }) => kind === 'int') === true)
      return textObject(constantValue({ kind: 'string', value: '' }));
    return textObject({ ...own(first), isText, doubts: first.doubts, taints: first.taints });
  }
  const empty = shape === 'list' ? listObject([]) : mapObject(new Map());
  if (from === 'nothing') return empty;
  const isSpread = node.arguments.some(({ value }) => value.kind === 'spread');
  if (from === 'arguments') {
    // One argument that may be an array stands for its elements.
    if (!isSpread && !(values.length === 1 && first?.isText !== true && first?.constants === null))
      return listObject(values);
    // What an array was made of, a list of it writes through to.
    for (const value of values)
      run.escape(value, { kind: 'shared', text: 'an array that a collection was made of', span: node.span });
    return { ...empty, elements: null, rest: blurredSum(values, run) };
  }
  if (first === undefined || allConstants(first)?.every(({ kind }) => kind === 'int') === true) return empty;
  const [id, ...others] = first.objects;
  const source =
    id === undefined || others.length > 0 || own(first).doubts.length > 0
      ? undefined
      : run.state?.heap.get(id);
  // What another kind of collection holds in which order is its own to say.
  const isLike =
    source !== undefined &&
    source.shape === shape &&
    (source.model === model || source.model === run.knowledge.literalModel('list'));
  // What a map was made of may say which keys are the same (`TreeMap` with an order, `Dictionary` with a comparer).
  const compares: Doubt = {
    kind: 'shared',
    text: 'a map that may compare keys in its own way',
    span: node.span,
  };
  const doubt = shape === 'map' && (source === undefined || !isLike || values.length > 1) ? compares : null;
  if (source === undefined || !isLike)
    return { ...empty, elements: null, rest: blurredSum(values, run), doubt };
  const copied = { ...source, shape, settings: new Map(), isMany: false, doubt: doubt ?? source.doubt };
  if (unordered !== true || copied.elements === null || copied.elements.length === 0) return copied;
  const any = copied.elements.reduce(joinValues);
  return { ...copied, elements: copied.elements.map(() => any) };
}

function blurredSum(values: readonly Value[], run: Evaluation): Value {
  return values
    .map((given): Value => {
      const value = run.look(given);
      return { ...own(value), doubts: value.doubts, taints: value.taints, constants: null };
    })
    .reduce(joinValues);
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
  const isElsewhere =
    run.resolve(callee.name) === null && run.outerNames(callee.name, run.definition) === null;
  // Of a name that the file gives away somewhere, nobody knows where it is seen.
  const isGiven = run.traits.catalog === 'javascript' && countBindings(run.unit, callee.name) > 0;
  return isElsewhere && !isGiven ? [callee.name] : [];
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
  if (!isPlainText(receiver)) return null;
  if (run.knowledge.isCleaningMethod(node.callee.name)) return 'converts';
  return run.knowledge.isTextMethod(node.callee.name) ? 'propagates' : null;
}

function isPlainText(value: Value): boolean {
  return (value.isText || value.types.some((type) => TEXT_TYPES.has(type))) && !value.isContainer;
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
  isTextMethod: boolean,
): Value {
  const parts =
    receiver === null ||
    (receiver.paths.length + receiver.types.length > 0 && !receiver.isText && isNamespace(node, run))
      ? values
      : [receiver, ...values];
  const doubt: Doubt = { kind: 'call', text: `\`${calleeText(node, run)}\``, span: node.span };
  if (effect === 'decodes') return uncleaned(compose(parts, true));
  if (effect === 'propagates') {
    const style = FORMAT_CALL.test(calleeName(node)) ? formatStyle(receiver, run.unit.language) : null;
    const whole = (style === null ? null : formatText(parts, style, doubt)) ?? compose(parts, true);
    return isTextMethod ? worked(calleeName(node), whole) : whole;
  }
  if (effect === 'converts') return dependent(uncleaned(compose(parts, true)), doubt);
  if (effect === 'makes_builder')
    return run.allocate(node.span, {
      ...plainObject(),
      rest: values.length === 0 ? null : blurredSum(values, run),
      settings: new Map(),
    });
  if (effect === 'appends' && receiver !== null && receiver.objects.length > 0) return run.look(receiver);
  if (effect === 'appends') return { ...unplaced(compose(parts, false)), isContainer: true };
  const whole = compose(parts, false);
  return { ...doubtful(doubt), shadows: [...whole.taints, ...whole.shadows].slice(0, 6) };
}

/** Text methods that put whole texts together. */
const KEEPS_WHOLE: ReadonlySet<string> = new Set([
  'join',
  'format',
  'formatted',
  'concat',
  'toString',
  'ToString',
  'to_s',
  'to_str',
  'dup',
  'freeze',
]);

/** Of a text that a method took apart or spelled in another way, some harmlessness is gone. */
function worked(name: string, value: Value): Value {
  if (KEEPS_WHOLE.has(name)) return value;
  return /code|Bytes|^unpack|normali[sz]e/i.test(name) ? uncleaned(value) : partOf(value);
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
