// One line of the benchmark report.

export interface BenchRow {
  readonly name: string;
  readonly figure: string;
  /** What it is compared with, measured in the same run. */
  readonly baseline: string;
  /** Figure over baseline; below 1 is faster or smaller than the baseline. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}
