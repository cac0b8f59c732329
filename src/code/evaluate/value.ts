// What the evaluator knows of a value: the constants it may be, the remote sources it may come from, and every doubt about it.
import type { Constant, Span } from '../ir.ts';

/** Something that keeps a value from being known: what it is (`the parameter `id` of `load``), and where. */
export interface Doubt {
  readonly kind: 'parameter' | 'call' | 'name' | 'field' | 'syntax' | 'shared' | 'captured' | 'uninitialised';
  readonly text: string;
  readonly span: Span;
  readonly before?: string | null;
  readonly cleaned?: readonly Context[];
}

/** A remote source that reaches the value. */
export interface Taint {
  readonly label: string;
  readonly span: Span;
  /** The constant text that surely stands before it in the value; null when something open, or different texts, may stand there. */
  readonly before?: string | null;
  /** What it cannot break out of any more, on every way here; sorted. */
  readonly cleaned?: readonly Context[];
}

/**
 * What outside text was made harmless for: a place in a text of some language. `html-text`: between tags, not in attributes.
 * `sql-literal`: it brings its own quotes. `number`: it is a number, or one of a few known texts.
 */
export const CONTEXTS = [
  'html',
  'html-text',
  'script',
  'url',
  'sql',
  'sql-literal',
  'shell',
  'ldap',
  'xpath',
  'path',
  'log',
  'header',
  'regex',
  'word',
  'number',
] as const;
export type Context = (typeof CONTEXTS)[number];

/** Something that keeps a value from being made of constants: a doubt or a remote source. */
export type Origin = Doubt | Taint;

/** Where an object was made, and on which way through the calls. */
export type ObjectId = string;

export interface Value {
  /** Objects it may refer to: what is in them stands in the heap. Empty for values that are their own content. */
  readonly objects: readonly ObjectId[];
  /** The value without what was seen in its objects when it was read; null when it is that itself. */
  readonly bare: Value | null;
  /** Every exact value it can have, when that is known (at most 8); null when it is not. */
  readonly constants: readonly Constant[] | null;
  /** Empty together with `taints`: the value is made of constants of the source and nothing else. */
  readonly doubts: readonly Doubt[];
  readonly taints: readonly Taint[];
  /** Remote sources that reach it only through something that is not known to pass them on: for guards, never for flows. */
  readonly shadows: readonly Taint[];
  /** API paths it may stand for (`flask.request.args`). */
  readonly paths: readonly string[];
  /** API paths of its type, declared or constructed (`java.sql.Statement`). */
  readonly types: readonly string[];
  /** What setters and fields of a new object were given, by name; null where ways disagree or the constant is not known. */
  readonly settings: ReadonlyMap<string, Constant | null>;
  /** It stands for several objects, or for one that others may have changed: its settings are not known. */
  readonly isOpen?: boolean;
  /** Known to be text. */
  readonly isText: boolean;
  /** Can be changed in place by whoever holds it. */
  readonly isContainer: boolean;
  /** Elements of a list whose length and order are known. */
  readonly elements: readonly Value[] | null;
  /** Where it was defined on its way here, in order of the text. */
  readonly steps: readonly Span[];
}

const MAX_CONSTANTS = 8;
export const MAX_DOUBTS = 6;
const MAX_STEPS = 40;

export const EMPTY: Value = {
  objects: [],
  bare: null,
  constants: null,
  doubts: [],
  taints: [],
  shadows: [],
  paths: [],
  types: [],
  settings: new Map(),
  isText: false,
  isContainer: false,
  elements: null,
  steps: [],
};

/** A value without exact constants, made of constants only until doubts are added. */
export function someConstant(isText = false): Value {
  return isText ? { ...EMPTY, isText } : EMPTY;
}

export function constantValue(...constants: readonly Constant[]): Value {
  return { ...EMPTY, constants, isText: constants.every(({ kind }) => kind === 'string') };
}

export function doubtful(doubt: Doubt, paths: readonly string[] = [], types: readonly string[] = []): Value {
  return { ...EMPTY, doubts: [doubt], paths, types };
}

export function tainted(label: string, span: Span, paths: readonly string[]): Value {
  return { ...EMPTY, taints: [{ label, span, before: '' }], paths, isText: true };
}

/** True when nothing but constants of the source can be in it. */
export function isFixed(value: Value): boolean {
  return value.doubts.length === 0 && value.taints.length === 0;
}

/** The one exact constant it must be, or null. */
export function soleConstant(value: Value): Constant | null {
  if (!isFixed(value) || value.constants?.length !== 1) return null;
  return value.constants[0] ?? null;
}

/** The exact constants when they are all known. */
export function allConstants(value: Value): readonly Constant[] | null {
  return isFixed(value) ? value.constants : null;
}

function sameConstant(a: Constant, b: Constant): boolean {
  return a.kind === b.kind && a.value === b.value;
}

