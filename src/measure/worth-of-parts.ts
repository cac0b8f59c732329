// What each part of the prompt and each check is worth: the same findings judged without it.
import { compareSubjects, type FigureDifferences, type Judged } from './compare-subjects.ts';

export interface PartWorth {
  /** For example `frame.evidence-rules` or `checks.quotes`. */
  readonly part: string;
  /** Figures without the part minus figures with it: what is lost stands below zero. */
  readonly differences: FigureDifferences;
  /** Verdicts that came out otherwise, and of them the better and the worse ones. */
  readonly changed: number;
  readonly better: number;
  readonly worse: number;
}

export function worthOfPart(part: string, whole: Judged, without: Judged): PartWorth {
  const { changes, differences } = compareSubjects(whole, without, 0);
  const better = changes.filter(({ effect }) => effect === 'better').length;
  return { part, differences, changed: changes.length, better, worse: changes.length - better };
}
