// Objects that more than one name may hold: what is in them, kept apart from the values that refer to them.
import type { ClassDefinition, Constant, SourceText } from '../ir.ts';
import type { Declared } from '../program.ts';
import {
  constantValue,
  type Doubt,
  EMPTY,
  joinSettings,
  joinValues,
  type ObjectId,
  own,
  sameSettings,
  sameValue,
  type Value,
  withDoubt,
} from './value.ts';
import { located } from './value-parts.ts';

/** Objects of one program point, from the outside in; beyond that nothing is told apart. */
const MAX_REACHED = 200;
const MAX_ELEMENTS = 64;
const MAX_ENTRIES = 128;

export interface HeapObject {
  /** `text`: a text that grows in place (a string builder). */
  readonly shape: 'list' | 'map' | 'object' | 'text';
  /** The elements in order; null when their number or order is not known, then they are in `rest`. */
  readonly elements: readonly Value[] | null;
  /** What stands under names that are known: fields, keys. */
  readonly entries: ReadonlyMap<string, Value>;
  /** Everything in it that has no known place; null when there is nothing of the kind, so that other names are surely not there. */
  readonly rest: Value | null;
  /** What setters of a library's object were given; null where ways disagree or the constant is not known. */
  readonly settings: ReadonlyMap<string, Constant | null>;
  /** The catalogue's entry that says what its methods do; null for objects that it does not know. */
  readonly model: string | null;
  /** The class of the repository that it was made of. */
  readonly made: Declared<ClassDefinition> | null;
  /** Somebody who is not looked at may change it. */
  readonly doubt: Doubt | null;
  /** Objects that show the same content, or did when they were made: what changes one may change them. */
  readonly beside: readonly ObjectId[];
  /** Stands for several objects, so that a new value is there beside the old one. */
  readonly isMany: boolean;
}

const NOTHING: HeapObject = {
  shape: 'list',
  elements: null,
  entries: new Map(),
  rest: null,
  settings: new Map(),
  model: null,
  made: null,
  doubt: null,
  beside: [],
  isMany: false,
};

export function listObject(elements: readonly Value[]): HeapObject {
  const kept = elements.map(own);
  return kept.length > MAX_ELEMENTS
    ? { ...NOTHING, rest: kept.reduce(joinValues) }
    : { ...NOTHING, elements: kept };
}

export function mapObject(entries: ReadonlyMap<string, Value>, rest: Value | null = null): HeapObject {
  if (entries.size > MAX_ENTRIES)
    return {
      ...NOTHING,
      shape: 'map',
      rest: [...entries.values(), ...(rest === null ? [] : [rest])].map(own).reduce(joinValues),
    };
  const kept = new Map([...entries].map(([key, value]) => [key, own(value)]));
  return { ...NOTHING, shape: 'map', entries: kept, rest: rest === null ? null : own(rest) };
}

export function plainObject(entries: ReadonlyMap<string, Value> = new Map()): HeapObject {
  return { ...NOTHING, shape: 'object', entries };
}

/** A text that grows in place; what is in it stands in `rest`. */
export function textObject(text: Value): HeapObject {
  return { ...NOTHING, shape: 'text', rest: own(text) };
}

/** All that an object holds itself, as one value; null when it is empty. */
export function contentOf(object: HeapObject): Value | null {
  const parts = [
    ...(object.elements ?? []),
    ...object.entries.values(),
    ...(object.rest === null ? [] : [object.rest]),
  ];
  const whole = parts.length === 0 ? null : parts.reduce(joinValues);
  if (object.doubt === null) return whole;
  return withDoubt(whole ?? EMPTY, object.doubt);
}

/** What every object may hold at one point; forked with the state that it belongs to, copied when first written. */
export class Heap {
  #objects: Map<ObjectId, HeapObject>;
  #isShared = false;

  constructor(objects = new Map<ObjectId, HeapObject>()) {
    this.#objects = objects;
  }

  get(id: ObjectId): HeapObject | undefined {
    return this.#objects.get(id);
  }

  set(id: ObjectId, object: HeapObject): void {
    if (this.#isShared) {
      this.#objects = new Map(this.#objects);
      this.#isShared = false;
    }
    this.#objects.set(id, object);
  }

  get entries(): Iterable<[ObjectId, HeapObject]> {
    return this.#objects;
  }

