// The scanner's own data flow: shown with the file's words, and held against what the evaluator proved.
import type { Citation } from '#domain/location.ts';
import { citeLines } from './citing.ts';
import type { EvidenceDraft } from './draft.ts';
import type { Place } from './place.ts';
import type { Sink } from './sink.ts';

export function addReportedFlow(place: Place, draft: EvidenceDraft): void {
  const { flow } = place.finding;
  if (flow.length < 2) return;
  const here = flow.filter(
    ({ location }) =>
      location.resolved && location.path === place.unit.path && location.startLine <= place.unit.lines.length,
  );
  const citations: Citation[] = here
    .slice(0, 12)
    .map(({ location }) => citeLines(place.unit, location.startLine, location.endLine));
  draft.fact(
    'reported_flow',
    `The scanner reports a flow of ${flow.length} steps, ${here.length} of them in this file.`,
    citations,
  );
}

/**
 * Whether what was proved of the sink's arguments speaks of what the scanner followed: every reported step must stand on a line
 * that the proof names or that mentions one of its variables. Otherwise the scanner saw something else.
 */
export function agreesWithFlow(place: Place, sinks: readonly Sink[]): boolean {
  const { flow } = place.finding;
  if (flow.length < 2) return true;
  const lines = new Set<number>();
  const names = new Set<string>();
  for (const sink of sinks) {
    const spans = [sink.seen.observation.node.span, ...sink.values.flatMap((value) => value.steps)];
    for (const span of spans) {
      for (let line = span.line; line <= span.endLine; line++) lines.add(line);
      for (const name of place.unit.textOf(span).match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(name);
    }
  }
  return flow.every(({ location }) => {
    if (!location.resolved || location.path !== place.unit.path) return false;
    if (lines.has(location.startLine)) return true;
    const { span } = place.within;
    if (location.startLine < span.line || location.startLine > span.endLine) return false;
    const words = (place.unit.lines[location.startLine - 1] ?? '').match(/[A-Za-z_$][\w$]*/g) ?? [];
    return words.some((word) => names.has(word));
  });
}
