// Two evaluations of one set: what changed, finding by finding, and whether it got worse.
import type { VerdictLabel } from '#domain/verdict.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type GivenVerdict, joinVerdicts, type LabelledFinding } from './labelled-finding.ts';

export interface Judged {
  readonly name: string;
  readonly findings: readonly LabelledFinding[];
  readonly verdicts: readonly GivenVerdict[];
}

export interface VerdictChange {
  readonly key: string;
  readonly path: string;
  readonly line: number;
  readonly ruleId: string;
  readonly isReal: boolean;
  readonly before: VerdictLabel;
  readonly after: VerdictLabel;
  /** A definite verdict that is right is better than needs review, which is better than one that is wrong. */
  readonly effect: 'better' | 'worse';
  /** A real finding that was not dismissed before. */
  readonly isNewFalseDismissal: boolean;
}

/** The figures that are compared, gate view; null where one of the two is not defined. */
export interface FigureDifferences {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly mcc: number | null;
  readonly youden: number | null;
  readonly decided: number | null;
  readonly falseDismissals: number;
}

export interface SubjectComparison {
  readonly subject: string;
  /** The subject of the earlier evaluation. */
  readonly against: string;
  /** Findings in both; figures are compared over these alone. */
  readonly common: number;
  readonly added: number;
  readonly gone: number;
  readonly changes: readonly VerdictChange[];
  readonly differences: FigureDifferences;
  /** One sentence for each way in which it got worse; none when it did not. */
  readonly regressions: readonly string[];
}

/** The truth is what the labels say now. `tolerance`: how much F1 and MCC may fall before that counts, for example 0.01. */
export function compareSubjects(before: Judged, after: Judged, tolerance: number): SubjectComparison {
  const earlier = new Map(before.verdicts.map((verdict) => [verdict.key, verdict]));
  const now = joinVerdicts(after.findings, after.verdicts);
  const common = now.filter(({ key }) => earlier.has(key));
  const changes = common.flatMap((finding): VerdictChange[] => {
    const was = earlier.get(finding.key)?.verdict ?? finding.verdict;
    if (was === finding.verdict) return [];
    const { key, path, line, ruleId, isReal, verdict } = finding;
    return [
      {
        ...{ key, path, line, ruleId, isReal, before: was, after: verdict },
        effect: worth(verdict, isReal) > worth(was, isReal) ? 'better' : 'worse',
        isNewFalseDismissal: isReal && verdict === 'false_positive',
      },
    ];
  });
  const differences = differencesOf(
    figuresOf(joinVerdicts(common, before.verdicts)),
    figuresOf(joinVerdicts(common, after.verdicts)),
  );
  return {
    ...{ subject: after.name, against: before.name, common: common.length },
    added: now.length - common.length,
    gone: before.verdicts.length - common.length,
    ...{ changes, differences, regressions: regressionsOf(changes, differences, tolerance) },
  };
}

/** −1, 0 or 1: wrong, open, right. */
function worth(verdict: VerdictLabel, isReal: boolean): number {
  if (verdict === 'needs_review') return 0;
  return (verdict === 'true_positive') === isReal ? 1 : -1;
}

/** After minus before. */
function differencesOf(before: Figures, after: Figures): FigureDifferences {
  const minus = (a: { value: number | null }, b: { value: number | null }): number | null =>
    a.value === null || b.value === null ? null : a.value - b.value;
  return {
    precision: minus(after.gate.precision, before.gate.precision),
    recall: minus(after.gate.recall, before.gate.recall),
    f1: minus(after.gate.f1, before.gate.f1),
    mcc: minus(after.gate.mcc, before.gate.mcc),
    youden: minus(after.gate.youden, before.gate.youden),
    decided: minus(after.decided, before.decided),
    falseDismissals: after.falseDismissals.count - before.falseDismissals.count,
  };
}

/** So that a difference of rounding alone is none. */
const ROUNDING = 1e-9;

function regressionsOf(
  changes: readonly VerdictChange[],
  { f1, mcc }: FigureDifferences,
  tolerance: number,
): readonly string[] {
  const lost = changes.filter(({ isNewFalseDismissal }) => isNewFalseDismissal).length;
  const fell = (name: string, by: number | null): string[] =>
    by !== null && -by > tolerance + ROUNDING
      ? [`${name} fell by ${(-by).toFixed(4)}, more than ${tolerance}.`]
      : [];
  return [
    ...(lost === 0 ? [] : [`${lost} real ${lost === 1 ? 'finding is' : 'findings are'} newly dismissed.`]),
    ...fell('F1', f1),
    ...fell('MCC', mcc),
  ];
}
