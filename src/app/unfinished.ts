// Why a run could not finish: each of these turns the outcome to `unfinished`, so that it never looks clean.
import type { DecisionReason, Notice } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';

/** Reasons in the order of the inputs; empty when everything was read to its end. */
export function unfinishedReasons(
  reports: readonly IngestedReport[],
  context: { readonly notReached: number; readonly interrupted: boolean; readonly book: PhraseBook | null },
): DecisionReason[] {
  const { notReached, interrupted, book } = context;
  const reasons = reports.flatMap((report) => reasonsOfReport(report, book));
  if (interrupted) {
    const text =
      notReached > 0
        ? phrase`The run was interrupted; ${notReached} findings were not looked at.`
        : phrase`The run was interrupted.`;
    reasons.push({ code: 'interrupted', text: say(text, book) });
  }
  return reasons;
}

function reasonsOfReport(report: IngestedReport, book: PhraseBook | null): DecisionReason[] {
  const reasons: DecisionReason[] = [];
  if (report.fault !== null) {
    reasons.push({ code: `report-${report.fault.kind}`, text: report.fault.message });
  }
  const rejected = report.results.filter((result) => result.kind === 'rejected');
  const first = rejected[0];
  if (first?.kind === 'rejected') {
    const text =
      rejected.length === 1
        ? phrase`${report.name}: one result was rejected; the first because ${first.why}`
        : phrase`${report.name}: ${rejected.length} results were rejected; the first because ${first.why}`;
    reasons.push({ code: 'results-rejected', text: say(text, book) });
  }
  for (const run of report.runs) {
    if (!run.finished) {
      const incomplete = phrase`${report.name}: ${run.tool.name} says that its scan did not finish`;
      const [problem] = run.problems;
      const text = problem === undefined ? incomplete : phrase`${incomplete}: ${problem}`;
      reasons.push({ code: 'scan-incomplete', text: say(text, book) });
    }
  }
  return reasons;
}

/** A report that ends because the run was interrupted: that is no fault of the report. */
export function asCutShort(report: IngestedReport, book: PhraseBook | null): IngestedReport {
  if (report.fault === null) return report;
  const message = say(phrase`${report.name}: it was not read to its end.`, book);
  return { ...report, fault: { ...report.fault, kind: 'truncated', message } };
}

/** What the readers noticed without losing anything. */
export function reportNotices(reports: readonly IngestedReport[], book: PhraseBook | null): Notice[] {
  return reports.flatMap((report) => [
    ...report.notices.map((text) => ({
      code: 'report-notice',
      text: say(phrase`${report.name}: ${text}`, book),
    })),
    ...report.runs
      .filter((run) => run.finished)
      .flatMap((run) =>
        run.problems.map((text) => ({
          code: 'tool-problem',
          text: say(phrase`${report.name}: ${run.tool.name} says: ${text}`, book),
        })),
      ),
  ]);
}
