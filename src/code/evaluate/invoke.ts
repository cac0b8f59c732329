// Calls of functions whose code is here: evaluated with what they are given, on the caller's objects.
import type { CallExpression, ClassDefinition, FunctionDefinition, Parameter } from '../ir.ts';
import type { Declared } from '../program.ts';
import type { Evaluation } from './evaluation.ts';
import {
  classesAbove,
  classMade,
  findImplementations,
  findTarget,
  fits,
  isInParts,
  SELF,
  type Target,
} from './find-target.ts';
import { plainObject } from './heap.ts';
import { joinStates, State } from './state.ts';
import { constantValue, doubtful, joinValues, own, retyped, type Value } from './value.ts';
import { located } from './value-parts.ts';

/** What the call gives back, its effects on objects done; null when its code is not here or cannot be followed. */
export function invoke(
  node: CallExpression,
  receiver: Value | null,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  if (!run.traits.followsCalls) return null;
  if (node.arguments.some(({ value }) => value.kind === 'spread' || value.kind === 'reference')) return null;
  const written = run.unit.textOf(node.span);
  // A tag is given the parts of its text one by one.
  if (run.traits.catalog === 'javascript' && written.endsWith('`')) return null;
  if (node.isNew) return written.endsWith('}') ? null : construct(node, values, run);
  const target = findTarget(node, receiver, run);
  if (target !== null) {
    const self =
      receiver !== null && receiver.objects.length > 0 ? own(receiver) : isOwnCall(node) ? run.self : null;
    const result = isFollowed(target) ? enter(target, self, node, values, run) : null;
    // What is not followed may change the object at hand.
    if (result === null && receiver === null && run.self !== null && run.traits.bareFields)
      run.escape(run.self, {
        kind: 'shared',
        text: `what \`${target.definition.name}\` may change`,
        span: node.span,
      });
    return result;
  }
  if (receiver === null && run.self !== null && run.traits.bareFields)
    run.escape(run.self, { kind: 'shared', text: 'what a method of its own may change', span: node.span });
  return enterAny(findImplementations(node, receiver, run), node, values, run);
}

/** Objects of so many classes are told apart. */
const MOST_IMPLEMENTATIONS = 6;

/** One of several functions is called, nobody knows which: what they do is joined. */
function enterAny(
  targets: readonly Target[],
  node: CallExpression,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  const before = run.state;
  if (before === null || targets.length === 0 || targets.length > MOST_IMPLEMENTATIONS) return null;
  const results: Value[] = [];
  const ends: State[] = [];
  for (const target of targets) {
    run.state = before.fork();
    const result = isFollowed(target) ? enter(target, null, node, values, run) : null;
    if (result === null) {
      run.state = before;
      return null;
    }
    results.push(own(result));
    ends.push(run.state);
  }
  run.state = joinStates(ends, null);
  const [first, ...others] = results;
  return first === undefined ? null : run.look(others.reduce(joinValues, first));
}

function isOwnCall({ callee }: CallExpression): boolean {
  return (
    callee.kind === 'name' ||
    (callee.kind === 'member' && callee.object.kind === 'name' && SELF.has(callee.object.name))
  );
}

/** Annotations that leave a function what it is. */
const PLAIN_ANNOTATIONS: ReadonlySet<string> = new Set([
  ...[
    'Override',
    'SuppressWarnings',
    'Deprecated',
    'SafeVarargs',
    'Nullable',
    'NonNull',
    'NotNull',
    'Nonnull',
    'VisibleForTesting',
  ],
  ...['staticmethod', 'classmethod', 'override', 'typing.override', 'abstractmethod', 'abc.abstractmethod'],
]);

/** A parameter that takes any number of arguments or changes the caller's variable, and a function that gives its values one by one. */
const OPEN_SIGNATURE = /\.\.\.|\bparams\b|\bref\b|\bout\b|\*/;

function isFollowed({ unit, definition }: Target): boolean {
  const { annotations, parameters, body, span } = definition;
  const [first] = body;
  if (first === undefined) return false;
  if (annotations.some((name) => !PLAIN_ANNOTATIONS.has(name))) return false;
  if (parameters.some(({ name }) => !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name))) return false;
  if (OPEN_SIGNATURE.test(unit.text.slice(span.start, first.span.start))) return false;
  // What comes after an `await` is done later, whenever that is.
  return !/\b(yield|await)\b/.test(unit.textOf(span));
}

