// Why a run could not finish: each of these turns the outcome to `unfinished`, so that it never looks clean.
import type { DecisionReason, Notice } from '#domain/decision.ts';
import type { IngestedReport } from '#domain/report.ts';

/** Reasons in the order of the inputs; empty when everything was read to its end. */
export function unfinishedReasons(
  reports: readonly IngestedReport[],
  notReached: number,
  interrupted: boolean,
): DecisionReason[] {
  const reasons = reports.flatMap(reasonsOfReport);
  if (interrupted) {
    const rest = notReached > 0 ? `; ${notReached} findings were not looked at` : '';
    reasons.push({ code: 'interrupted', text: `The run was interrupted${rest}.` });
  }
  return reasons;
}

function reasonsOfReport(report: IngestedReport): DecisionReason[] {
  const reasons: DecisionReason[] = [];
  if (report.fault !== null) {
    reasons.push({ code: `report-${report.fault.kind}`, text: report.fault.message });
  }
  const rejected = report.results.filter((result) => result.kind === 'rejected');
  const first = rejected[0];
  if (first?.kind === 'rejected') {
    const count = rejected.length === 1 ? 'one result was' : `${rejected.length} results were`;
    reasons.push({
      code: 'results-rejected',
      text: `${report.name}: ${count} rejected; the first because ${first.why}`,
    });
  }
  for (const run of report.runs) {
    if (!run.finished) {
      const detail = run.problems[0] === undefined ? '' : `: ${run.problems[0]}`;
      reasons.push({
        code: 'scan-incomplete',
        text: `${report.name}: ${run.tool.name} says that its scan did not finish${detail}`,
      });
    }
  }
  return reasons;
}

/** What the readers noticed without losing anything. */
export function reportNotices(reports: readonly IngestedReport[]): Notice[] {
  return reports.flatMap((report) => [
    ...report.notices.map((text) => ({ code: 'report-notice', text: `${report.name}: ${text}` })),
    ...report.runs
      .filter((run) => run.finished)
      .flatMap((run) =>
        run.problems.map((text) => ({
          code: 'tool-problem',
          text: `${report.name}: ${run.tool.name} says: ${text}`,
        })),
      ),
  ]);
}
