// Storing into variables, fields and elements.
import type { Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { Evaluation } from './evaluation.ts';
import { joinObjects } from './heap.ts';
import { isPlainField, loosened, written, writtenAt } from './object-places.ts';
import { doubtful, joinValues, own, soleConstant, type Value, withStep } from './value.ts';
import { derived } from './value-parts.ts';
import { rootName, rootNames } from './variables.ts';

/** Stores `value`; `merge` keeps what was there beside it (appending). */
export function assignTo(
  target: Expression,
  value: Value,
  at: Expression,
  run: Evaluation,
  merge = false,
): void {
  if (target.kind === 'name' && !merge) {
    const id = run.resolve(target.name);
    if (id === null) {
      storeInSelf(target.name, withStep(value, at.span), run);
      return;
    }
    const stored = withStep(value, at.span);
    run.store(id, stored);
    run.stored.set(`${target.name}@${at.span.start}`, stored);
    return;
  }
  if (
    target.kind !== 'name' &&
    target.kind !== 'member' &&
    target.kind !== 'index' &&
    target.kind !== 'slice'
  )
    run.escape(value, { kind: 'shared', text: 'a collection that is taken apart', span: at.span });
  if (target.kind === 'list') {
    for (const [index, element] of target.elements.entries()) {
      const exact = value.elements?.length === target.elements.length ? value.elements[index] : undefined;
      assignTo(element, exact ?? derived(value), at, run);
    }
    return;
  }
  if (target.kind === 'map') {
    for (const entry of target.entries) assignTo(entry.value, derived(value), at, run);
    return;
  }
  if (target.kind === 'spread') {
    assignTo(target.operand, derived(value), at, run);
    return;
  }
  if (target.kind === 'unknown') {
    for (const name of target.names) {
      const id = run.resolve(name);
      if (id !== null) run.store(id, withStep(derived(value), at.span));
    }
    return;
  }
  mergeIntoRoot(target, value, at, run);
}

/** A bare name that is none of the function's own: a field of the object at hand, or somebody else's. */
function storeInSelf(name: string, value: Value, run: Evaluation): void {
  const { self } = run;
  const isField =
    self !== null &&
    run.traits.bareFields &&
    self.objects.some((id) => run.state?.heap.get(id)?.entries.has(name) === true);
  if (isField) run.changeObjects(self, (known) => written(known, name, value));
  else {
    // A field of an object around this one, whichever that is.
    for (const [id, object] of [...(run.state?.heap.entries ?? [])])
      if (object.entries.has(name)) run.writeObject(id, joinObjects(object, written(object, name, value)));
    run.escape(value, {
      kind: 'shared',
      text: `\`${name}\`, which lives outside`,
      span: run.definition.span,
    });
  }
}

/** `v.f = x`, `v[0] = x` where what `v` refers to is known; false when it is not. */
function storeInObject(target: Expression, value: Value, at: Expression, run: Evaluation): boolean {
  if (target.kind !== 'member' && target.kind !== 'index') return false;
  const object =
    run.targets.get(target.object) ?? (hasEffects(target.object) ? null : run.evaluate(target.object));
  if (object === null || object.objects.length === 0) return false;
  const index =
    target.kind === 'member'
      ? null
      : (run.targets.get(target.index) ??
        (hasEffects(target.index) ? someKey(target.index) : run.evaluate(target.index)));
  if (target.kind === 'member' && !isPlainField(object, target.name, run)) {
    const doubt = {
      kind: 'field',
      text: `\`${target.name}\`, which code of its own sets`,
      span: at.span,
    } as const;
    run.escape(object, doubt);
    run.escape(value, doubt);
    return true;
  }
  const stored = withStep(value, at.span);
  run.changeObjects(object, (known) => {
    if (target.kind !== 'member') return writtenAt(known, index ?? someKey(target), stored);
    const changed = written(known, target.name, stored);
    return { ...changed, settings: new Map([...known.settings, [target.name, soleConstant(value)]]) };
  });
  if (object.doubts.length > 0 && object.bare?.doubts.length !== 0)
    run.escape(value, { kind: 'shared', text: 'a collection that is stored elsewhere too', span: at.span });
  return true;
}

/** A key that nobody evaluated. */
function someKey({ span }: Expression): Value {
  return doubtful({ kind: 'syntax', text: 'a computed key', span });
}

/** What would be done twice if it were evaluated twice. */
function hasEffects(node: Expression): boolean {
  return EFFECTS.has(node.kind) || childrenOfExpression(node).some(hasEffects);
}

const EFFECTS: ReadonlySet<Expression['kind']> = new Set([
  'call',
  'assign',
  'update',
  'await',
  'unknown',
  'lambda',
]);

/** `v[0] = x`, `v.f = x`, `*v = x`, `v.append(x)`: the variable now holds that too. */
function mergeIntoRoot(target: Expression, value: Value, at: Expression, run: Evaluation): void {
  if (storeInObject(target, value, at, run)) return;
  run.escape(value, { kind: 'shared', text: 'a collection that is stored elsewhere too', span: at.span });
  const name = rootName(target);
  for (const other of rootNames(target))
    if (other !== name)
      run.poison(other, `\`${other}\`, which is written to through a computed place`, at.span);
  const id = name === null ? null : run.resolve(name);
  if (id === null) return;
  const old = run.state?.get(id);
  if (old === undefined) return;
  if (old.objects.length > 0) {
    // Somewhere in what it refers to, nobody knows where.
    const reached = run.state?.heap.reach(old.objects) ?? null;
    if (reached === null)
      run.escape(old, { kind: 'shared', text: 'more objects than are told apart', span: at.span });
    else run.changeObjects({ ...own(old), objects: reached }, (object) => loosened(object, [derived(value)]));
    return;
  }
  const merged = { ...joinValues(old, derived(value)), constants: null, elements: null };
  const settings =
    target.kind === 'member' ? new Map([...old.settings, [target.name, soleConstant(value)]]) : old.settings;
  const { paths, types, isContainer, isText } = old;
  run.store(id, withStep({ ...merged, settings, paths, types, isContainer, isText }, at.span));
}
