// Which function a call means: by its name, its imports, the class of the object that it is called on.
import type { CallExpression, ClassDefinition, Expression, FunctionDefinition } from '../ir.ts';
import type { Declared } from '../program.ts';
import type { SourceUnit } from '../source-unit.ts';
import type { Evaluation } from './evaluation.ts';
import { countBindings } from './loose-names.ts';
import { type ObjectId, own, type Value } from './value.ts';

export const SELF: ReadonlySet<string> = new Set(['this', 'self', '$this']);

/** A function with its file, and the object that it is called on. */
export interface Target {
  readonly unit: SourceUnit;
  readonly definition: FunctionDefinition;
  readonly owner: ClassDefinition | null;
}

/** The one function that the call surely means. */
export function findTarget(node: CallExpression, receiver: Value | null, run: Evaluation): Target | null {
  const { callee } = node;
  if (callee.kind === 'name') return findByName(callee.name, node, run);
  if (callee.kind !== 'member') return null;
  const { object, name } = callee;
  if (object.kind === 'name' && SELF.has(object.name) && run.resolve(object.name) === null) {
    if (run.self !== null) {
      const made = classOfObjects(run.look(run.self), run);
      return made === null ? null : methodOf(made, name, node, run, run.self);
    }
    return run.ownClass === null
      ? null
      : methodOf({ unit: run.unit, definition: run.ownClass }, name, node, run, receiver);
  }
  const owner = classOfObjects(receiver, run);
  if (owner !== null) return methodOf(owner, name, node, run, receiver);
  if (object.kind === 'name' && run.resolve(object.name) === null) {
    const named = run.unit.classes.filter((known) => known.name === object.name);
    const [only] = named;
    if (only !== undefined && named.length === 1)
      return methodOf({ unit: run.unit, definition: only }, name, node, run, null, true);
  }
  return findAbroad(object, name, node, run);
}

/** `Utils.clean(x)`, `a.b.Utils.clean(x)`, `module.clean(x)` of another file. */
function findAbroad(object: Expression, name: string, node: CallExpression, run: Evaluation): Target | null {
  const path = pathOf(object, run);
  if (path === null) return null;
  const paths = path.includes('.') ? [path] : run.typePaths(path);
  const owner = run.scene.classAt(paths);
  if (owner !== null) return methodOf(owner, name, node, run, null, true);
  const found = run.scene.functionAt(paths.map((known) => `${known}.${name}`));
  return found === null ? null : { ...found, owner: null };
}

/** A chain of names that stands for a class or module: as imported, or as written in full. */
export function pathOf(node: Expression, run: Evaluation): string | null {
  const imported = run.unit.resolvePath(node);
  if (imported !== null) return imported;
  if (node.kind === 'name') return run.resolve(node.name) === null ? node.name : null;
  if (node.kind !== 'member') return null;
  const above = pathOf(node.object, run);
  return above === null ? null : `${above}.${node.name}`;
}

/** The class that made every object the receiver may refer to. */
function classOfObjects(receiver: Value | null, run: Evaluation): Declared<ClassDefinition> | null {
  if (receiver === null || receiver.objects.length === 0 || own(receiver).doubts.length > 0) return null;
  const made = receiver.objects.map((id) => classOfObject(id, run));
  const [only = null] = made;
  return made.every((one) => one?.definition === only?.definition) ? only : null;
}

/** Who holds an object may give it other methods, in languages that let them. */
function classOfObject(id: ObjectId, run: Evaluation): Declared<ClassDefinition> | null {
  const object = run.state?.heap.get(id);
  const isDynamic = run.traits.catalog === 'javascript' || run.traits.catalog === 'python';
  return object === undefined || (isDynamic && object.doubt !== null) ? null : object.made;
}

function findByName(name: string, node: CallExpression, run: Evaluation): Target | null {
  const { unit } = run;
  if (unit.module.macros.includes(name)) return null;
  if (run.traits.bareFields && run.ownClass !== null) {
    const made =
      run.self === null ? { unit, definition: run.ownClass } : classOfObjects(run.look(run.self), run);
    const method = made === null ? null : methodOf(made, name, node, run, run.self);
    if (method !== null) return method;
  }
  const named = unit.functions.filter(
    (definition) => definition.name === name && definition.kind === 'function',
  );
  const [only] = named;
  if (named.length === 0) {
    const path = unit.importOf(name)?.path;
    const found = path === undefined ? null : run.scene.functionAt([path]);
    return found === null ? null : { ...found, owner: null };
  }
  if (only === undefined || named.length !== 1 || countBindings(unit, name) > 1) return null;
  // A function of another function is seen only there.
  const inside = unit.functions.some(
    ({ span }) =>
      span.start < only.span.start &&
      span.end >= only.span.end &&
      !(span.start <= run.definition.span.start && span.end >= run.definition.span.end),
  );
  return inside ? null : { unit, definition: only, owner: null };
}

/** A method by its name and number of arguments, in the class or in the classes that this file shows it to extend. */
function methodOf(
  owner: Declared<ClassDefinition>,
  name: string,
  node: CallExpression,
  run: Evaluation,
  receiver: Value | null,
  isStatic = false,
): Target | null {
  const isExact = receiver !== null && receiver.objects.length > 0;
  // A function that was put in the place of the method.
  if (receiver?.objects.some((id) => run.state?.heap.get(id)?.entries.has(name) === true) === true)
    return null;
  let current: Declared<ClassDefinition> | null = owner;
  for (let depth = 0; current !== null && depth < 5; depth++) {
    const { unit, definition }: Declared<ClassDefinition> = current;
    const named = definition.methods.filter((method) => method.name === name);
    const fitting = named.filter((method) => fits(method, node, run));
    const [only] = fitting;
    if (isInParts(current)) return null;
    if (only !== undefined && fitting.length === 1) {
      if (hidesAnother(current, only, run)) return null;
      const isOverridden = !isExact && !isStatic && mayBeOverridden(owner, name, run);
      return isOverridden ? null : { unit, definition: only, owner: definition };
    }
    if (named.length > 0) return null;
    const above: readonly Declared<ClassDefinition>[] = definition.supers.flatMap(
      (one) => classNamed(one, unit, run) ?? [],
    );
    current = above.length === 1 ? (above[0] ?? null) : null;
  }
  return null;
}

