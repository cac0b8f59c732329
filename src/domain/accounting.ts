// The sums that must hold for every run: nothing that came in is lost.

/** in = findings + duplicates + notFindings + rejected; findings = judged + outOfScope. */
export interface Accounting {
  readonly in: number;
  readonly findings: number;
  readonly duplicates: number;
  readonly notFindings: number;
  readonly rejected: number;
  readonly judged: number;
  readonly outOfScope: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly needsReview: number;
  readonly suppressed: number;
  readonly waived: number;
}
