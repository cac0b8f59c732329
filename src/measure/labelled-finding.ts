// The words of an evaluation: a finding whose truth is known, and what a judge said of it.
import type { Verdict, VerdictLabel } from '#domain/verdict.ts';

export interface LabelledFinding {
  /** `set/key of the label`: the same in every evaluation of a set. */
  readonly key: string;
  readonly set: string;
  /** As the label or the report has it; outside text, as are the rule and the tool. */
  readonly path: string;
  readonly line: number;
  readonly ruleId: string;
  readonly tool: string;
  /** Digits; null when neither the label nor the report names one. */
  readonly cwe: string | null;
  readonly language: string | null;
  /** What the label says. */
  readonly isReal: boolean;
}

export interface GivenVerdict {
  readonly key: string;
  readonly verdict: VerdictLabel;
  readonly confidence: number;
  readonly by: Verdict['by'];
  /** Code of the first reason. */
  readonly reason: string;
}

export type LabelledVerdict = LabelledFinding & GivenVerdict;

/** A finding that needs review is kept: that is right when it is real. */
export function isRight({ verdict, isReal }: Pick<LabelledVerdict, 'verdict' | 'isReal'>): boolean {
  return verdict === 'false_positive' ? !isReal : isReal;
}

/** Findings with the verdicts they got, in the order of the findings; those without one are left out. */
export function joinVerdicts(
  findings: readonly LabelledFinding[],
  verdicts: readonly GivenVerdict[],
): readonly LabelledVerdict[] {
  const byKey = new Map(verdicts.map((verdict) => [verdict.key, verdict]));
  return findings.flatMap((finding) => {
    const given = byKey.get(finding.key);
    return given === undefined ? [] : [{ ...finding, ...given }];
  });
}
