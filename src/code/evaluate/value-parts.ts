// Values made of other values: put together, seen through something, made harmless, of another file.
import type { SourceText, Span } from '../ir.ts';
import {
  type Context,
  type Doubt,
  EMPTY,
  joinValues,
  MAX_DOUBTS,
  type Origin,
  sameOrigin,
  soleConstant,
  type Taint,
  union,
  type Value,
  withDoubt,
} from './value.ts';

/** Longer beginnings of texts are cut: enough for every scheme and host (RFC 1035: 255 octets). */
const MAX_LEAD = 400;

const SHAPELESS = {
  objects: [],
  bare: null,
  constants: null,
  paths: [],
  types: [],
  settings: EMPTY.settings,
  elements: null,
  isContainer: false,
} as const;

/** A value made of parts (concatenation, formatting): as unknown and as tainted as all of them together. */
export function compose(parts: readonly Value[], isText: boolean): Value {
  const whole = (isText ? placeOrigins(parts) : parts).reduce(joinValues, EMPTY);
  return { ...whole, ...SHAPELESS, isText };
}

/** Tells everything open in a text what stands before it; of two places of one source the first counts. */
function placeOrigins(parts: readonly Value[]): readonly Value[] {
  let lead: string | null = '';
  const placed: Origin[] = [];
  return parts.map((part) => {
    const start = lead;
    const place = <T extends Origin>(origin: T): T => ({
      ...origin,
      before: joinLead(start, origin.before ?? null),
    });
    const fresh = part.taints.filter((taint) => !placed.some((known) => sameOrigin(known, taint)));
    const taints = fresh.map(place);
    // A second place of one source is behind something that is not known.
    const again = part.taints.filter(
      (taint) =>
        !fresh.includes(taint) &&
        (taint.cleaned !== undefined ||
          placed.some((known) => known.cleaned !== undefined && sameOrigin(known, taint))),
    );
    placed.push(...taints);
    const constant = soleConstant(part);
    lead = joinLead(start, constant === null ? null : String(constant.value));
    return {
      ...part,
      taints: [...taints, ...again.map((taint) => ({ ...taint, before: null }))],
      doubts: part.doubts.map((doubt) =>
        doubt.cleaned === undefined
          ? doubt
          : place({ ...doubt, before: doubt.before === undefined ? '' : doubt.before }),
      ),
    };
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

/** The same value made harmless for these places of a text. */
export function cleanedFor(value: Value, contexts: readonly Context[]): Value {
  const clean = <T extends Origin>(origin: T): T => ({
    ...origin,
    before: '',
    cleaned: [...new Set([...(origin.cleaned ?? []), ...contexts])].sort(),
  });
  return { ...value, constants: null, taints: value.taints.map(clean), doubts: value.doubts.map(clean) };
}

/** The same value after something that may undo what made it harmless. */
export function uncleaned(value: Value): Value {
  const open = ({ cleaned: _, ...origin }: Origin): Origin => origin;
  if ([...value.taints, ...value.doubts].every(({ cleaned }) => cleaned === undefined)) return value;
  return {
    ...value,
    taints: value.taints.map((taint) => open(taint) as Taint),
    doubts: value.doubts.map((doubt) => open(doubt) as Doubt),
  };
}

/** Places whose escapes mean the same when they are cut: a piece of an entity or of a number opens nothing. */
const SURVIVES_CUT: ReadonlySet<Context> = new Set(['html', 'html-text', 'word', 'number']);

/** A part of the value: what made it harmless as a whole (quotes around it, a clean name) may not be in it. */
export function partOf(value: Value): Value {
  const cut = ({ cleaned, ...origin }: Origin): Origin => {
    const kept = cleaned?.filter((context) => SURVIVES_CUT.has(context)) ?? [];
    return kept.length === 0 ? origin : { ...origin, cleaned: kept };
  };
  if ([...value.taints, ...value.doubts].every(({ cleaned }) => cleaned === undefined)) return value;
  return {
    ...value,
    taints: value.taints.map((taint) => cut(taint) as Taint),
    doubts: value.doubts.map((doubt) => cut(doubt) as Doubt),
  };
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

/** The same value for another file: its places say which file they are of. */
export function located(value: Value, file: SourceText): Value {
  const place = <T extends { readonly span: Span }>(item: T): T =>
    item.span.file === undefined ? { ...item, span: { ...item.span, file } } : item;
  return {
    ...value,
    doubts: value.doubts.map(place),
    taints: value.taints.map(place),
    shadows: value.shadows.map(place),
    steps: value.steps.map((span) => (span.file === undefined ? { ...span, file } : span)),
    elements: value.elements?.map((element) => located(element, file)) ?? null,
    bare: value.bare === null ? null : located(value.bare, file),
  };
}

export function listOf(elements: readonly Value[]): Value {
  return { ...compose(elements, false), elements, isContainer: true };
}
