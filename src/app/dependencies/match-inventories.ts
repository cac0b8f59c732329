// Packages of bills of materials against advisories and the licence policy: what is found becomes results of those reports.

import type { ReportedDependency } from '#domain/dependency.ts';
import type { Component, PackageRef } from '#domain/package.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { LicencePolicy } from '#domain/policy.ts';
import type { IngestedReport, IngestedResult, RawResult, RawTool } from '#domain/report.ts';
import type { AdvisoryIndex } from '../../advisories/advisory-index.ts';
import { scoreOf } from '../../advisories/score-of.ts';
import { toReported } from '../../advisories/to-reported.ts';
import { chooseRating } from '../../dependencies/merge-vulnerability.ts';
import { completeResult } from '../../ingest/formats/complete-result.ts';
import { judgeLicences } from '../../licences/judge-licences.ts';
import { versionOrder } from '../../versions/version-order.ts';

export interface MatchContext {
  /** Null: no advisories were asked for, or none could be had. */
  readonly index: AdvisoryIndex | null;
  /** What the advisories are called, as the tool of their results. */
  readonly source: string;
  readonly licences: LicencePolicy | null;
  readonly book: PhraseBook | null;
}

/** A report with an inventory, with a run added for each kind of look that was taken at its packages. */
export function matchInventory(report: IngestedReport, context: MatchContext): IngestedReport {
  const { inventory } = report;
  if (inventory === undefined) return report;
  const { index, licences, book } = context;
  const drafts: { tool: RawTool; dependencies: readonly ReportedDependency[] }[] = [];
  if (index !== null) {
    const dependencies = inventory.components.flatMap((component) =>
      index
        .match(component)
        .filter(({ answer }) => answer === 'affected' || isOddVersion(component))
        .map(({ advisory, affected }) => ({
          ...aboutComponent(component),
          vulnerability: toReported(advisory, affected),
        })),
    );
    drafts.push({ tool: { name: context.source, version: null }, dependencies });
  }
  if (licences !== null) {
    const dependencies = judgeLicences(inventory, licences, book).map(({ component, problem }) => ({
      ...aboutComponent(component),
      vulnerability: null,
      licence: problem,
    }));
    drafts.push({ tool: { name: 'Assay licences', version: null }, dependencies });
  }
  return drafts.reduce((grown, { tool, dependencies }) => addRun(grown, tool, dependencies, book), report);
}

/** A version that is none to its ecosystem compares with nothing: what advisories say of the package is told then, whatever the version. */
export function isOddVersion({ ecosystem, version }: PackageRef): boolean {
  const order = ecosystem === null ? null : versionOrder(ecosystem);
  return order !== null && version !== null && !order.isValid(version);
}

function aboutComponent(component: Component): Omit<ReportedDependency, 'vulnerability'> {
  const { ecosystem, name, version, purl, scope } = component;
  return {
    ...{ package: { ecosystem, name, version, purl }, manifest: null, scope },
    ...{ paths: [], called: null, decided: null },
  };
}

function addRun(
  report: IngestedReport,
  tool: RawTool,
  dependencies: readonly ReportedDependency[],
  book: PhraseBook | null,
): IngestedReport {
  const run = report.runs.length;
  const results = dependencies.map((dependency, index): IngestedResult => {
    const result = resultOf(dependency, { input: report.input, run, index }, tool, book);
    return { kind: 'result', result };
  });
  const summary = { tool, results: results.length, finished: true, problems: [], automationId: null };
  return { ...report, runs: [...report.runs, summary], results: [...report.results, ...results] };
}

function resultOf(
  dependency: ReportedDependency,
  ref: RawResult['ref'],
  tool: RawTool,
  book: PhraseBook | null,
): RawResult {
  const { vulnerability, licence, package: named } = dependency;
  const rating = vulnerability === null ? null : chooseRating(vulnerability.ratings, scoreOf);
  const id = vulnerability?.id ?? `licence/${licence?.expression ?? ''}`;
  const title = vulnerability?.title ?? licence?.why ?? say(phrase`a known vulnerability`, book);
  const level = rating === null ? levelOf(vulnerability?.severity ?? null) : 'warning';
  return completeResult(
    {
      rule: {
        ...{
          id,
          name: null,
          shortDescription: vulnerability?.title ?? null,
          fullDescription: null,
          help: null,
        },
        ...{ helpUri: vulnerability?.url ?? null, tags: [], precision: null },
      },
      level,
      message: `${named.name} ${named.version ?? ''}: ${title}`,
      securitySeverity: rating?.score ?? null,
      cwe: [],
      dependency,
    },
    ref,
    tool,
  );
}

/** A vulnerability that nobody rated is not taken lightly. */
function levelOf(severity: string | null): RawResult['level'] {
  if (severity === 'critical' || severity === 'high') return 'error';
  return severity === 'low' ? 'note' : 'warning';
}
