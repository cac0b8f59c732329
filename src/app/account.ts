// The sums of a run, and the check that they hold: nothing that came in may be lost.
import type { Accounting } from '#domain/accounting.ts';
import type { GatedFinding } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import type { ResultRow } from '#domain/finding.ts';

/** Counts, then checks; a sum that does not hold is our fault and ends the run as `internal`. */
export function account(
  incoming: number,
  rows: readonly ResultRow[],
  findings: readonly GatedFinding[],
): Accounting {
  const disposition = (kind: ResultRow['disposition']) =>
    rows.filter((row) => row.disposition === kind).length;
  const verdict = (label: string) => findings.filter((finding) => finding.verdict?.label === label).length;
  const effect = (kind: string) => findings.filter((finding) => finding.gate.effect === kind).length;
  const sums: Accounting = {
    in: incoming,
    findings: findings.length,
    duplicates: disposition('duplicate'),
    notFindings: disposition('not_a_finding'),
    rejected: disposition('rejected'),
    judged: findings.filter((finding) => finding.verdict !== null).length,
    outOfScope: effect('out_of_scope'),
    truePositives: verdict('true_positive'),
    falsePositives: verdict('false_positive'),
    needsReview: verdict('needs_review'),
    suppressed: effect('suppressed'),
    waived: effect('waived'),
  };
  check('results', sums.in, sums.findings + sums.duplicates + sums.notFindings + sums.rejected);
  check('rows', sums.in, rows.length);
  check('findings', sums.findings, sums.judged + sums.outOfScope);
  check('verdicts', sums.judged, sums.truePositives + sums.falsePositives + sums.needsReview);
  check('ids', sums.findings, new Set(findings.map((finding) => finding.id)).size);
  return sums;
}

function check(what: string, expected: number, actual: number): void {
  if (expected !== actual) {
    throw new AssayError(
      'internal',
      `The accounting of ${what} does not add up: ${expected} against ${actual}.`,
      {
        hint: 'This is a defect of Assay; please report it with the command you ran.',
      },
    );
  }
}
