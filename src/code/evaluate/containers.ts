// What the methods of lists, maps and growing texts do to what is in them, and what they give back.
import type { CallExpression } from '../ir.ts';
import type { ContainerOperation } from './api-knowledge.ts';
import type { Evaluation } from './evaluation.ts';
import { contentOf, type HeapObject, listObject } from './heap.ts';
import { type Key, keyOf, loosened, oneOf, readPlace, written, writtenAt } from './object-places.ts';
import { evaluateTemplate } from './templates.ts';
import {
  allConstants,
  constantValue,
  type Doubt,
  doubtful,
  EMPTY,
  joinValues,
  own,
  someConstant,
  type Value,
  withDoubt,
} from './value.ts';
import { compose, dependent } from './value-parts.ts';

const ABSENT = constantValue({ kind: 'null', value: null });

interface Operating {
  readonly node: CallExpression;
  readonly receiver: Value;
  readonly values: readonly Value[];
  readonly run: Evaluation;
}

/** What a method of a container whose objects are all known gives back, its effect done; null when the catalogue does not know it. */
export function operate(
  node: CallExpression,
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  if (receiver === null || node.callee.kind !== 'member') return null;
  const objects = receiver.objects.flatMap((id) => run.state?.heap.get(id) ?? []);
  const [first] = objects;
  if (first === undefined || objects.length !== receiver.objects.length) return null;
  if (objects.some(({ model }) => model !== first.model) || first.model === null) return null;
  if (node.arguments.some(({ value, name }) => value.kind === 'spread' || name !== null)) return null;
  const operation = run.knowledge.containerOperation(first.model, node.callee.name, values.length);
  if (operation === null) return null;
  const operating = { node, receiver, values, run };
  const result = READERS[operation]?.(objects, operating) ?? receiver;
  const change = WRITERS[operation];
  if (change !== undefined) run.changeObjects(receiver, (object) => change(object, operating));
  const doubted = own(receiver).doubts.reduce(withDoubt, run.look(result));
  return GIVES_RECEIVER.has(operation) ? run.look(receiver) : doubted;
}

const GIVES_RECEIVER: ReadonlySet<ContainerOperation> = new Set([
  'append',
  'prepend',
  'set-text',
  'put-self',
  'shuffle',
]);

type Reader = (objects: readonly HeapObject[], operating: Operating) => Value;

const READERS: Partial<Record<ContainerOperation, Reader>> = {
  push: () => someConstant(),
  'push-front': () => someConstant(),
  extend: () => someConstant(),
  insert: () => someConstant(),
  clear: () => someConstant(),
  size: () => someConstant(),
  contains: (objects, operating) => answered(objects, operating),
  put: (objects, operating) => read(objects, operating, keyOf(operating.values[0])),
  at: (objects, operating) => read(objects, operating, keyOf(operating.values[0])),
  'at-or': (objects, operating) =>
    orElse(read(objects, operating, keyOf(operating.values[0])), operating.values[1] ?? ABSENT),
  remove: (objects, operating) => read(objects, operating, keyOf(operating.values[0])),
  first: (objects, operating) => read(objects, operating, 0),
  shift: (objects, operating) => read(objects, operating, 0),
  last: (objects, operating) => read(objects, operating, -1),
  pop: (objects, operating) => read(objects, operating, -1),
  any: (objects, operating) => anyOf(objects, operating),
  values: (objects, operating) => shown(operating, joinAll(objects.map(valuesOf)), true),
  copy: (objects, operating) =>
    shown(
      operating,
      joinAll(objects.map((object) => ({ ...object, isMany: false }))),
      operating.run.traits.catalog === 'java',
    ),
  keys: (objects, operating) => answered(objects, operating),
  join: (objects, operating) => joinedText(objects, operating),
  text: (objects) => ({ ...objects.map((object) => textOf(object)).reduce(joinValues), isText: true }),
};

/** The values of a map are a view of it, and so are Java's iterators. */
function shown({ node, receiver, run }: Operating, object: HeapObject, isView: boolean): Value {
  const made = run.allocate(node.span, object);
  if (isView) run.link(made, receiver);
  return made;
}

type Writer = (object: HeapObject, operating: Operating) => HeapObject;

const WRITERS: Partial<Record<ContainerOperation, Writer>> = {
  push: (object, { values }) => withElements(object, values, 'end'),
  'push-front': (object, { values }) => withElements(object, values, 'start'),
  insert: (object, { values }) => loosened(object, values.slice(1)),
  extend: (object, { values, run }) => extended(object, values, run),
  'put-self': (object, operating) =>
    writtenAt(object, operating.values[0] ?? EMPTY, operating.values[1] ?? EMPTY),
  put: (object, operating) =>
    writtenAt(object, operating.values[0] ?? EMPTY, operating.values.at(-1) ?? EMPTY),
  remove: (object, operating) => without(object, keyOf(operating.values[0])),
  shift: (object) => without(object, 0),
  pop: (object) => without(object, -1),
  clear: (object) => ({
    ...object,
    elements: object.elements === null && object.shape !== 'list' ? null : [],
    entries: new Map(),
    rest: null,
  }),
  shuffle: (object) => loosened(object, []),
  append: (object, { values, run }) => ({
    ...object,
    rest: own(evaluateTemplate([textOf(object), ...values.slice(0, 1)], run)),
  }),
  prepend: (object, { values, run }) => ({
    ...object,
    rest: own({ ...evaluateTemplate([textOf(object), ...values], run), constants: null }),
  }),
  'set-text': (object, { values, run }) => ({ ...object, rest: own(evaluateTemplate(values, run)) }),
};

