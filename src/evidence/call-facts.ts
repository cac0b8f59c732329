// The dangerous calls at a place: safe by form, fed with constants only, fed from a remote source, or open.
import { markOutside } from '#support/mark-outside.ts';
import type { Value } from '../code/evaluate/value.ts';
import { isFixed } from '../code/evaluate/value.ts';
import type { Span } from '../code/ir.ts';
import type { FormEntry } from './catalog-schema.ts';
import { cite, citeAll, citeLines } from './citing.ts';
import { holds } from './condition.ts';
import { askHost } from './decides-host.ts';
import type { EvidenceDraft } from './draft.ts';
import { isGenuine } from './genuine.ts';
import { mayBreakOut } from './harmless.ts';
import { lineOf, linesOf } from './line-words.ts';
import { askAbout, askNoSink } from './open-question.ts';
import { narrowToColumns, type Place, pathsOf, type Seen, seenAt } from './place.ts';
import { isProvedClean } from './proved-clean.ts';
import { agreesWithFlow } from './reported-flow.ts';
import { findSinks, isChangedLater, type Sink } from './sink.ts';

/** How many lines a report may be off. */
const NEAR = 5;

export interface SafeForm {
  readonly seen: Seen;
  readonly entry: FormEntry;
}

export function judgeCalls(place: Place, draft: EvidenceDraft): void {
  const forms = findSafeForms(place);
  const sinks = findSinks(place);
  for (const sink of sinks) addSinkCall(place, sink, draft);
  const open = sinks.filter(
    (sink) => !forms.some((form) => form.seen.observation.node === sink.seen.observation.node),
  );
  // A safe form that is not surely the known API excuses nothing, but a flow into it proves nothing either.
  const flows = open.filter(
    (sink) => findFormOf(place, sink.seen) === null && addDirectFlow(place, sink, draft),
  );
  if (flows.length > 0) return;
  if (sinks.length === 0 && forms.length === 0) {
    askNoSink(place, draft);
    return;
  }
  const unproved = open.filter((sink) => !isProvedConstant(sink, place) && !isProvedClean(sink, place));
  if (unproved.length > 0) {
    for (const sink of unproved) askAbout(place, sink, findFormOf(place, sink.seen), draft);
    return;
  }
  const [other] = findOtherCalls(place, [
    ...forms.map((form) => form.seen),
    ...sinks.map((sink) => sink.seen),
  ]);
  if (other !== undefined) {
    draft.unknown(
      'REV.unknown',
      `The known calls of line ${place.startLine} are harmless, but ${calleeOf(place, { seen: other })} stands there too: is it the one that is meant?`,
      [cite(place.unit, other.observation.node.span)],
    );
    return;
  }
  if (!agreesWithFlow(place, sinks)) {
    draft.unknown(
      'REV.unknown',
      `The arguments at line ${place.startLine} are constants, but the scanner reports a flow through other code: what did it follow?`,
    );
    return;
  }
  if (
    mayBeOff(
      place,
      open.filter((sink) => isProvedConstant(sink, place)),
    ) ||
    mayMeanNext(place, forms)
  ) {
    draft.unknown(
      'REV.unknown',
      `Line ${place.startLine} is harmless, but an open call of the same kind stands near: is the report a few lines off?`,
      [citeLines(place.unit, place.startLine, place.endLine)],
    );
    return;
  }
  for (const form of forms) addSafeCall(place, form, draft);
  for (const sink of open) {
    if (isProvedConstant(sink, place)) addConstants(place, sink, draft);
    else addSanitized(place, sink, draft);
  }
}

