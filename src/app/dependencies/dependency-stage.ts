// The part of a run that is about dependencies: loaded only when a report brings packages, vulnerabilities of them, or decisions.
import type { IngestedReport } from '#domain/report.ts';
import type { DependencyContext, DependencyStage } from './dependency-context.ts';

/** Whether a report says anything about dependencies. */
function concernsDependencies({ results, inventory, statements }: IngestedReport): boolean {
  if (inventory !== undefined || statements !== undefined) return true;
  return results.some((item) => item.kind === 'result' && item.result.dependency !== undefined);
}

export async function openDependencyStage(
  reports: readonly IngestedReport[],
  context: DependencyContext,
): Promise<DependencyStage> {
  if (!reports.some(concernsDependencies)) return { ...WITHOUT, reports };
  const { openDependencies } = await import('./open-dependencies.ts');
  return openDependencies(reports, context);
}

const WITHOUT: Omit<DependencyStage, 'reports'> = {
  ...{ findings: [], rows: [], inventories: [], unfinished: [], notices: [] },
  ruleScope: () => {
    throw new Error('no report is about dependencies');
  },
  judge: async () => [],
  patch: async (findings) => findings,
};

/** The reports as the way of findings about code sees them. */
export function withoutDependencies(report: IngestedReport): IngestedReport {
  const results = report.results.filter(
    (item) => item.kind !== 'result' || item.result.dependency === undefined,
  );
  return results.length === report.results.length ? report : { ...report, results };
}
