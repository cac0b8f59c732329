// Incoming results about packages → groups: what several scanners say of one vulnerability of one package of one project, once.
import type { PackageRef } from '#domain/package.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { IngestedReport, RawResult } from '#domain/report.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { ecosystemFamily, type FoundProject, findProject } from './find-project.ts';
import { type NamedVulnerability, nameVulnerabilities } from './vulnerability-names.ts';

/** A result that is about a dependency. */
export type DependencyResult = RawResult & { readonly dependency: NonNullable<RawResult['dependency']> };

export interface DependencyGroup {
  /** What makes it one: the same in the next run. */
  readonly key: readonly string[];
  /** Null for a licence. */
  readonly name: NamedVulnerability | null;
  readonly package: PackageRef;
  /** Null when no project of the repository has the package. */
  readonly found: FoundProject | null;
  /** In the order of the inputs; never empty. */
  readonly results: readonly DependencyResult[];
}

export function dependencyResults(reports: readonly IngestedReport[]): readonly DependencyResult[] {
  return reports.flatMap(({ results }) =>
    results.flatMap((item) =>
      item.kind === 'result' && item.result.dependency !== undefined ? [item.result as DependencyResult] : [],
    ),
  );
}

/**
 * One group per project, package and vulnerability (or licence). Two versions of a package in one project are one group.
 * @param known further groups of names for one vulnerability, from advisories
 */
export function groupDependencies(
  results: readonly DependencyResult[],
  projects: readonly DependencyProject[],
  known: Iterable<readonly string[]>,
): readonly DependencyGroup[] {
  const nameOf = nameVulnerabilities([
    ...known,
    ...results.flatMap(({ dependency: { vulnerability } }) =>
      vulnerability === null ? [] : [[vulnerability.id, ...vulnerability.aliases]],
    ),
  ]);
  const groups = new Map<string, { first: DependencyGroup; results: DependencyResult[] }>();
  for (const result of results) {
    const { package: named, vulnerability, licence, manifest } = result.dependency;
    const name = vulnerability === null ? null : nameOf(vulnerability.id);
    const found = findProject({ package: named, manifest }, projects);
    const family = named.ecosystem === null ? '' : ecosystemFamily(named.ecosystem);
    const where = found?.project.folder ?? null;
    const key = [
      ...(where === null ? [] : [`in ${where}`]),
      ...[family, normaliseName(family, named.name), name?.id ?? `licence ${licence?.expression ?? ''}`],
    ];
    const known = groups.get(JSON.stringify(key));
    if (known !== undefined) known.results.push(result);
    else {
      const first = { key, name, package: named, found, results: [] };
      groups.set(JSON.stringify(key), { first, results: [result] });
    }
  }
  return [...groups.values()].map(({ first, results: members }) => ({ ...first, results: members }));
}
