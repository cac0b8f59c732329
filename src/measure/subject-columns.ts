// The columns of the comparison over subjects: what stands in each, and which of its values is the best.
import type { SubjectRecord, SubjectTimes } from './evaluation.ts';
import { count, decimal, dollars, duration, percent } from './numbers.ts';
import { costPerFinding } from './rank-subjects.ts';

export interface SubjectColumn {
  readonly title: string;
  /** What the column says, in a sentence. */
  readonly meaning: string;
  readonly best: 'highest' | 'lowest' | null;
  value(subject: SubjectRecord, times: SubjectTimes | null): number | null;
  show(value: number | null): string;
}

const number = (value: number | null): string => (value === null ? '–' : count(value));

export const SUBJECT_COLUMNS: readonly SubjectColumn[] = [
  {
    title: 'False dismissals',
    meaning: 'Real findings that were dismissed. The worst mistake: the table is sorted by it.',
    best: 'lowest',
    value: ({ measurement }) => measurement.overall.falseDismissals.count,
    show: number,
  },
  {
    title: 'MCC',
    meaning: 'Matthews’ correlation of kept and real, −1 to 1. 0 is guessing.',
    best: 'highest',
    value: ({ measurement }) => measurement.overall.gate.mcc.value,
    show: decimal,
  },
  {
    title: 'TPR−FPR',
    meaning: 'Share of real findings kept, minus share of the others kept.',
    best: 'highest',
    value: ({ measurement }) => measurement.overall.gate.youden.value,
    show: decimal,
  },
  {
    title: 'F1',
    meaning: 'Harmonic mean of precision and recall of what is kept.',
    best: 'highest',
    value: ({ measurement }) => measurement.overall.gate.f1.value,
    show: decimal,
  },
  {
    title: 'Decided',
    meaning: 'Findings with a definite verdict; the others go to a person.',
    best: 'highest',
    value: ({ measurement }) => measurement.overall.decided.value,
    show: percent,
  },
  {
    title: 'Noise removed',
    meaning: 'Of the findings that are not real, those that were dismissed.',
    best: 'highest',
    value: ({ measurement }) => measurement.overall.noiseRemoved.value,
    show: percent,
  },
  {
    title: 'ECE',
    meaning: 'Mean distance of stated confidence from what came true; 0 is best.',
    best: 'lowest',
    value: ({ measurement }) => measurement.reliability.ece,
    show: decimal,
  },
  {
    title: 'Tokens',
    meaning: 'In and out, of the answers that the verdicts rest on.',
    best: null,
    value: ({ cost }) => (cost === null ? null : cost.tokens.input + cost.tokens.output),
    show: number,
  },
  {
    title: 'Cost a finding',
    meaning: 'US dollars for each judged finding, from the price table.',
    best: null,
    value: (subject) => costPerFinding(subject),
    show: dollars,
  },
  {
    title: 'p95',
    meaning: 'Latency that 95 % of the requests stayed within.',
    best: null,
    value: (_, times) => times?.latencyMs?.p95 ?? null,
    show: duration,
  },
];

export interface SubjectCell {
  readonly text: string;
  /** Whether it is the best of its column, and not all are the same. */
  readonly isBest: boolean;
}

/** Cells by subject, in the order of the subjects and of the columns. */
export function subjectCells(
  subjects: readonly SubjectRecord[],
  times: readonly SubjectTimes[],
): readonly (readonly SubjectCell[])[] {
  const timesOf = (name: string) => times.find((one) => one.name === name) ?? null;
  const values = SUBJECT_COLUMNS.map((column) =>
    subjects.map((subject) => column.value(subject, timesOf(subject.name))),
  );
  return subjects.map((_, row) =>
    SUBJECT_COLUMNS.map((column, at) => {
      const value = values[at]?.[row] ?? null;
      return {
        text: column.show(value),
        isBest: value !== null && value === bestOf(column, values[at] ?? []),
      };
    }),
  );
}

function bestOf({ best }: SubjectColumn, values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  if (best === null || new Set(known).size < 2) return null;
  return best === 'highest' ? Math.max(...known) : Math.min(...known);
}