/** Methods that stand between a name and its field. */
const INTERCEPTORS: ReadonlySet<string> = new Set([
  '__getattr__',
  '__getattribute__',
  '__setattr__',
  '__new__',
  '__init_subclass__',
  '__get',
  '__set',
]);

/** What a new object of the class holds is said by the class alone. */
function isPlainClass(
  { unit, definition }: Declared<ClassDefinition>,
  node: CallExpression,
  run: Evaluation,
): boolean {
  const { methods, supers, span } = definition;
  if (methods.some(({ kind, name }) => kind === 'initializer' || INTERCEPTORS.has(name))) return false;
  if (!methods.some(({ kind }) => kind === 'constructor') && node.arguments.length > 0) return false;
  if (/^[^{;]*\b(struct|record)\b/.test(unit.textOf(span).slice(0, 300))) return false;
  if (run.traits.catalog === 'java' || run.traits.catalog === 'csharp')
    return !isInParts({ unit, definition }) && isPlainAbove({ unit, definition }, run);
  if (run.traits.catalog === 'javascript' && isPatched({ unit, definition })) return false;
  return supers.length === 0;
}

/** What stands above is not run first: it may have no code of its own for that, and no field of the same name. */
function isPlainAbove(made: Declared<ClassDefinition>, run: Evaluation): boolean {
  const { fields, methods } = made.definition;
  return classesAbove(made, run).every(
    (above) =>
      !isInParts(above) &&
      above.definition.methods.every(
        ({ kind, parameters }) =>
          kind !== 'initializer' &&
          (kind !== 'constructor' || (parameters.length > 0 && methods.some((own) => own.kind === kind))),
      ) &&
      above.definition.fields.every(
        ({ name, value, isStatic }) =>
          isStatic || (value === null && !fields.some((own) => own.name === name)),
      ),
  );
}

/** Methods with computed names, methods put in place from outside, and constructors that give something else. */
function isPatched({ unit, definition }: Declared<ClassDefinition>): boolean {
  const text = unit.textOf(definition.span);
  return (
    unit.text.includes(`${definition.name}.prototype`) ||
    /(^|[;{}])\s*((static|async|get|set)\s+)*\*?\s*\[/m.test(text) ||
    definition.methods.some(
      ({ kind, span }) => kind === 'constructor' && /\breturn\b[^\S\n]*[^\s;}]/.test(unit.textOf(span)),
    )
  );
}

function construct(node: CallExpression, values: readonly Value[], run: Evaluation): Value | null {
  const made = classMade(node, run);
  if (made === null) return null;
  const { unit, definition } = made;
  if (!isPlainClass(made, node, run)) return null;
  // Whoever is made inside of another class may change the object around it.
  const isInner = unit.classes.some(
    ({ span }) => span.start < definition.span.start && span.end >= definition.span.end,
  );
  if (isInner && run.self !== null)
    run.escape(run.self, { kind: 'shared', text: 'an object that an inner class sees', span: node.span });
  const constructors = definition.methods.filter(({ kind }) => kind === 'constructor');
  const builder = constructors.find((method) => fits(method, node, run));
  if (constructors.length > 0 && builder === undefined) return null;
  const fields = new Map<string, Value>();
  const place = run.scene
    .evaluatorOf(unit)
    .inner(unit.topLevel, `${run.context}${node.span.start}>`, run.session);
  place.ownClass = definition;
  for (const field of definition.fields) {
    if (field.isStatic) continue;
    const value = field.value === null ? unset(field.type) : place.evaluate(field.value);
    const isKnown = value.objects.length === 0;
    const open = doubtful({ kind: 'field', text: `the field \`${field.name}\``, span: field.span });
    fields.set(field.name, located(isKnown ? value : open, unit));
  }
  const self = run.allocate(node.span, { ...plainObject(fields), made });
  const typed = own(retyped(self, [], [definition.name]));
  if (builder !== undefined && builder.body.length > 0) {
    const target = { unit, definition: builder, owner: definition };
    if (!isFollowed(target)) return null;
    if (enter(target, typed, node, values, run) === null) return null;
  }
  return run.look(typed);
}

function unset(type: string | null): Value {
  if (type !== null && /^(int|long|short|byte|float|double)$/.test(type))
    return constantValue({ kind: 'int', value: 0 });
  if (type === 'boolean' || type === 'bool') return constantValue({ kind: 'bool', value: false });
  return constantValue({ kind: 'null', value: null });
}

/** Runs the function's body with these arguments; null when it cannot be followed to its end, and nothing was done then. */
function enter(
  { unit, definition, owner }: Target,
  self: Value | null,
  node: CallExpression,
  values: readonly Value[],
  run: Evaluation,
): Value | null {
  const { session, state } = run;
  if (state === null || !session.mayEnter(definition)) return null;
  session.stack.push(definition);
  const context = `${run.context}${node.span.start}>`;
  const inner = run.scene.evaluatorOf(unit).inner(definition, context, session);
  inner.self = self;
  inner.ownClass = owner;
  inner.state = new State(new Map(), new Map(state.guarded), null, state.heap.fork());
  const isAbroad = unit !== run.unit;
  const given = isAbroad ? values.map((value) => located(value, run.unit)) : values;
  if (isAbroad) {
    inner.self = self === null ? null : located(self, run.unit);
    inner.state.heap.locate(
      [...given, ...(self === null ? [] : [self])].flatMap(({ objects }) => objects),
      run.unit,
    );
  }
  for (const collector of run.collectors)
    inner.collectors.push({ values: new Map(), objects: collector.objects });
  bind(definition, node, given, inner);
  inner.executeAll(definition.body);
  session.stack.pop();
  if (inner.incomplete !== null || inner.rewritten !== null) return null;
  const falls = inner.state;
  const ends = [...inner.returns.map((end) => end.state), falls];
  const after = joinStates(ends, null);
  const results = inner.returns.map(({ value }) => (isAbroad ? located(value, unit) : value));
  if (falls !== null) results.push(constantValue({ kind: 'null', value: null }));
  if (after === null || results.length === 0)
    return doubtful({
      kind: 'call',
      text: `\`${definition.name}\`, which never gives anything back`,
      span: node.span,
    });
  state.heap = after.heap;
  if (isAbroad)
    state.heap.locate(
      [...results, ...given, ...(self === null ? [] : [self])].flatMap(({ objects }) => objects),
      unit,
    );
  for (const [source, guards] of after.guarded) state.guarded.set(source, guards);
  const [first, ...others] = results;
  return first === undefined ? null : run.look(others.reduce(joinValues, first));
}

function bind(
  definition: FunctionDefinition,
  node: CallExpression,
  values: readonly Value[],
  inner: Evaluation,
): void {
  const isPython = inner.traits.catalog === 'python';
  let position = 0;
  for (const [index, parameter] of definition.parameters.entries()) {
    const types = inner.typePaths(parameter.type);
    const id = inner.declare(parameter.name, 'function', definition.span, types);
    if (isPython && index === 0 && SELF.has(parameter.name)) {
      inner.store(id, inner.self ?? doubtful({ kind: 'parameter', text: '`self`', span: definition.span }));
      continue;
    }
    const named = node.arguments.findIndex(({ name }) => name === parameter.name);
    const at = named >= 0 ? named : node.arguments[position]?.name === null ? position++ : -1;
    const given = at < 0 ? undefined : values[at];
    const value = given ?? valueLeftOut(parameter, definition, inner);
    inner.store(id, value);
    inner.parameters.set(parameter.name, value);
  }
}

/** What a parameter is that the call says nothing of; a collection made once for all calls is whatever they left in it. */
function valueLeftOut(
  { name, defaultValue }: Parameter,
  { span }: FunctionDefinition,
  inner: Evaluation,
): Value {
  const open = doubtful({ kind: 'parameter', text: `the parameter \`${name}\`, which is left out`, span });
  if (defaultValue === null)
    return inner.traits.catalog === 'javascript' ? constantValue({ kind: 'null', value: null }) : open;
  const value = inner.evaluate(defaultValue);
  return inner.traits.catalog === 'python' && (value.objects.length > 0 || value.isContainer) ? open : value;
}