/** Calls at the place that nobody knows and that are given more than constants: the report may mean one of them. */
export function findOtherCalls(place: Place, known: readonly Seen[]): readonly Seen[] {
  const nodes = new Set(known.map((seen) => seen.observation.node));
  const others = seenAt(place).filter((seen) => {
    const { node, values } = seen.observation;
    if (nodes.has(node) || values.every(isFixed) || (node.kind === 'call' && seen.run.followed.has(node)))
      return false;
    // `element[key] = value` may be any property.
    if (node.kind === 'assign') return node.target.kind === 'index' && node.target.index.kind !== 'constant';
    if (node.kind !== 'call') return false;
    if (node.arguments.every(({ value }) => value.kind === 'lambda')) return false;
    const paths = pathsOf(seen);
    const { knowledge } = place.catalog;
    return [
      knowledge.effectOf(paths),
      knowledge.sourceOf(paths),
      knowledge.cleansFor(paths, node.arguments.length),
    ].every((known) => known === null);
  });
  return narrowToColumns(
    others.map((seen) => ({ seen })),
    place,
  ).map(({ seen }) => seen);
}

/** No scanner that follows data reports a call of literals; an undecided one within a few lines is the likelier place. */
function mayBeOff(place: Place, sinks: readonly Sink[]): boolean {
  if (sinks.length === 0 || sinks.some(({ values }) => values.some((value) => value.steps.length > 0)))
    return false;
  const startLine = Math.max(place.within.span.line, place.startLine - NEAR);
  const endLine = Math.min(place.within.span.endLine, place.endLine + NEAR);
  const finding = {
    ...place.finding,
    location: { ...place.finding.location, startColumn: null, endColumn: null },
  };
  return findSinks({ ...place, finding, startLine, endLine }).some((sink) => !isProvedConstant(sink, place));
}

/** Reports that name the line before are common enough: an open call in the next line is the likelier meaning. */
export function mayMeanNext(place: Place, forms: readonly SafeForm[]): boolean {
  const endLine = place.endLine + 1;
  if (forms.length === 0 || endLine > place.within.span.endLine) return false;
  const finding = {
    ...place.finding,
    location: { ...place.finding.location, startColumn: null, endColumn: null },
  };
  const next = { ...place, finding, startLine: endLine, endLine };
  const safe = new Set(findSafeForms(next).map(({ seen }) => seen.observation.node));
  return findSinks(next).some(
    (sink) =>
      sink.values.length > 0 && !isProvedConstant(sink, place) && !safe.has(sink.seen.observation.node),
  );
}

/** Calls at the place that have a form that cannot have the weakness. */
export function findSafeForms(place: Place): readonly SafeForm[] {
  const forms: SafeForm[] = [];
  for (const seen of seenAt(place)) {
    if (seen.run.incomplete !== null || !isGenuine(seen, place.unit)) continue;
    const entry = findFormOf(place, seen);
    if (entry !== null) forms.push({ seen, entry });
  }
  return narrowToColumns(forms, place);
}

/** The safe form that a call has by its looks; whether it is the API that it looks like is not asked. */
function findFormOf(place: Place, seen: Seen): FormEntry | null {
  const fits = (candidate: FormEntry): boolean =>
    candidate.cwe.some((cwe) => place.weaknesses.has(cwe)) &&
    !isAboutOther(candidate, place) &&
    !isUndone(candidate, place) &&
    holds(candidate.when, seen) === true;
  return place.catalog.safe.find(pathsOf(seen)).find(fits) ?? null;
}

/** The rule's own words say that it means another side of this call. */
function isAboutOther(entry: FormEntry, place: Place): boolean {
  if (entry.notAbout === undefined) return false;
  return new RegExp(entry.notAbout, 'i').test(`${place.finding.ruleId} ${place.finding.message}`);
}

/** The file holds words that take the safety away again (a seed, a constructor hook). */
function isUndone(entry: FormEntry, place: Place): boolean {
  return entry.unlessText !== undefined && new RegExp(entry.unlessText).test(place.unit.text);
}

function isProvedConstant(sink: Sink, place: Place): boolean {
  return (
    sink.seen.run.incomplete === null &&
    isGenuine(sink.seen, place.unit) &&
    !place.catalog.safe.find(pathsOf(sink.seen)).some((entry) => isUndone(entry, place)) &&
    sink.entry.constantExcuses &&
    sink.values.length > 0 &&
    sink.values.every(isFixed) &&
    !(sink.entry.changesLater && isChangedLater(sink))
  );
}

