// Reads a report of fixtures/dependencies/reports, or one written in a test, and shows its results in few words.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReportedDependency } from '#domain/dependency.ts';
import type { IngestedReport, RawResult } from '#domain/report.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';

const REPORTS = fileURLToPath(new URL('../../../fixtures/dependencies/reports/', import.meta.url));

export function readText(text: string | Uint8Array): Promise<IngestedReport> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  return ingestReport({ name: 'report', bytes: once() }, 0, DEFAULT_LIMITS);
}

export const readFixture = (name: string): Promise<IngestedReport> => readText(readFileSync(REPORTS + name));

/** One line for each incoming result: what it is about, or why it is none. */
export function listed({ results }: IngestedReport): readonly (readonly unknown[])[] {
  return results.map((entry) => {
    if (entry.kind !== 'result') return [entry.kind, entry.ruleId, entry.why];
    const { rule, level, securitySeverity, dependency } = entry.result;
    if (dependency === undefined) return [rule.id, level, securitySeverity];
    const { ecosystem, name, version } = dependency.package;
    return [rule.id, `${ecosystem}/${name}@${version}`, level, securitySeverity];
  });
}

export function resultAt(report: IngestedReport, index: number): RawResult {
  const entry = report.results[index];
  if (entry?.kind !== 'result') throw new Error(`result ${index} is ${JSON.stringify(entry)}`);
  return entry.result;
}

export function dependencyAt(report: IngestedReport, index: number): ReportedDependency {
  const { dependency } = resultAt(report, index);
  if (dependency === undefined) throw new Error(`result ${index} is about no dependency`);
  return dependency;
}
