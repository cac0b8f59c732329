// Reads one match of a Grype report: the vulnerability, the package, and why Grype holds them together.
import type { CvssRating } from '#domain/advisory.ts';
import type { PackageRef } from '#domain/package.ts';
import { VEX_JUSTIFICATIONS, VEX_STATUSES, type VexStatement } from '#domain/vex.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asFiniteNumber, asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { ratingOf, severityOf } from '../sbom/vulnerability-draft.ts';
import { aliasesAmong, dependencyResult, leadingScore, packageNamed, wordOf } from './dependency-result.ts';
import { distributedPackage } from './distributed-package.ts';

/** Null when it names no vulnerability or no package. `rule`: the ignore rule by which it was set aside, where that tells of a decision. */
export function readGrypeMatch(match: JsonObject, rule: JsonObject | null): DraftResult | null {
  const vulnerability = asObject(match.vulnerability);
  const artifact = asObject(match.artifact);
  const id = wordOf(vulnerability?.id);
  const details = asObjects(match.matchDetails, COUNTS.tags);
  const named = artifact === null ? null : packageOf(artifact, details);
  if (vulnerability === null || id === null || named === null) return null;
  const related = asObjects(match.relatedVulnerabilities, COUNTS.tags);
  const sources = [vulnerability, ...related];
  const aliases = aliasesAmong(
    id,
    related.map((other) => wordOf(other.id)),
  );
  const own = ratingsOf(vulnerability);
  const word = wordOf(vulnerability.severity);
  const severity = severityOf(word) ?? first(related, (other) => severityOf(wordOf(other.severity)));
  const ratings = own.length > 0 ? own : related.flatMap(ratingsOf);
  return dependencyResult({
    package: named,
    vulnerability: {
      id,
      aliases,
      description: first(sources, (source) => asText(source.description, CAPS.message)),
      severity,
      ratings,
      fixedIn: fixedIn(asObject(vulnerability.fix)),
      affected: constraintOf(details),
      epss: epssOf(sources),
      kev: sources.some(({ knownExploited }) => asObjects(knownExploited, 1).length > 0) ? true : null,
      url: wordOf(vulnerability.dataSource, CAPS.uri),
    },
    cwe: sources
      .flatMap(({ cwes }) => asObjects(cwes, COUNTS.tags))
      .flatMap(({ cwe }) => cweInText(wordOf(cwe) ?? '')),
    // A distribution's own word stands against the score of NVD, which knows nothing of its builds.
    score: leadingScore(own) ?? (severityOf(word) === null ? leadingScore(ratings) : null),
    manifest: placeOf(artifact),
    decided: rule === null ? null : decisionOf(rule, [id, ...aliases], named),
  });
}

/** What Syft calls kinds of packages → OSV ecosystems, for reports of old that have no package URLs. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['python', 'PyPI'],
  ['java-archive', 'Maven'],
  ['gem', 'RubyGems'],
  ['go-module', 'Go'],
  ['rust-crate', 'crates.io'],
  ['php-composer', 'Packagist'],
  ['dotnet', 'NuGet'],
  ['hex', 'Hex'],
  ['dart-pub', 'Pub'],
  ['swift', 'SwiftURL'],
  ['conan', 'ConanCenter'],
  ['github-action', 'GitHub Actions'],
]);

function packageOf(artifact: JsonObject, details: readonly JsonObject[]): PackageRef | null {
  const name = wordOf(artifact.name);
  if (name === null) return null;
  const version = wordOf(artifact.version);
  const ecosystem = ECOSYSTEMS.get(wordOf(artifact.type) ?? '') ?? null;
  const distro = first(details, (detail) => asObject(asObject(detail.searchedBy)?.distro));
  const purl = wordOf(artifact.purl);
  // Package URLs of old lack the distribution's release, which the search for the match names.
  const family = wordOf(distro?.type);
  if (family !== null && ecosystem === null && !(purl ?? '').includes('distro=')) {
    const distributed = distributedPackage({ name, version }, { family, release: wordOf(distro?.version) });
    if (distributed.ecosystem !== null) return distributed;
  }
  return packageNamed(purl, { ecosystem, name, version });
}

/** The file that best shows the package: one that is marked as evidence, else the first. */
export function placeOf(artifact: JsonObject | null): string | null {
  const locations = asObjects(artifact?.locations, COUNTS.locations);
  const primary = locations.find(({ annotations }) => asObject(annotations)?.evidence === 'primary');
  return wordOf((primary ?? locations[0])?.path, CAPS.uri);
}

function ratingsOf(source: JsonObject): readonly CvssRating[] {
  return asObjects(source.cvss, COUNTS.tags).flatMap((rating) => {
    const score = asFiniteNumber(asObject(rating.metrics)?.baseScore);
    return ratingOf(wordOf(rating.vector), score, wordOf(rating.version)) ?? [];
  });
}

/** https://github.com/anchore/grype/blob/main/grype/vulnerability/fix.go: `fixed`, `not-fixed`, `wont-fix`, `unknown` */
function fixedIn(fix: JsonObject | null): readonly string[] {
  if (fix?.state === 'wont-fix' || fix?.state === 'not-fixed') return [];
  return asTexts(fix?.versions, CAPS.name, COUNTS.tags).filter((version) => version !== '');
}

function constraintOf(details: readonly JsonObject[]): string | null {
  const constraints = details.flatMap((detail) => {
    const constraint = wordOf(asObject(detail.found)?.versionConstraint);
    // `< 1.2 (semver)`: the kind of comparison is no part of the range.
    return constraint?.replace(/ \([\w-]+\)$/, '') ?? [];
  });
  const distinct = [...new Set(constraints)].filter(
    (constraint) => constraint !== '' && constraint !== 'none',
  );
  return distinct.length === 0 ? null : distinct.join(' || ');
}

function epssOf(sources: readonly JsonObject[]): number | null {
  const scores = sources
    .flatMap(({ epss }) => asObjects(epss, COUNTS.tags))
    .flatMap(({ epss }) => asFiniteNumber(epss) ?? [])
    .filter((score) => score >= 0 && score <= 1);
  return scores.length === 0 ? null : Math.max(...scores);
}

/** Whether an ignore rule was made of a VEX document. */
export function isGrypeDecision(rule: JsonObject): boolean {
  return VEX_STATUSES.some((status) => status === rule['vex-status']);
}

function decisionOf(rule: JsonObject, names: readonly string[], named: PackageRef): VexStatement | null {
  const status = VEX_STATUSES.find((word) => word === rule['vex-status']);
  if (status === undefined) return null;
  const justification = VEX_JUSTIFICATIONS.find((word) => word === rule['vex-justification']) ?? null;
  return {
    vulnerability: names,
    packages: [named],
    status,
    justification,
    statement: asText(rule.reason, CAPS.message),
    author: null,
    timestamp: null,
  };
}

function first<Item, Value>(items: readonly Item[], pick: (item: Item) => Value | null): Value | null {
  for (const item of items) {
    const value = pick(item);
    if (value !== null) return value;
  }
  return null;
}