function addSanitized(place: Place, sink: Sink, draft: EvidenceDraft): void {
  const { span } = sink.seen.observation.node;
  const steps = sink.values.flatMap((value) => value.steps);
  const origins = sink.values.flatMap((value) => [...value.taints, ...value.doubts]);
  draft.fact(
    'sanitized_arguments',
    `Everything open that line ${span.line} passes to ${calleeOf(place, sink)} was made harmless before (${linesOf(steps)}).`,
    citeAll(place.unit, [...origins.map((origin) => origin.span), ...steps, span]),
  );
}

function addSinkCall(place: Place, sink: Sink, draft: EvidenceDraft): void {
  const { node } = sink.seen.observation;
  draft.fact('sink_call', `Line ${node.span.line} ${describeNode(place, node.span)}.`, [
    cite(place.unit, node.span),
  ]);
}

function describeNode(place: Place, span: Span): string {
  return `holds ${markOutside(place.unit.textOf(span), 70)}`;
}

function addConstants(place: Place, sink: Sink, draft: EvidenceDraft): void {
  const steps = sink.values.flatMap((value) => value.steps);
  const { span } = sink.seen.observation.node;
  const where =
    steps.length === 0 ? 'written there as constants' : `made of constants only (${linesOf(steps)})`;
  draft.fact(
    'constant_arguments',
    `Everything that line ${span.line} passes to ${calleeOf(place, sink)} is ${where}.`,
    citeAll(place.unit, [span, ...steps]),
  );
}

const LONGEST_CALLEE = 200;

export function calleeOf(place: Place, { seen }: { readonly seen: Seen }): string {
  const { node } = seen.observation;
  if (node.kind === 'call')
    return markOutside(place.unit.textOf(node.callee.span).replace(/\s+/g, ''), LONGEST_CALLEE);
  return node.kind === 'assign'
    ? markOutside(place.unit.textOf(node.target.span).replace(/\s+/g, ''), LONGEST_CALLEE)
    : 'the place';
}

function addSafeCall(place: Place, form: SafeForm, draft: EvidenceDraft): void {
  const { node, values } = form.seen.observation;
  const steps = values.filter(isFixed).flatMap((value) => value.steps);
  draft.fact(
    'safe_call',
    `Line ${node.span.line}: ${form.entry.text}`,
    citeAll(place.unit, [node.span, ...steps]),
  );
}

/** A remote source in a relevant argument, with nothing on the way that could have cleaned or checked it. */
function addDirectFlow(place: Place, sink: Sink, draft: EvidenceDraft): boolean {
  if (sink.seen.run.incomplete !== null || !sink.entry.constantExcuses) return false;
  for (const value of sink.values) {
    const taint = value.taints.find(
      (candidate) =>
        !sink.seen.observation.guarded.has(candidate.span.start) &&
        (candidate.cleaned === undefined || mayBreakOut(candidate, sink.entry.context)) &&
        askHost(place, candidate) === null,
    );
    if (taint === undefined) continue;
    const { span } = sink.seen.observation.node;
    const text = `${taint.label} of ${lineOf(taint.span)} reaches ${calleeOf(place, sink)} in line ${span.line} with nothing but assignments and text operations between.`;
    draft.fact(
      'direct_flow',
      text.charAt(0).toUpperCase() + text.slice(1),
      citeAll(place.unit, [taint.span, ...stepsBetween(value, taint.span, span), span]),
    );
    return true;
  }
  return false;
}

function stepsBetween(value: Value, source: Span, sink: Span): readonly Span[] {
  return value.steps.filter(
    (step) =>
      step.file !== undefined ||
      source.file !== undefined ||
      (step.endLine >= source.line && step.line <= sink.endLine),
  );
}
