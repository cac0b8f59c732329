// Storing into variables, fields and elements.
import type { Expression } from '../ir.ts';
import type { Evaluation } from './evaluation.ts';
import { derived, joinValues, soleConstant, type Value, withStep } from './value.ts';
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
    if (id === null) return;
    const stored = withStep(value, at.span);
    run.store(id, stored);
    run.stored.set(`${target.name}@${at.span.start}`, stored);
    return;
  }
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

/** `v[0] = x`, `v.f = x`, `*v = x`, `v.append(x)`: the variable now holds that too. */
function mergeIntoRoot(target: Expression, value: Value, at: Expression, run: Evaluation): void {
  const name = rootName(target);
  for (const other of rootNames(target))
    if (other !== name)
      run.poison(other, `\`${other}\`, which is written to through a computed place`, at.span);
  const id = name === null ? null : run.resolve(name);
  if (id === null) return;
  const old = run.state?.get(id);
  if (old === undefined) return;
  const merged = { ...joinValues(old, derived(value)), constants: null, elements: null };
  const settings =
    target.kind === 'member' ? new Map([...old.settings, [target.name, soleConstant(value)]]) : old.settings;
  const { paths, types, isContainer, isText } = old;
  run.store(id, withStep({ ...merged, settings, paths, types, isContainer, isText }, at.span));
}
