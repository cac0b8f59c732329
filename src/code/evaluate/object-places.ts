// Places of an object: what stands at one, and what it means to put something there.
import type { Constant, Expression } from '../ir.ts';
import type { Evaluation } from './evaluation.ts';
import { contentOf, type HeapObject } from './heap.ts';
import {
  allConstants,
  constantValue,
  type Doubt,
  isFixed,
  joinValues,
  own,
  soleConstant,
  type Value,
  withDoubt,
} from './value.ts';
import { dependent } from './value-parts.ts';

const ABSENT = constantValue({ kind: 'null', value: null });

export type Key = string | number | null;

/** The one place that a constant means; null when it is not known. */
export function keyOf(value: Value | undefined): Key {
  const constant = value === undefined ? null : soleConstant(value);
  return constant === null ? null : keyOfConstant(constant);
}

/** A text that looks like a number is the same place as that number in some languages, and another one in others. */
function keyOfConstant(constant: Constant): Key {
  if (constant.kind === 'int') return constant.value;
  if (/^-?\d+$/.test(String(constant.value))) return null;
  return constant.kind === 'string' || constant.kind === 'char' ? String(constant.value) : null;
}

/** Whether a member of these objects is a plain field: no method of their class stands between. */
export function isPlainField(value: Value, name: string, run: Evaluation): boolean {
  return value.objects.every((id) => {
    const made = run.state?.heap.get(id)?.made?.definition;
    if (made === undefined) return true;
    if (made.methods.some((method) => method.name.replace(/\.(get|set)$/, '') === name)) return false;
    return made.supers.length === 0 || made.fields.some((field) => field.name === name);
  });
}

/** What stands at a place of an object now: surely nothing is `null`, and what nobody can tell is everything in it. */
export function readPlace(object: HeapObject, key: Key, run: Evaluation, node: Expression): Value {
  const value = run.look(placeOf(object, key, node));
  return object.doubt === null ? value : withDoubt(value, object.doubt);
}

function placeOf(object: HeapObject, key: Key, node: Expression): Value {
  if (typeof key === 'number' && object.elements !== null) {
    const element = object.elements.at(key);
    if (element !== undefined) return element;
  }
  if (key !== null) {
    const entry = object.entries.get(String(key));
    if (entry !== undefined) return entry;
    if (
      object.rest === null &&
      (typeof key === 'string' || object.elements !== null || object.entries.size > 0)
    )
      return ABSENT;
  }
  return oneOf(object, node);
}

/** One of the things in an object: which one stays open. */
export function oneOf(object: HeapObject, node: Expression): Value {
  const values = [...(object.elements ?? []), ...object.entries.values()];
  if (object.rest === null && values.length > 0) {
    // A key that is not known may be one that is not there.
    const whole = (object.shape === 'map' ? [ABSENT, ...values] : values).reduce(joinValues);
    if (
      values.every(({ taints }) => taints.length > 0) ||
      values.every((value) => allConstants(value) !== null)
    )
      return whole;
  }
  const whole = contentOf({ ...object, doubt: null }) ?? ABSENT;
  const doubt: Doubt = { kind: 'shared', text: 'an element of a collection', span: node.span };
  return { ...dependent({ ...whole, constants: null }, doubt), objects: whole.objects };
}

/** Puts a value at a place: surely when the place is known. */
export function written(object: HeapObject, key: Key, given: Value): HeapObject {
  const value = own(given);
  if (typeof key === 'number' && object.elements !== null && key >= 0 && key <= object.elements.length) {
    const elements = [...object.elements];
    elements[key] = value;
    return { ...object, elements };
  }
  if (typeof key === 'string' || (typeof key === 'number' && object.shape === 'map')) {
    return { ...object, entries: new Map(object.entries).set(String(key), value) };
  }
  return loosened(object, [value]);
}

/** Puts a value under a key; a key that is not known is in the map itself, for whoever asks for its keys. */
export function writtenAt(object: HeapObject, key: Value, given: Value): HeapObject {
  const changed = written(object, keyOf(key), given);
  const isKept = object.shape === 'list' || isFixed(key);
  return isKept ? changed : loosened(changed, [{ ...key, constants: null }]);
}

/** Nobody knows any more what stands where. */
export function loosened(object: HeapObject, added: readonly Value[]): HeapObject {
  const parts = [
    ...(object.elements ?? []),
    ...object.entries.values(),
    ...(object.rest === null ? [] : [object.rest]),
    ...added.map(own),
  ];
  if (parts.length === 0) return object;
  return { ...object, elements: null, entries: new Map(), rest: parts.reduce(joinValues) };
}