/** What holds at a point that is reached with `a` or with `b`. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b) return a;
  const objects = joinNames(a.objects, b.objects);
  return {
    objects,
    bare: a.bare === null && b.bare === null ? null : joinValues(own(a), own(b)),
    constants: joinConstants(a, b),
    doubts: union(a.doubts, b.doubts, MAX_DOUBTS),
    taints: joinTaints(a.taints, b.taints),
    shadows: union(a.shadows, b.shadows, MAX_DOUBTS),
    paths: joinPaths(a.paths, b.paths),
    types: joinPaths(a.types, b.types),
    settings: joinSettings(a.settings, b.settings),
    isText: a.isText && b.isText,
    isContainer: a.isContainer || b.isContainer,
    elements: joinElements(a.elements, b.elements),
    steps: joinSteps(a.steps, b.steps),
  };
}

export function withDoubt(value: Value, doubt: Doubt): Value {
  const doubted = {
    ...value,
    constants: null,
    elements: null,
    doubts: union(value.doubts, [doubt], MAX_DOUBTS),
  };
  return value.bare === null ? doubted : { ...doubted, bare: withDoubt(value.bare, doubt) };
}

/** The same value with other API paths and types. */
export function retyped(value: Value, paths: readonly string[], types: readonly string[]): Value {
  const bare = value.bare === null ? null : { ...value.bare, paths, types };
  return { ...value, paths, types, bare };
}

export function withStep(value: Value, step: Span): Value {
  const stepped = { ...value, steps: joinSteps(value.steps, [step]) };
  return value.bare === null ? stepped : { ...stepped, bare: withStep(value.bare, step) };
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  return (
    sameList(a.constants, b.constants, sameConstant) &&
    sameList(a.doubts, b.doubts, sameTaint) &&
    sameList(a.taints, b.taints, sameTaint) &&
    sameList(a.shadows, b.shadows, sameOrigin) &&
    sameList(a.paths, b.paths, Object.is) &&
    sameList(a.objects, b.objects, Object.is) &&
    sameSettings(a.settings, b.settings) &&
    sameList(a.elements, b.elements, sameValue) &&
    a.isText === b.isText &&
    a.isContainer === b.isContainer
  );
}

/** An object has no constants, and does not take those of the other way away: they are asked for together with `objects`. */
export function sameSettings(a: Settings, b: Settings): boolean {
  return sameList(
    [...a],
    [...b],
    ([x, c], [y, d]) => x === y && (c === d || (c !== null && d !== null && sameConstant(c, d))),
  );
}

/** The value as it is stored: what its objects hold stands in the heap alone. */
export function own(value: Value): Value {
  return value.bare ?? value;
}

function joinConstants({ constants: a }: Value, { constants: b }: Value): readonly Constant[] | null {
  if (a === null || b === null) return null;
  const joined = [...a];
  for (const constant of b) if (!joined.some((known) => sameConstant(known, constant))) joined.push(constant);
  return joined.length > MAX_CONSTANTS ? null : joined;
}

function joinPaths(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])].slice(0, 8);
}

function joinNames(a: readonly ObjectId[], b: readonly ObjectId[]): readonly ObjectId[] {
  if (b.length === 0 || a === b) return a;
  return a.length === 0 ? b : [...new Set([...a, ...b])].sort();
}

type Settings = ReadonlyMap<string, Constant | null>;

export function joinSettings(a: Settings, b: Settings): Settings {
  if (a.size === 0 && b.size === 0) return a;
  const joined = new Map<string, Constant | null>();
  for (const name of [...a.keys(), ...b.keys()]) {
    const x = a.get(name);
    const y = b.get(name);
    joined.set(name, x && y && sameConstant(x, y) ? x : null);
  }
  return joined;
}

function joinElements(a: readonly Value[] | null, b: readonly Value[] | null): readonly Value[] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((element, index) => joinValues(element, b[index] ?? element));
}

export function sameOrigin(a: { readonly span: Span }, b: { readonly span: Span }): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.span.file === b.span.file;
}

function sameTaint(a: Origin, b: Origin): boolean {
  return (
    sameOrigin(a, b) && a.before === b.before && sameList(a.cleaned ?? null, b.cleaned ?? null, Object.is)
  );
}

/** A source that stands behind different texts on different ways stands behind no known one. */
function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  return union(a, b, MAX_DOUBTS).map((taint) =>
    b.some((other) => sameOrigin(taint, other) && taint.before !== other.before)
      ? { ...taint, before: null }
      : taint,
  );
}

/** Each origin once: as harmless as on the way on which it is least so. Of too many, those that are harmless go first. */
export function union<T extends Origin>(a: readonly T[], b: readonly T[], max: number): readonly T[] {
  if (b.length === 0) return a;
  const joined = [...a];
  for (const item of b) {
    const at = joined.findIndex((known) => sameOrigin(known, item));
    const known = joined[at];
    if (known === undefined) joined.push(item);
    else if (known.cleaned !== item.cleaned || (known.cleaned !== undefined && known.before !== item.before))
      joined[at] = leastCleaned(known, item);
  }
  if (joined.length <= max) return joined;
  return joined.sort((x, y) => (x.cleaned?.length ?? 0) - (y.cleaned?.length ?? 0)).slice(0, max);
}

function leastCleaned<T extends Origin>(a: T, b: T): T {
  const both = a.cleaned?.filter((context) => b.cleaned?.includes(context)) ?? [];
  const { cleaned: _, ...open } = a;
  const before = a.before === b.before ? a.before : null;
  return (both.length === 0 ? { ...open, before } : { ...a, before, cleaned: both }) as T;
}

function joinSteps(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  if (b.length === 0) return a;
  const joined = [...a];
  for (const step of b)
    if (!joined.some((known) => known.start === step.start && known.file === step.file)) joined.push(step);
  return joined.sort((x, y) => x.start - y.start).slice(0, MAX_STEPS);
}

function sameList<T>(a: readonly T[] | null, b: readonly T[] | null, same: (x: T, y: T) => boolean): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((item, index) => same(item, b[index] as T));
}
