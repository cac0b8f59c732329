// Reads an advisory as the registry's audit of npm 6 gives it, which yarn and pnpm hand on (https://docs.npmjs.com/cli/v6/commands/npm-audit).
import type { ReportedVulnerability } from '#domain/advisory.ts';
import type { DependencyScope } from '#domain/package.ts';
import type { DraftResult } from '../formats/report-format.ts';
import {
  asFiniteNumber,
  asInteger,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { ratingOf, severityOf } from '../sbom/vulnerability-draft.ts';
import { dependencyResult, leadingScore, wordOf } from './dependency-result.ts';

/** An installed version that an advisory speaks of. */
export interface AdvisoryFinding {
  readonly version: string | null;
  readonly scope: DependencyScope | null;
  readonly paths: readonly (readonly string[])[];
}

/** One result for one installed version; null when the advisory names no package. */
export function advisoryResult(advisory: JsonObject, finding: AdvisoryFinding): DraftResult | null {
  const name = wordOf(advisory.module_name) ?? wordOf(advisory.name);
  const vulnerability = readNpmAdvisory(advisory);
  if (name === null || vulnerability === null) return null;
  const patched = wordOf(advisory.patched_versions);
  const affected = wordOf(advisory.vulnerable_versions);
  return dependencyResult({
    package: { ecosystem: 'npm', name, version: finding.version, purl: null },
    vulnerability: {
      ...vulnerability,
      description: asText(advisory.overview, CAPS.message),
      fixedIn: patched === null ? [] : boundsOf(patched, '>='),
      affected,
      published: wordOf(advisory.created),
    },
    cwe: weaknessesOf(advisory.cwe),
    score: leadingScore(vulnerability.ratings),
    help: asText(advisory.recommendation, CAPS.help),
    scope: finding.scope,
    paths: finding.paths,
  });
}

/** The versions and paths that an advisory of npm 6 lists. `isDevKnown`: whether the tool fills in `dev: false` truly. */
export function findingsOf(advisory: JsonObject, isDevKnown: boolean): readonly AdvisoryFinding[] {
  return asObjects(advisory.findings, COUNTS.taxa).map((finding) => ({
    version: wordOf(finding.version),
    scope: scopeOf(finding, isDevKnown),
    paths: asTexts(finding.paths, CAPS.uri, COUNTS.threadFlows).map(pathOf),
  }));
}

export function scopeOf(entry: JsonObject, isDevKnown: boolean): DependencyScope | null {
  if (entry.dev === true) return 'dev';
  if (entry.optional === true) return 'optional';
  return isDevKnown && entry.dev === false ? 'runtime' : null;
}

/** `express>accepts>negotiator`; pnpm begins with `.`, the project itself. */
export function pathOf(path: string): readonly string[] {
  return path.split('>').filter((step, index) => step !== '' && !(index === 0 && step === '.'));
}

type NamedAdvisory = Pick<ReportedVulnerability, 'id' | 'aliases' | 'title' | 'severity' | 'ratings' | 'url'>;

const GHSA = /GHSA(?:-[0-9a-z]{4}){3}/i;

/** What advisories of all versions of npm's audit have in common; null when it has no name. GitHub's name goes before npm's own number. */
export function readNpmAdvisory(advisory: JsonObject): NamedAdvisory | null {
  const url = wordOf(advisory.url, CAPS.uri);
  const number = asInteger(advisory.id, 0) ?? asInteger(advisory.source, 0) ?? wordOf(advisory.id);
  const cves = asTexts(advisory.cves, CAPS.name, COUNTS.tags).filter((cve) => /^CVE-\d{4}-\d{4,}$/.test(cve));
  const ghsa = GHSA.exec(wordOf(advisory.github_advisory_id) ?? url ?? '')?.[0];
  const names = [...new Set([...(ghsa === undefined ? [] : [ghsa]), ...cves])];
  const [id = number === null ? null : `npm:${number}`, ...aliases] = names;
  if (id === null) return null;
  const cvss = asObject(advisory.cvss);
  const vector = wordOf(cvss?.vectorString);
  const score = asFiniteNumber(cvss?.score);
  // Without a vector a score of 0 only says that there is none.
  const rating = vector === null && !score ? null : ratingOf(vector, score, null);
  return {
    id,
    aliases: aliases.sort(),
    title: wordOf(advisory.title, CAPS.message),
    severity: severityOf(wordOf(advisory.severity)),
    ratings: rating === null ? [] : [rating],
    url,
  };
}

/** `CWE-471`, `["CWE-22","CWE-23"]` as a text, or a list. */
export function weaknessesOf(value: unknown): readonly number[] {
  const texts = Array.isArray(value) ? asTexts(value, CAPS.name, COUNTS.tags) : [wordOf(value) ?? ''];
  return texts.flatMap(cweInText);
}

/** The versions behind one comparator of a range: of `>=0.2.1 <1.0.0 || >=1.2.3` by `>=` 0.2.1 and 1.2.3. */
export function boundsOf(range: string, comparator: '>=' | '<'): readonly string[] {
  const bounds = range.matchAll(/(>=|<=|<|>|=) ?([0-9][\w.+-]{0,99})/g);
  return [...bounds].flatMap(([, found, version = '']) => (found === comparator ? version : []));
}
