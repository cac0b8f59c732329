// The catalogue, asked on behalf of a model's claims about one finding: the same sinks, safe forms and sources that facts are made of.
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { CallExpression, Expression, Span } from '../code/ir.ts';
import type { KnownApis } from '../code/known-apis.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { functionAround } from '../code/statement-chain.ts';
import { findOtherCalls, findSafeForms, mayMeanNext } from './call-facts.ts';
import type { Catalog } from './catalog.ts';
import { isGenuine } from './genuine.ts';
import { evaluatorOf, locatePlace } from './locate-place.ts';
import { findCandidates } from './misuse.ts';
import type { Place, Seen } from './place.ts';
import { findSinks, indexOfArgument, isChangedLater, type Sink } from './sink.ts';

/** Of a place in another file than the finding's, and where the weakness is not known, nothing is known. */
export function createKnownApis(finding: ScopedFinding, catalog: Catalog): KnownApis {
  const placeAt = (unit: SourceUnit, startLine: number, endLine: number): Place | null => {
    const { location } = finding;
    if (!location.resolved || unit.path !== location.path || finding.cwe.length === 0) return null;
    return locatePlace({ ...finding, location: { ...location, startLine, endLine } }, unit, catalog);
  };
  return {
    sinkValues: (unit, startLine, endLine) => {
      const place = placeAt(unit, startLine, endLine);
      return place === null || place.isMisuse ? null : sinkValuesAt(place);
    },
    isSafeForm: (unit, call, startLine, endLine) => {
      const place = placeAt(unit, startLine, endLine);
      return place !== null && isSafeFormAt(place, call);
    },
    isSource: (unit, expression) => {
      const run = evaluatorOf(catalog, unit).evaluate(functionAround(unit, expression.span));
      return [...run.observations.values()].some(({ values, receiver }) =>
        [...values, ...(receiver === null ? [] : [receiver])].some(({ taints, shadows }) =>
          [...taints, ...shadows].some(({ span }) => reads(expression, span)),
        ),
      );
    },
    isHandlerParameter: (unit, functionLine, parameter) => {
      const { knowledge } = catalog.language(unit.language);
      return unit.functions.some((definition) => {
        if (definition.span.line !== functionLine) return false;
        const at = definition.parameters.findIndex(({ name }) => name === parameter);
        const annotations = definition.parameters[at]?.annotations ?? [];
        return at >= 0 && knowledge.parameterSource(definition, at, annotations) !== null;
      });
    },
  };
}

/** `req.query.id` reads the source `req.query`; what a method makes of it is something else. */
function reads({ kind, span }: Expression, source: Span): boolean {
  if (source.start !== span.start) return false;
  return kind === 'member' || kind === 'index' ? source.end <= span.end : source.end === span.end;
}

function sinkValuesAt(place: Place): readonly Expression[] | 'unclear' | null {
  const sinks = findSinks(place);
  const isKnown =
    sinks.length > 0 &&
    answersAll(place, sinks) &&
    sinks.every(({ seen }) => seen.run.incomplete === null && isGenuine(seen, place.unit));
  if (!isKnown) return null;
  if (sinks.some((sink) => !sink.entry.constantExcuses || (sink.entry.changesLater && isChangedLater(sink))))
    return 'unclear';
  const values: Expression[] = [];
  for (const sink of sinks) {
    const relevant = relevantNodes(sink);
    if (relevant.length === 0) return 'unclear';
    values.push(...relevant);
  }
  return [...values, ...givenBesides(place, sinks, values)];
}

/** The report may speak of several weaknesses: a sink of one of them says nothing of where the others are. */
function answersAll({ finding, families }: Place, sinks: readonly Sink[]): boolean {
  return finding.cwe.every((cwe) => {
    const relatives = families
      .filter(({ members }) => members.includes(cwe))
      .flatMap(({ members }) => members);
    return sinks.some(({ entry }) => entry.cwe.some((one) => one === cwe || relatives.includes(one)));
  });
}

/** The arguments that the weakness is about, as `Sink.values` has them evaluated. */
function relevantNodes({ seen, entry }: Sink): readonly Expression[] {
  const { node } = seen.observation;
  if (node.kind === 'return') return node.value === null ? [] : [node.value];
  if (node.kind === 'assign')
    return [
      node.value,
      ...(node.operator === null ? [] : [node.target]),
      ...(node.target.kind === 'index' ? [node.target.index] : []),
    ];
  if (node.kind !== 'call') return [];
  const all = node.arguments.map(({ value }) => value);
  if (entry.arguments === 'all' || all.some(({ kind }) => kind === 'spread')) return all;
  if (!Array.isArray(entry.arguments)) return all.slice(entry.arguments.from);
  return entry.arguments.flatMap((which) => {
    if (which === 'receiver') return node.callee.kind === 'member' ? [node.callee.object] : [];
    const value = all[indexOfArgument(node.arguments, which)];
    return value === undefined ? [] : [value];
  });
}

/** An unknown call beside the sink may be the one that is meant: what it is given has to be answered for, too. */
function givenBesides(
  place: Place,
  sinks: readonly Sink[],
  values: readonly Expression[],
): readonly Expression[] {
  const others = findOtherCalls(
    place,
    sinks.map(({ seen }) => seen),
  );
  const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
  return others.flatMap(({ observation: { node } }) => {
    // Inside of what the sink is given it is a step of the way.
    if (values.some(({ span }) => within(node.span, span))) return [];
    const given =
      node.kind === 'call'
        ? node.arguments.map(({ value }) => value)
        : node.kind === 'assign'
          ? [node.value, ...(node.target.kind === 'index' ? [node.target.index] : [])]
          : [];
    return given.filter(({ span }) => !sinks.some(({ seen }) => within(seen.observation.node.span, span)));
  });
}

function isSafeFormAt(place: Place, call: CallExpression): boolean {
  const forms = findSafeForms(place);
  if (!forms.some(({ seen }) => isNode(seen, call)) || mayMeanNext(place, forms)) return false;
  if (place.isMisuse) {
    const isSafe = (seen: Seen): boolean =>
      forms.some((form) => form.seen.observation.node === seen.observation.node);
    return findCandidates(place).every(({ verdict, seen }) => verdict === false || isSafe(seen));
  }
  const known = [...forms.map(({ seen }) => seen), ...findSinks(place).map(({ seen }) => seen)];
  return findOtherCalls(place, known).length === 0;
}

function isNode({ observation: { node } }: Seen, { span }: CallExpression): boolean {
  return node.kind === 'call' && node.span.start === span.start && node.span.end === span.end;
}
