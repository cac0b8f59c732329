// Reads one issue of a Snyk report: a vulnerability along one way from the project to the package.
import type { CvssRating } from '#domain/advisory.ts';
import type { PackageRef } from '#domain/package.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asFiniteNumber, asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweOfTaxon } from '../sarif/cwe.ts';
import { ratingOf, severityOf } from '../sbom/vulnerability-draft.ts';
import { aliasesAmong, dependencyResult, leadingScore, wordOf } from './dependency-result.ts';
import { distributedPackage } from './distributed-package.ts';

export interface SnykProject {
  readonly manifest: string | null;
  /** The package manager of the project; issues of old do not say theirs. */
  readonly manager: string | null;
}

/** Null when it names no vulnerability or no package. */
export function snykResult(issue: JsonObject, project: SnykProject): DraftResult | null {
  const id = wordOf(issue.id);
  const named = packageOf(issue, project);
  if (id === null || named === null) return null;
  const identifiers = asObject(issue.identifiers) ?? {};
  const ratings = ratingsOf(issue);
  const steps = asTexts(issue.from, CAPS.name, COUNTS.steps);
  return dependencyResult({
    package: named,
    vulnerability: {
      id,
      aliases: aliasesAmong(id, [
        ...texts(identifiers.CVE),
        ...texts(identifiers.GHSA),
        ...texts(issue.alternativeIds),
      ]),
      title: wordOf(issue.title, CAPS.message),
      description: asText(issue.description, CAPS.message),
      severity: severityOf(wordOf(issue.severityWithCritical) ?? wordOf(issue.severity)),
      ratings,
      fixedIn: texts(issue.fixedIn),
      affected: rangesOf(asObject(issue.semver)?.vulnerable),
      epss: probability(asObject(issue.epssDetails)?.probability),
      published: wordOf(issue.publicationTime),
      url: /^SNYK-/.test(id) ? `https://security.snyk.io/vuln/${encodeURIComponent(id)}` : null,
      // `functions` are those inside the package that hold the flaw, not those that a project would call: they tell nothing of its reach.
    },
    cwe: texts(identifiers.CWE).flatMap(cweOfTaxon),
    help: remedyOf(issue),
    score: leadingScore(ratings),
    manifest: project.manifest,
    // The first step is the project itself.
    paths: steps.length > 1 ? [steps.slice(1)] : [],
  });
}

/** Snyk's package managers (https://docs.snyk.io/supported-languages) → OSV ecosystems. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...['npm', 'yarn', 'yarn-workspace', 'pnpm'].map((manager) => [manager, 'npm'] as const),
  ...['maven', 'gradle', 'sbt'].map((manager) => [manager, 'Maven'] as const),
  ...['pip', 'poetry', 'pipenv', 'setup.py', 'uv'].map((manager) => [manager, 'PyPI'] as const),
  ...['golang', 'gomodules', 'golangdep', 'govendor'].map((manager) => [manager, 'Go'] as const),
  ...['nuget', 'paket'].map((manager) => [manager, 'NuGet'] as const),
  ['rubygems', 'RubyGems'],
  ['composer', 'Packagist'],
  ['cargo', 'crates.io'],
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['swift', 'SwiftURL'],
]);

function packageOf(issue: JsonObject, project: SnykProject): PackageRef | null {
  const name = wordOf(issue.packageName) ?? wordOf(issue.name) ?? wordOf(issue.moduleName);
  if (name === null) return null;
  const version = wordOf(issue.version);
  const manager = wordOf(issue.packageManager) ?? project.manager ?? '';
  // `debian:11`, `alpine:3.18`: packages of a container's system.
  const [, family, release = null] = /^([a-z]{2,30}):(\d[\w.]{0,20})?$/.exec(manager) ?? [];
  if (family !== undefined) return distributedPackage({ name, version }, { family, release });
  const ecosystem = ECOSYSTEMS.get(manager) ?? null;
  return { ecosystem, name: ecosystem === 'Packagist' ? name.toLowerCase() : name, version, purl: null };
}

function ratingsOf(issue: JsonObject): readonly CvssRating[] {
  const score = asFiniteNumber(issue.cvssScore);
  const own = ratingOf(wordOf(issue.CVSSv3), score, null);
  if (own !== null) return [own];
  const details = asObjects(issue.cvssDetails, COUNTS.tags).flatMap(
    (detail) => ratingOf(wordOf(detail.cvssV3Vector), asFiniteNumber(detail.cvssV3BaseScore), null) ?? [],
  );
  return details.slice(0, 1);
}

/** A list, or for npm of old a text. */
function rangesOf(value: unknown): string | null {
  const ranges = typeof value === 'string' ? [value] : texts(value);
  return ranges.length === 0 ? null : ranges.join(' || ');
}

/** In Snyk's words: the first step that can be raised, and to what. */
function remedyOf(issue: JsonObject): string | null {
  const path = Array.isArray(issue.upgradePath) ? issue.upgradePath : [];
  const target = path.map((step) => wordOf(step)).find((step) => step !== null);
  if (issue.isUpgradable === true && target !== undefined) return `Upgrade to ${target}.`;
  return issue.isPatchable === true ? 'Snyk has a patch.' : null;
}

function probability(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : asFiniteNumber(value);
  return number !== null && number >= 0 && number <= 1 ? number : null;
}

function texts(value: unknown): readonly string[] {
  return asTexts(value, CAPS.name, COUNTS.taxa).filter((text) => text !== '');
}
