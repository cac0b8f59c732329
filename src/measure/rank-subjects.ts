// Which judge to choose: the one that loses the fewest real findings, then the one that tells best.
import type { SubjectRecord } from './evaluation.ts';

/** A new list, best first; equals stand by name. */
export function rankSubjects(subjects: readonly SubjectRecord[]): readonly SubjectRecord[] {
  return [...subjects].sort(
    (a, b) => lost(a) - lost(b) || correlationOf(b) - correlationOf(a) || (a.name < b.name ? -1 : 1),
  );
}

/** Money per judged finding, US dollars; 0 for the built-in judge, null when no price is known. */
export function costPerFinding({ cost, judged }: Pick<SubjectRecord, 'cost' | 'judged'>): number | null {
  if (cost === null) return 0;
  return cost.money === null || judged === 0 ? null : cost.money / judged;
}

function lost({ measurement }: SubjectRecord): number {
  return measurement.overall.falseDismissals.count;
}

function correlationOf({ measurement }: SubjectRecord): number {
  return measurement.overall.gate.mcc.value ?? -2;
}
