// Labelled verdicts → the figures by which a judge is judged. Positive means: a real weakness.
import type { VerdictLabel } from '#domain/verdict.ts';
import {
  correlation,
  difference,
  type Estimate,
  fromJaccard,
  type Share,
  share,
  UNDEFINED,
} from './intervals.ts';
import type { LabelledVerdict } from './labelled-finding.ts';

/** How many findings of each truth got which verdict. */
export interface Confusion {
  readonly real: Readonly<Record<VerdictLabel, number>>;
  readonly notReal: Readonly<Record<VerdictLabel, number>>;
}

/** Of two classes: kept (called real) or dismissed. */
export interface BinaryFigures {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** TP / (TP + FP). */
  readonly precision: Share;
  /** TP / (TP + FN), also the true positive rate. */
  readonly recall: Share;
  /** FP / (FP + TN). */
  readonly falsePositiveRate: Share;
  /** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall (van Rijsbergen 1979). */
  readonly f1: Estimate;
  /** Matthews' correlation coefficient (Biochimica et Biophysica Acta 405, 1975), −1 to 1; 0 for a judge that guesses. */
  readonly mcc: Estimate;
  /** TPR − FPR: Youden's index (Cancer 3, 1950), the score of the OWASP Benchmark. */
  readonly youden: Estimate;
}

export interface Figures {
  readonly findings: number;
  readonly real: number;
  readonly notReal: number;
  readonly confusion: Confusion;
  /** Findings with a definite verdict. */
  readonly decided: Share;
  /** Real findings that were dismissed, of the real ones: the worst mistake there is. */
  readonly falseDismissals: Share;
  /** Dismissed findings that are real, of the dismissed ones. */
  readonly wrongDismissals: Share;
  /** Findings that are not real and were dismissed, of those that are not: the noise that was taken away. */
  readonly noiseRemoved: Share;
  /** As the gate sees it: needs review is kept. */
  readonly gate: BinaryFigures;
  /** Over the findings with a definite verdict alone. */
  readonly definite: BinaryFigures;
}

export function figuresOf(verdicts: readonly LabelledVerdict[]): Figures {
  const confusion = {
    real: countLabels(verdicts.filter(({ isReal }) => isReal)),
    notReal: countLabels(verdicts.filter(({ isReal }) => !isReal)),
  };
  const { real, notReal } = confusion;
  const reals = sum(real);
  const fakes = sum(notReal);
  const definite = verdicts.length - real.needs_review - notReal.needs_review;
  return {
    ...{ findings: verdicts.length, real: reals, notReal: fakes, confusion },
    decided: share(definite, verdicts.length),
    falseDismissals: share(real.false_positive, reals),
    wrongDismissals: share(real.false_positive, real.false_positive + notReal.false_positive),
    noiseRemoved: share(notReal.false_positive, fakes),
    gate: binaryFigures({
      truePositives: real.true_positive + real.needs_review,
      falsePositives: notReal.true_positive + notReal.needs_review,
      trueNegatives: notReal.false_positive,
      falseNegatives: real.false_positive,
    }),
    definite: binaryFigures({
      truePositives: real.true_positive,
      falsePositives: notReal.true_positive,
      trueNegatives: notReal.false_positive,
      falseNegatives: real.false_positive,
    }),
  };
}

type Counts = Pick<BinaryFigures, 'truePositives' | 'falsePositives' | 'trueNegatives' | 'falseNegatives'>;

function binaryFigures(counts: Counts): BinaryFigures {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts;
  const recall = share(tp, tp + fn);
  const falsePositiveRate = share(fp, fp + tn);
  const spread = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  // Where nothing was called real, or nothing is, precision or recall say nothing, and F1 neither.
  const isDefined = tp > 0;
  return {
    ...counts,
    precision: share(tp, tp + fp),
    ...{ recall, falsePositiveRate },
    f1: isDefined ? fromJaccard(share(tp, tp + fp + fn)) : UNDEFINED,
    mcc: spread === 0 ? UNDEFINED : correlation((tp * tn - fp * fn) / spread, tp + fp + tn + fn),
    youden: difference(recall, falsePositiveRate),
  };
}

function countLabels(verdicts: readonly LabelledVerdict[]): Record<VerdictLabel, number> {
  const counts = { false_positive: 0, needs_review: 0, true_positive: 0 };
  for (const { verdict } of verdicts) counts[verdict]++;
  return counts;
}

function sum(counts: Readonly<Record<VerdictLabel, number>>): number {
  return counts.false_positive + counts.needs_review + counts.true_positive;
}
