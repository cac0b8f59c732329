// Labels → the results they speak of: by the result's own id, by its indices, or by its place and rule.
import type { ReportedResult } from './list-results.ts';
import type { LabelRow } from './parse-labels.ts';

export interface MatchedLabels {
  readonly matched: readonly { readonly label: LabelRow; readonly result: ReportedResult }[];
  /** Labels that no result answers to. */
  readonly unmatched: readonly LabelRow[];
  /** Results that no label speaks of. */
  readonly unlabelled: number;
}

/**
 * `properties.caseId` first, then `run` and `index`, then path, line and rule (a path may lack leading folders on either side). Several
 * results at one place with one rule are taken in their order. A result has at most one label.
 */
export function matchLabels(labels: readonly LabelRow[], results: readonly ReportedResult[]): MatchedLabels {
  const byId = new Map(
    results.flatMap((result) => (result.caseId === null ? [] : [[result.caseId, result]])),
  );
  const byLine = Map.groupBy(results, ({ line }) => line);
  const taken = new Set<ReportedResult>();
  const matched: { label: LabelRow; result: ReportedResult }[] = [];
  const unmatched: LabelRow[] = [];
  for (const label of labels) {
    const candidates = [
      ...[label.id === null ? undefined : byId.get(label.id)].flatMap((one) => one ?? []),
      ...(label.run === null ? [] : results.filter((one) => isAtIndex(one, label))),
      ...(byLine.get(label.line) ?? []).filter((one) => isAtPlace(one, label)),
    ];
    const result = candidates.find((one) => !taken.has(one) && isOfReport(one, label));
    if (result === undefined) unmatched.push(label);
    else {
      taken.add(result);
      matched.push({ label, result });
    }
  }
  return { matched, unmatched, unlabelled: results.length - taken.size };
}

function isOfReport(result: ReportedResult, label: LabelRow): boolean {
  return label.report === null || label.report === result.report;
}

function isAtIndex(result: ReportedResult, label: LabelRow): boolean {
  return result.run === label.run && result.index === label.index;
}

function isAtPlace({ path, ruleId }: ReportedResult, label: LabelRow): boolean {
  if (path === null || label.path === null || label.line === null) return false;
  const wanted = label.path.replace(/\\/g, '/').replace(/^(?:\.\/)+/, '');
  const sameFile = path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`);
  return sameFile && (label.ruleId === null || label.ruleId === ruleId);
}