function read(objects: readonly HeapObject[], { run, node }: Operating, key: Key): Value {
  return objects.map((object) => readPlace(object, key, run, node)).reduce(joinValues);
}

/** The default counts where nothing may be there, and alone where surely nothing is. */
function orElse(found: Value, otherwise: Value): Value {
  const kinds = allConstants(found)?.map(({ kind }) => kind);
  if (kinds === undefined || kinds.length === 0) return joinValues(found, otherwise);
  if (!kinds.includes('null')) return found;
  return kinds.every((kind) => kind === 'null') ? otherwise : joinValues(found, otherwise);
}

function anyOf(objects: readonly HeapObject[], { node, run }: Operating): Value {
  return objects
    .map((object) => {
      const value = run.look(oneOf(object, node));
      return object.doubt === null ? value : withDoubt(value, object.doubt);
    })
    .reduce(joinValues);
}

/** What is known of an answer: what it hangs on, none of the constants themselves. */
function answered(objects: readonly HeapObject[], operating: Operating): Value {
  return dependent(compose([anyOf(objects, operating)], false), doubtAt(operating));
}

function doubtAt({ node }: Operating): Doubt {
  return { kind: 'call', text: 'what a collection was asked', span: node.span };
}

function withElements(object: HeapObject, values: readonly Value[], where: 'start' | 'end'): HeapObject {
  if (object.elements === null || object.elements.length + values.length > 64)
    return loosened(object, values);
  const added = values.map(own);
  return {
    ...object,
    elements: where === 'end' ? [...object.elements, ...added] : [...added, ...object.elements],
  };
}

function extended(object: HeapObject, values: readonly Value[], run: Evaluation): HeapObject {
  const [given] = values;
  const [id, ...others] = given?.objects ?? [];
  const source = id === undefined || others.length > 0 ? undefined : run.state?.heap.get(id);
  const isLike = source !== undefined && source.shape === object.shape && source.model === object.model;
  if (source === undefined || !isLike || source.doubt !== null || source.rest !== null) {
    const inside = given === undefined ? [] : [{ ...given, constants: null }];
    return loosened(object, inside);
  }
  let result = withElements(object, source.elements ?? [], 'end');
  for (const [key, value] of source.entries) result = written(result, key, value);
  return result;
}

function without(object: HeapObject, key: Key): HeapObject {
  if (typeof key === 'number' && object.elements !== null) {
    const at = key < 0 ? object.elements.length + key : key;
    if (at < 0 || at >= object.elements.length) return object;
    return { ...object, elements: object.elements.toSpliced(at, 1) };
  }
  if (key !== null && object.entries.has(String(key)) && object.rest === null) {
    const entries = new Map(object.entries);
    entries.delete(String(key));
    return { ...object, entries };
  }
  return object.elements === null ? object : loosened(object, []);
}

function valuesOf(object: HeapObject): HeapObject {
  const values = [...(object.elements ?? []), ...object.entries.values()];
  const list = listObject(values);
  return {
    ...list,
    rest: object.rest,
    elements: object.rest === null ? list.elements : null,
    doubt: object.doubt,
  };
}

function joinAll(objects: readonly HeapObject[]): HeapObject {
  const [first, ...others] = objects;
  if (first === undefined || others.length > 0) {
    const parts = objects.flatMap((object) => contentOf(object) ?? []);
    return { ...listObject([]), elements: null, rest: parts.length === 0 ? null : parts.reduce(joinValues) };
  }
  return first;
}

function joinedText(objects: readonly HeapObject[], { values, run, node, receiver }: Operating): Value {
  const [object] = objects;
  const separator = values[0] ?? constantValue({ kind: 'string', value: ',' });
  if (objects.length === 1 && object?.elements != null && object.doubt === null) {
    const parts = object.elements.flatMap((element, index) =>
      index === 0 ? [element] : [separator, element],
    );
    if (parts.every(({ objects: inner }) => inner.length === 0)) return evaluateTemplate(parts, run);
  }
  const whole = [run.look(receiver), ...values].map((value) => ({
    ...own(value),
    doubts: value.doubts,
    taints: value.taints,
  }));
  const joined = whole.reduce(joinValues, someConstant(true));
  return joined.taints.length === 0 && joined.doubts.length === 0
    ? someConstant(true)
    : {
        ...doubtful({ kind: 'call', text: 'a text joined from a collection', span: node.span }),
        ...{ doubts: joined.doubts, taints: joined.taints, steps: joined.steps, isText: true },
      };
}

function textOf(object: HeapObject): Value {
  const text = object.rest ?? constantValue({ kind: 'string', value: '' });
  return object.doubt === null ? text : withDoubt(text, object.doubt);
}