  some(test: (value: Value) => boolean): boolean {
    for (const object of this.#objects.values())
      for (const value of valuesIn(object)) if (test(value)) return true;
    return false;
  }

  fork(): Heap {
    const other = new Heap(this.#objects);
    other.#isShared = true;
    this.#isShared = true;
    return other;
  }

  join(other: Heap): Heap {
    if (this.#objects === other.#objects) return this.fork();
    const joined = new Map(this.#objects);
    for (const [id, theirs] of other.#objects) {
      const ours = joined.get(id);
      joined.set(id, ours === undefined || ours === theirs ? theirs : joinObjects(ours, theirs));
    }
    return new Heap(joined);
  }

  equals(other: Heap): boolean {
    if (this.#objects === other.#objects) return true;
    if (this.#objects.size !== other.#objects.size) return false;
    for (const [id, object] of this.#objects) {
      const theirs = other.#objects.get(id);
      if (theirs === undefined || !sameObject(object, theirs)) return false;
    }
    return true;
  }

  /** What differs from `before` is only known as a whole from here on, so that a loop's objects settle. */
  widen(before: Heap): void {
    for (const [id, object] of [...this.#objects]) {
      const old = before.#objects.get(id);
      if (old !== undefined && !sameObject(object, old)) this.set(id, blurred(object, old));
    }
  }

  /** Everything that can be reached from these objects, themselves included; null when that is too much to tell. */
  reach(roots: readonly ObjectId[]): readonly ObjectId[] | null {
    const found = new Set(roots);
    for (const id of found) {
      const object = this.#objects.get(id);
      if (object === undefined) continue;
      for (const value of valuesIn(object)) for (const inner of value.objects) found.add(inner);
      if (found.size > MAX_REACHED) return null;
    }
    return [...found];
  }

  /** Somebody who is not looked at holds these objects from now on, and what is in them. */
  escape(roots: readonly ObjectId[], doubt: Doubt): readonly ObjectId[] {
    const shown = new Set(roots);
    for (const id of shown) for (const other of this.#objects.get(id)?.beside ?? []) shown.add(other);
    const reached = this.reach([...shown]) ?? [...this.#objects.keys()];
    for (const id of reached) {
      const object = this.#objects.get(id);
      if (object !== undefined && object.doubt === null) this.set(id, { ...object, doubt });
    }
    return reached;
  }

  /** Says of all that these objects hold which file its places are of. */
  locate(roots: readonly ObjectId[], file: SourceText): void {
    for (const id of this.reach(roots) ?? [...this.#objects.keys()]) {
      const object = this.#objects.get(id);
      if (object === undefined) continue;
      this.set(id, {
        ...object,
        elements: object.elements?.map((value) => located(value, file)) ?? null,
        entries: new Map([...object.entries].map(([key, value]) => [key, located(value, file)])),
        rest: object.rest === null ? null : located(object.rest, file),
      });
    }
  }
}

function* valuesIn(object: HeapObject): Iterable<Value> {
  yield* object.elements ?? [];
  yield* object.entries.values();
  if (object.rest !== null) yield object.rest;
}

const ABSENT = constantValue({ kind: 'null', value: null });

export function joinObjects(a: HeapObject, b: HeapObject): HeapObject {
  if (a === b) return a;
  const sameLength = a.elements !== null && b.elements !== null && a.elements.length === b.elements.length;
  const elements = sameLength
    ? (a.elements ?? []).map((value, index) => joinValues(value, b.elements?.[index] ?? value))
    : null;
  const loose = sameLength ? [] : [...(a.elements ?? []), ...(b.elements ?? [])];
  const rests = [...loose, ...(a.rest === null ? [] : [a.rest]), ...(b.rest === null ? [] : [b.rest])];
  const entries = new Map<string, Value>();
  for (const key of new Set([...a.entries.keys(), ...b.entries.keys()])) {
    const ours = a.entries.get(key) ?? a.rest ?? ABSENT;
    const theirs = b.entries.get(key) ?? b.rest ?? ABSENT;
    entries.set(key, joinValues(ours, theirs));
  }
  return {
    shape: a.shape,
    elements,
    entries,
    rest: joinRest(a, b, rests),
    settings: joinSettings(a.settings, b.settings),
    model: a.model === b.model ? a.model : null,
    made: a.made?.definition === b.made?.definition ? a.made : null,
    doubt: a.doubt ?? b.doubt,
    beside: [...new Set([...a.beside, ...b.beside])],
    isMany: a.isMany || b.isMany,
  };
}

/** A growing text keeps its constants where both ways agree; other rests are sums. */
function joinRest(a: HeapObject, b: HeapObject, rests: readonly Value[]): Value | null {
  if (a.shape === 'text' && a.rest !== null && b.rest !== null) return joinValues(a.rest, b.rest);
  return rests.length === 0 ? null : rests.reduce(joinValues);
}

function blurred(object: HeapObject, old: HeapObject): HeapObject {
  const changed =
    object.elements === null || old.elements === null || object.elements.length !== old.elements.length;
  const elements = changed ? null : (object.elements?.map(withoutConstants) ?? null);
  const loose = changed ? (object.elements ?? []) : [];
  const rests = [...loose, ...(object.rest === null ? [] : [object.rest])].map(withoutConstants);
  return {
    ...object,
    elements,
    rest: rests.length === 0 ? null : rests.reduce(joinValues),
    entries: new Map([...object.entries].map(([key, value]) => [key, withoutConstants(value)])),
  };
}

function withoutConstants(value: Value): Value {
  return value.constants === null ? value : { ...value, constants: null };
}

function sameObject(a: HeapObject, b: HeapObject): boolean {
  if (a === b) return true;
  if ((a.doubt === null) !== (b.doubt === null) || a.isMany !== b.isMany || a.shape !== b.shape) return false;
  if (a.beside.length !== b.beside.length) return false;
  if (a.elements?.length !== b.elements?.length || a.entries.size !== b.entries.size) return false;
  if ((a.rest === null) !== (b.rest === null)) return false;
  if (a.rest !== null && b.rest !== null && !sameValue(a.rest, b.rest)) return false;
  if (!sameSettings(a.settings, b.settings)) return false;
  for (const [index, value] of (a.elements ?? []).entries())
    if (!sameValue(value, b.elements?.[index] ?? value)) return false;
  for (const [key, value] of a.entries) {
    const theirs = b.entries.get(key);
    if (theirs === undefined || !sameValue(value, theirs)) return false;
  }
  return true;
}
