// What names, members and elements stand for.
import { markOutside } from '#support/mark-outside.ts';
import type { Expression } from '../ir.ts';
import { mapConstants } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { pathOf, SELF } from './find-target.ts';
import { constantOfModule, isOnlyImported } from './module-constants.ts';
import { isPlainField, keyOf, readPlace } from './object-places.ts';
import {
  allConstants,
  type Doubt,
  doubtful,
  isFixed,
  joinValues,
  own,
  someConstant,
  tainted,
  type Value,
  withDoubt,
} from './value.ts';
import { compose, dependent, derived, located, partOf } from './value-parts.ts';
import { rootName } from './variables.ts';

export function evaluateName(name: string, node: Expression, run: Evaluation): Value {
  const span = node.span;
  const id = run.resolve(name);
  if (id !== null) return run.read(id, name, span);
  if (run.unit.module.macros.includes(name)) {
    return doubtful({ kind: 'name', text: `\`${name}\`, which the preprocessor replaces`, span });
  }
  if (run.self !== null) {
    if (SELF.has(name)) return run.look(run.self);
    const field = run.traits.bareFields ? ownField(name, node, run) : null;
    if (field !== null) return field;
  }
  const outer = run.outerNames(name, run.definition);
  if (outer !== null) return outer;
  const imported = run.unit.importOf(name);
  const shared =
    imported === null || !isOnlyImported(name, run) ? null : constantOfModule(imported.path, run);
  if (shared !== null) return shared;
  const paths = imported === null ? run.typePaths(name) : [imported.path];
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, span, paths);
  return doubtful({ kind: 'name', text: `\`${name}\`, which is defined elsewhere`, span }, paths);
}

/** A bare name that is a field of the object at hand. */
function ownField(name: string, node: Expression, run: Evaluation): Value | null {
  const objects = run.self?.objects.flatMap((id) => run.state?.heap.get(id) ?? []) ?? [];
  if (objects.length === 0 || !objects.every(({ entries }) => entries.has(name))) return null;
  return objects.map((known) => readPlace(known, name, run, node)).reduce(joinValues);
}

export function evaluateMember(node: Expression & { kind: 'member' }, run: Evaluation): Value {
  const object = run.evaluate(node.object);
  const isSelf =
    run.self === null &&
    node.object.kind === 'name' &&
    ['this', 'self', '$this', '@'].includes(node.object.name);
  const isClass =
    node.object.kind === 'name' &&
    run.unit.classes.some((known) => node.object.kind === 'name' && known.name === node.object.name);
  if (
    (isSelf && isOwnThis(run)) ||
    (isClass && run.resolve(node.object.kind === 'name' ? node.object.name : '') === null)
  ) {
    const own = run.outerNames(
      `${isSelf ? 'this' : node.object.kind === 'name' ? node.object.name : ''}.${node.name}`,
      run.definition,
    );
    if (own !== null) return own;
  }
  const held = readMember(object, node, run);
  if (held !== null) return held;
  // `f = list.append`: whoever has a collection's method can change it.
  if (run.traits.catalog === 'python' && object.objects.length > 0)
    run.escape(object, { kind: 'shared', text: 'a collection whose method is handed on', span: node.span });
  const shared = readStatic(node, run) ?? readModule(node, run);
  if (shared !== null) return shared;
  const paths = [...object.paths, ...object.types].map((path) => `${path}.${node.name}`);
  if (paths.length === 0) paths.push(`?.${node.name}`);
  // `f = list.append`: whoever has the method can change the list.
  if (object.isContainer && run.knowledge.effectOf([`?.${node.name}`]) === 'appends') {
    const root = rootName(node.object);
    if (root !== null) run.poison(root, `\`${root}\`, whose \`${node.name}\` is handed on`, node.span);
  }
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
  const doubt: Doubt = { kind: 'field', text: markOutside(run.unit.textOf(node.span)), span: node.span };
  return { ...doubtful(doubt, paths), shadows: [...object.taints, ...object.shadows].slice(0, 6) };
}

/** A constant of another module. */
function readModule(node: Expression & { kind: 'member' }, run: Evaluation): Value | null {
  const root = run.unit.language === 'python' ? rootName(node.object) : null;
  const path = root === null || !isOnlyImported(root, run) ? null : run.unit.resolvePath(node.object);
  return path === null ? null : constantOfModule(`${path}.${node.name}`, run);
}

/** A constant of a class in another file. */
function readStatic(node: Expression & { kind: 'member' }, run: Evaluation): Value | null {
  const path = pathOf(node.object, run);
  if (path === null) return null;
  const owner = run.scene.classAt(path.includes('.') ? [path] : [path, ...run.typePaths(path)]);
  const field = owner?.definition.fields.find(({ name, isStatic }) => name === node.name && isStatic);
  if (owner === null || field === undefined) return null;
  const value = run.scene.evaluatorOf(owner.unit).scene.fieldOf(field);
  return value === null ? null : located(value, owner.unit);
}

/** A field of objects that are known, none of them a method or a length of the language's own. */
function readMember(object: Value, node: Expression & { kind: 'member' }, run: Evaluation): Value | null {
  const objects = object.objects.flatMap((id) => run.state?.heap.get(id) ?? []);
  if (objects.length === 0 || objects.length !== object.objects.length) return null;
  if (!objects.every(({ entries, shape }) => entries.has(node.name) || shape === 'object')) return null;
  if (objects.some(({ shape, entries }) => shape === 'object' && !entries.has(node.name))) return null;
  if (!isPlainField(object, node.name, run)) return null;
  const value = objects.map((known) => readPlace(known, node.name, run, node)).reduce(joinValues);
  return own(object).doubts.reduce(withDoubt, value);
}

/** In JavaScript `this` is whatever the innermost function that is no arrow was called on. */
function isOwnThis(run: Evaluation): boolean {
  if (run.traits.catalog !== 'javascript') return true;
  const { unit, definition } = run;
  const owner = unit.functions
    .filter(({ kind, span }) => {
      if (span.start > definition.span.start || span.end < definition.span.end) return false;
      return kind !== 'lambda' || !/^(async\b\s*)?(\([^{]*?|[\w$]+)\s*=>/.test(unit.textOf(span));
    })
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  return owner !== undefined && unit.classes.some(({ methods }) => methods.includes(owner));
}

export function evaluateIndex(node: Expression & { kind: 'index' }, run: Evaluation): Value {
  const object = run.evaluate(node.object);
  const index = run.evaluate(node.index);
  const paths = [...object.paths, ...object.types].map((path) => `${path}[]`);
  const source = run.knowledge.sourceOf(paths);
  if (source !== null) return tainted(source, node.span, paths);
  const objects = object.objects.flatMap((id) => run.state?.heap.get(id) ?? []);
  if (objects.length > 0 && objects.length === object.objects.length) {
    const key = keyOf(index);
    const element = objects.map((known) => readPlace(known, key, run, node)).reduce(joinValues);
    return { ...own(object).doubts.reduce(withDoubt, element), paths: [...element.paths, ...paths] };
  }
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
  const element = partOf(compose([object, index], object.isText));
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

export function evaluateSlice(node: Expression & { kind: 'slice' }, run: Evaluation): Value {
  const object = run.evaluate(node.object);
  run.escape(object, { kind: 'shared', text: 'a part of a collection', span: node.span });
  const part = partOf(compose([object, ...node.bounds.map((bound) => run.evaluate(bound))], object.isText));
  // A Go slice of a slice is the same memory.
  return run.unit.language === 'go' ? { ...part, isContainer: object.isContainer } : part;
}
