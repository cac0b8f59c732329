// The place a finding speaks of, in terms of the code: the functions there, and what was seen in them.

import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { UnitEvaluator } from '../code/evaluate/evaluate-function.ts';
import type { Evaluation } from '../code/evaluate/evaluation.ts';
import type { Observation } from '../code/evaluate/scene.ts';
import type { FunctionDefinition, Span } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import type { LanguageCatalog } from './catalog.ts';
import type { WeaknessFamily } from './catalog-schema.ts';

/** An observation together with the function it was made in. */
export interface Seen {
  readonly observation: Observation;
  readonly run: Evaluation;
}

export interface Place {
  readonly unit: SourceUnit;
  readonly evaluator: UnitEvaluator;
  readonly catalog: LanguageCatalog;
  readonly families: readonly WeaknessFamily[];
  /** CWE numbers that evidence may speak to: the finding's own and its families'. */
  readonly weaknesses: ReadonlySet<number>;
  readonly isMisuse: boolean;
  readonly startLine: number;
  readonly endLine: number;
  /** The innermost function that holds the place; the file itself when none does. */
  readonly within: FunctionDefinition;
  readonly finding: ScopedFinding;
}

/** Everything observed at the place, in source order: in the function around it and in functions that start on its lines. */
export function seenAt(place: Place): readonly Seen[] {
  const { unit, evaluator, startLine, endLine } = place;
  const definitions = [
    place.within,
    ...unit.functions.filter(({ span }) => span.line <= endLine && span.endLine >= startLine),
  ];
  const outer = evaluator.enclosing(place.within);
  const seen = new Map<object, Seen>();
  for (const definition of new Set([...definitions, ...outer])) {
    const run = evaluator.evaluate(definition);
    for (const observation of run.observations.values()) {
      const { span } = observation.node;
      const startsHere = span.line >= startLine && span.line <= endLine;
      const covers = span.line <= endLine && span.endLine >= startLine;
      if (startsHere || (covers && definition === place.within))
        seen.set(observation.node, { observation, run });
    }
  }
  const all = [...seen.values()].sort(
    (a, b) => a.observation.node.span.start - b.observation.node.span.start,
  );
  return all;
}

/** Those that the finding's columns touch, when columns were given and touch any. */
export function narrowToColumns<T extends { readonly seen: Seen }>(
  items: readonly T[],
  place: Place,
): readonly T[] {
  const { startColumn, endColumn } = place.finding.location;
  if (startColumn === null || endColumn === null || items.length < 2) return items;
  const touched = items.filter(({ seen }) =>
    touches(seen.observation.node.span, place, startColumn, endColumn),
  );
  return touched.length > 0 ? touched : items;
}

function touches(span: Span, place: Place, startColumn: number, endColumn: number): boolean {
  const startsBefore = span.line < place.endLine || (span.line === place.endLine && span.column < endColumn);
  const endsAfter =
    span.endLine > place.startLine || (span.endLine === place.startLine && span.endColumn > startColumn);
  return startsBefore && endsAfter;
}

/** Names used for the target of an assignment are `path =`. */
export function pathsOf({ observation }: Seen): readonly string[] {
  return observation.node.kind === 'assign'
    ? observation.paths.map((path) => `${path} =`)
    : observation.paths;
}
