// How far a stated confidence can be believed: among verdicts given with 0.9, about nine in ten should be right.
import { isRight, type LabelledVerdict } from './labelled-finding.ts';

const BINS = 10;

export interface ReliabilityBin {
  /** From this confidence on, up to the next bin; the last one holds 1 as well. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Null in an empty bin. */
  readonly meanConfidence: number | null;
  readonly right: number | null;
}

export interface Reliability {
  /** Expected calibration error: Σ nᵢ/n · |right − confidence| over ten bins of equal width (Naeini et al., AAAI 2015; Guo et al., ICML 2017). */
  readonly ece: number | null;
  /** Mean of (confidence − outcome)² (Brier, Monthly Weather Review 78, 1950); 0 is best, 0.25 is a judge that always says 0.5. */
  readonly brier: number | null;
  readonly bins: readonly ReliabilityBin[];
}

/** Over all verdicts. Confidence is the share of such verdicts that were right; needs review is right where the finding is real. */
export function reliabilityOf(verdicts: readonly LabelledVerdict[]): Reliability {
  const outcomes = verdicts.map((one) => ({ confidence: one.confidence, outcome: isRight(one) ? 1 : 0 }));
  const bins = Array.from({ length: BINS }, (_, at) => {
    const inside = outcomes.filter(({ confidence }) => binOf(confidence) === at);
    return {
      ...{ from: at / BINS, to: (at + 1) / BINS, count: inside.length },
      meanConfidence: mean(inside.map(({ confidence }) => confidence)),
      right: mean(inside.map(({ outcome }) => outcome)),
    };
  });
  const gaps = bins.map(({ count, meanConfidence, right }) =>
    meanConfidence === null || right === null ? 0 : count * Math.abs(right - meanConfidence),
  );
  return {
    ece: outcomes.length === 0 ? null : gaps.reduce((a, b) => a + b, 0) / outcomes.length,
    brier: mean(outcomes.map(({ confidence, outcome }) => (confidence - outcome) ** 2)),
    bins,
  };
}

function binOf(confidence: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor(confidence * BINS)));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