/** A C# class may go on in another file. */
export function isInParts({ unit, definition }: Declared<ClassDefinition>): boolean {
  return unit.language === 'csharp' && /^[^{;]*\bpartial\b/.test(unit.textOf(definition.span));
}

/** All classes above that this file or the repository shows. */
export function classesAbove(
  owner: Declared<ClassDefinition>,
  run: Evaluation,
): readonly Declared<ClassDefinition>[] {
  const found = [owner];
  for (const { unit, definition } of found) {
    if (found.length > 20) break;
    for (const name of definition.supers) {
      const above = classNamed(name, unit, run);
      if (above !== null && !found.some((known) => known.definition === above.definition)) found.push(above);
    }
  }
  return found.slice(1);
}

/** A method above of that name is another one: an overload that may fit better, or one that a declared type calls. */
function hidesAnother(
  owner: Declared<ClassDefinition>,
  method: FunctionDefinition,
  run: Evaluation,
): boolean {
  const { language } = owner.unit;
  if (language !== 'java' && language !== 'csharp') return false;
  const types = ({ parameters }: FunctionDefinition): string =>
    parameters.map(({ type }) => type ?? '').join();
  const others = classesAbove(owner, run).flatMap(({ definition }) =>
    definition.methods.filter(
      ({ name, parameters }) => name === method.name && parameters.length === method.parameters.length,
    ),
  );
  if (others.length === 0) return false;
  const head = owner.unit.text.slice(method.span.start, method.body[0]?.span.start ?? method.span.end);
  return (
    (language === 'csharp' && !/\boverride\b/.test(head)) ||
    others.some((one) => types(one) !== types(method))
  );
}

/** Whether a class that extends it has a method of that name; when nobody knows, too. */
function mayBeOverridden(owner: Declared<ClassDefinition>, name: string, run: Evaluation): boolean {
  const here = owner.unit.classes.filter(({ supers }) => supers.includes(owner.definition.name));
  const has = ({ methods }: ClassDefinition): boolean => methods.some((method) => method.name === name);
  if (here.some(has)) return true;
  const subtypes = run.scene.subtypesOf(owner);
  return subtypes === null || subtypes.some(({ definition }) => has(definition));
}

function classNamed(name: string, unit: SourceUnit, run: Evaluation): Declared<ClassDefinition> | null {
  const named = unit.classes.filter((known) => known.name === name);
  const [only] = named;
  if (only !== undefined) return named.length === 1 ? { unit, definition: only } : null;
  const imported = unit.importOf(name)?.path;
  return run.scene.evaluatorOf(unit).scene.classAt([...(imported === undefined ? [] : [imported]), name]);
}

export function fits({ parameters }: FunctionDefinition, node: CallExpression, run: Evaluation): boolean {
  const selves = run.traits.catalog === 'python' && SELF.has(parameters[0]?.name ?? '') ? 1 : 0;
  const needed = parameters.filter(({ defaultValue }) => defaultValue === null).length - selves;
  const isLoose = run.traits.catalog === 'javascript' || run.traits.catalog === 'php';
  const given = node.arguments.length;
  return (
    (isLoose || given >= needed) &&
    (given <= parameters.length - selves || run.traits.catalog === 'javascript')
  );
}

/** The methods that a call on an object of a declared type may mean: the type's own, and those of all that extend it. */
export function findImplementations(
  node: CallExpression,
  receiver: Value | null,
  run: Evaluation,
): readonly Target[] {
  const { callee } = node;
  if (callee.kind !== 'member' || receiver === null) return [];
  const { name } = callee;
  const made = receiver.objects.flatMap((id) => classOfObject(id, run) ?? []);
  if (made.length > 0 && made.length === receiver.objects.length && own(receiver).doubts.length === 0) {
    const classes = [...new Map(made.map((one) => [one.definition, one])).values()];
    const found = classes.map((one) => methodOf(one, name, node, run, receiver));
    return found.every((target) => target !== null) ? found : [];
  }
  const declared = run.scene.classAt(receiver.types);
  if (declared === null) return [];
  const subtypes = run.scene.subtypesOf(declared);
  if (subtypes === null) return [];
  if ([declared, ...subtypes].some(isInParts)) return [];
  const targets = [declared, ...subtypes].flatMap(({ unit, definition }) =>
    definition.methods
      .filter((method) => method.name === name && fits(method, node, run) && method.body.length > 0)
      .map((method): Target => ({ unit, definition: method, owner: definition })),
  );
  return targets;
}

export function classMade({ callee }: CallExpression, run: Evaluation): Declared<ClassDefinition> | null {
  const path = pathOf(callee, run);
  if (path === null) return null;
  const named = path.includes('.') ? [] : run.unit.classes.filter((known) => known.name === path);
  const [only] = named;
  if (only !== undefined) return named.length === 1 ? { unit: run.unit, definition: only } : null;
  const paths = path.includes('.') ? [path] : [path, ...run.typePaths(path)];
  return run.scene.classAt(paths);
}
