// Incoming results about packages → groups: what several scanners say of one vulnerability of one package of one project, once.
import type { PackageRef } from '#domain/package.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { IngestedReport, RawResult } from '#domain/report.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { ecosystemFamily, type FoundProject, findProject } from './find-project.ts';
import {
  type NameClaim,
  type NamedVulnerability,
  nameVulnerabilities,
  type VulnerabilityNames,
} from './vulnerability-names.ts';

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
  /** Every report tells that it means this project. */
  readonly isMeant: boolean;
  /** In the order of the inputs; never empty. */
  readonly results: readonly DependencyResult[];
  /** What a name of a vulnerability of the package means; each source's aliases are its own claim unless they are confirmed. */
  readonly meaningOf: VulnerabilityNames['meaningOf'];
}

/** Names that an advisory has for one vulnerability, and the packages that it speaks of. */
export interface KnownNames {
  readonly names: readonly string[];
  readonly packages: readonly Pick<PackageRef, 'ecosystem' | 'name'>[];
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
 * @param known further groups of names for one vulnerability of a package, from advisories
 */
export function groupDependencies(
  results: readonly DependencyResult[],
  projects: readonly DependencyProject[],
  known: Iterable<KnownNames>,
): readonly DependencyGroup[] {
  const namesOf = namesByPackage(results, known);
  const groups = new Map<string, { first: DependencyGroup; results: DependencyResult[]; isMeant: boolean }>();
  for (const result of results) {
    const { package: named, vulnerability, licence, manifest, about } = result.dependency;
    const { nameOf, meaningOf } = namesOf(named);
    const name = vulnerability === null ? null : nameOf([vulnerability.id, ...vulnerability.aliases]);
    const found = findProject(
      { package: named, manifest, ...(about === undefined ? {} : { about }) },
      projects,
    );
    const family = named.ecosystem === null ? '' : ecosystemFamily(named.ecosystem);
    const where = found?.project.folder ?? null;
    const key = [
      ...(where === null ? [] : [`in ${where}`]),
      ...[family, normaliseName(family, named.name), name?.id ?? `licence ${licence?.expression ?? ''}`],
    ];
    const known = groups.get(JSON.stringify(key));
    const isMeant = found?.isMeant === true;
    if (known !== undefined) {
      known.results.push(result);
      known.isMeant &&= isMeant;
    } else {
      const first = { key, name, package: named, found, isMeant, results: [], meaningOf };
      groups.set(JSON.stringify(key), { first, results: [result], isMeant });
    }
  }
  return [...groups.values()].map(({ first, results: members, isMeant }) => ({
    ...{ ...first, results: members, isMeant },
  }));
}

/** What an advisory on one package says about one package joins nothing of another. */
function namesByPackage(
  results: readonly DependencyResult[],
  known: Iterable<KnownNames>,
): (named: PackageRef) => VulnerabilityNames {
  const claims = new Map<string, NameClaim[]>();
  for (const { dependency, tool, ref } of results) {
    const { vulnerability, package: named } = dependency;
    if (vulnerability === null) continue;
    const key = packageKey(named);
    const by = { tool: tool.name.trim().toLowerCase(), input: ref.input };
    const claim = { names: [vulnerability.id, ...vulnerability.aliases], by };
    const others = claims.get(key);
    if (others === undefined) claims.set(key, [claim]);
    else others.push(claim);
  }
  for (const { names, packages } of known)
    for (const key of new Set(packages.map(packageKey))) claims.get(key)?.push({ names, by: null });
  const byPackage = new Map<string, VulnerabilityNames>();
  return (named) => {
    const key = packageKey(named);
    const names = byPackage.get(key) ?? nameVulnerabilities(claims.get(key) ?? []);
    byPackage.set(key, names);
    return names;
  };
}

function packageKey({ ecosystem, name }: Pick<PackageRef, 'ecosystem' | 'name'>): string {
  const family = ecosystem === null ? '' : ecosystemFamily(ecosystem);
  return `${family}\n${normaliseName(family, name)}`;
}
