// What the evaluator knows of a value: the constants it may be, the remote sources it may come from, and every doubt about it.
import type { Constant, Span } from '../ir.ts';

/** Something that keeps a value from being known: what it is (`the parameter `id` of `load``), and where. */
export interface Doubt {
  readonly kind: 'parameter' | 'call' | 'name' | 'field' | 'syntax' | 'shared' | 'captured' | 'uninitialised';
  readonly text: string;
  readonly span: Span;
}

/** A remote source that reaches the value. */
export interface Taint {
  readonly label: string;
  readonly span: Span;
  /** The constant text that surely stands before it in the value; null when something open, or different texts, may stand there. */
  readonly before: string | null;
}

export interface Value {
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
const MAX_DOUBTS = 6;
const MAX_STEPS = 40;
/** Longer beginnings of texts are cut: enough for every scheme and host (RFC 1035: 255 octets). */
const MAX_LEAD = 400;

const EMPTY: Value = {
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

const SHAPELESS = {
  constants: null,
  paths: [],
  types: [],
  settings: EMPTY.settings,
  elements: null,
  isContainer: false,
} as const;

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
  return {
    constants: joinConstants(a.constants, b.constants),
    doubts: union(a.doubts, b.doubts, MAX_DOUBTS),
    taints: joinTaints(a.taints, b.taints),
    shadows: union(a.shadows, b.shadows, MAX_DOUBTS),
    paths: joinPaths(a.paths, b.paths),
    types: joinPaths(a.types, b.types),
    settings: joinSettings(a, b),
    isText: a.isText && b.isText,
    isContainer: a.isContainer || b.isContainer,
    elements: joinElements(a.elements, b.elements),
    steps: joinSteps(a.steps, b.steps),
  };
}

/** A value made of parts (concatenation, formatting): as unknown and as tainted as all of them together. */
export function compose(parts: readonly Value[], isText: boolean): Value {
  const whole = (isText ? placeTaints(parts) : parts).reduce(joinValues, EMPTY);
  return { ...whole, ...SHAPELESS, isText };
}

/** Tells every remote source in a text what stands before it; of two places of one source the first counts. */
function placeTaints(parts: readonly Value[]): readonly Value[] {
  let lead: string | null = '';
  const placed: Taint[] = [];
  return parts.map((part) => {
    const start = lead;
    const fresh = part.taints.filter((taint) => !placed.some((known) => sameOrigin(known, taint)));
    const taints = fresh.map((taint) => ({ ...taint, before: joinLead(start, taint.before) }));
    placed.push(...taints);
    const constant = soleConstant(part);
    lead = joinLead(start, constant === null ? null : String(constant.value));
    return { ...part, taints };
  });
}

function joinLead(start: string | null, rest: string | null): string | null {
  return start === null || rest === null ? null : (start + rest).slice(0, MAX_LEAD);
}

/** The same value where nobody keeps track of what its remote sources stand behind (texts that grow in place). */
export function unplaced(value: Value): Value {
  if (value.taints.length === 0) return value;
  return { ...value, taints: value.taints.map((taint) => ({ ...taint, before: null })) };
}

/** The same value seen through something that keeps its origin but not its text or its shape. */
export function derived(value: Value, isText = value.isText): Value {
  return { ...value, ...SHAPELESS, isText };
}

/** A value that only depends on `value`: a remote source in it is not passed on as text, but not harmless either. */
export function dependent(value: Value, doubt: Doubt): Value {
  if (value.taints.length === 0) return value;
  return { ...withDoubt(value, doubt), taints: [], shadows: union(value.shadows, value.taints, MAX_DOUBTS) };
}

export function withDoubt(value: Value, doubt: Doubt): Value {
  return { ...value, constants: null, elements: null, doubts: union(value.doubts, [doubt], MAX_DOUBTS) };
}

export function withStep(value: Value, step: Span): Value {
  return { ...value, steps: joinSteps(value.steps, [step]) };
}

export function listOf(elements: readonly Value[]): Value {
  return { ...compose(elements, false), elements, isContainer: true };
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  return (
    sameList(a.constants, b.constants, sameConstant) &&
    sameList(a.doubts, b.doubts, sameOrigin) &&
    sameList(a.taints, b.taints, sameTaint) &&
    sameList(a.shadows, b.shadows, sameOrigin) &&
    sameList(a.paths, b.paths, Object.is) &&
    sameList(
      [...a.settings],
      [...b.settings],
      ([x, c], [y, d]) => x === y && (c === d || (c !== null && d !== null && sameConstant(c, d))),
    ) &&
    sameList(a.elements, b.elements, sameValue) &&
    a.isText === b.isText &&
    a.isContainer === b.isContainer
  );
}

function joinConstants(
  a: readonly Constant[] | null,
  b: readonly Constant[] | null,
): readonly Constant[] | null {
  if (a === null || b === null) return null;
  const joined = [...a];
  for (const constant of b) if (!joined.some((known) => sameConstant(known, constant))) joined.push(constant);
  return joined.length > MAX_CONSTANTS ? null : joined;
}

function joinPaths(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])].slice(0, 8);
}

function joinSettings(a: Value, b: Value): Value['settings'] {
  if (a.settings.size === 0 && b.settings.size === 0) return a.settings;
  const joined = new Map<string, Constant | null>();
  for (const name of [...a.settings.keys(), ...b.settings.keys()]) {
    const x = a.settings.get(name);
    const y = b.settings.get(name);
    joined.set(name, x && y && sameConstant(x, y) ? x : null);
  }
  return joined;
}

function joinElements(a: readonly Value[] | null, b: readonly Value[] | null): readonly Value[] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((element, index) => joinValues(element, b[index] ?? element));
}

function sameOrigin(a: { readonly span: Span }, b: { readonly span: Span }): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end;
}

function sameTaint(a: Taint, b: Taint): boolean {
  return sameOrigin(a, b) && a.before === b.before;
}

/** A source that stands behind different texts on different ways stands behind no known one. */
function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  return union(a, b, MAX_DOUBTS).map((taint) =>
    b.some((other) => sameOrigin(taint, other) && taint.before !== other.before)
      ? { ...taint, before: null }
      : taint,
  );
}

function union<T extends { readonly span: Span }>(
  a: readonly T[],
  b: readonly T[],
  max: number,
): readonly T[] {
  if (b.length === 0) return a;
  const joined = [...a];
  for (const item of b) if (!joined.some((known) => sameOrigin(known, item))) joined.push(item);
  return joined.slice(0, max);
}

function joinSteps(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  if (b.length === 0) return a;
  const joined = [...a];
  for (const step of b) if (!joined.some((known) => known.start === step.start)) joined.push(step);
  return joined.sort((x, y) => x.start - y.start).slice(0, MAX_STEPS);
}

function sameList<T>(a: readonly T[] | null, b: readonly T[] | null, same: (x: T, y: T) => boolean): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((item, index) => same(item, b[index] as T));
}
