// Reads one Dependabot alert, as GitHub's REST and GraphQL interfaces write it.
import type { CvssRating } from '#domain/advisory.ts';
import type { DependencyScope, PackageRef } from '#domain/package.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { VexStatement } from '#domain/vex.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asFiniteNumber, asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { ratingOf, severityOf } from '../sbom/vulnerability-draft.ts';
import { ecosystemOfGitHub } from './dependabot-ecosystems.ts';
import { aliasesAmong, dependencyResult, leadingScore, wordOf } from './dependency-result.ts';
import { LEFT_OUT } from './unused-entries.ts';

/** Why an alert that GitHub holds closed is no result; null for one that is open or that a person dismissed. */
export function closedAlert(alert: JsonObject): Phrase | null {
  const state = wordOf(alert.state)?.toLowerCase();
  if (state === 'fixed') return phrase`the alert is closed: its package is not affected any more`;
  return state === 'auto_dismissed' ? LEFT_OUT : null;
}

/** Null when it names no vulnerability or no package. Members are those of REST, else those of GraphQL. */
export function dependabotResult(alert: JsonObject): DraftResult | null {
  const vulnerability = asObject(alert.security_vulnerability) ?? asObject(alert.securityVulnerability) ?? {};
  const advisory =
    asObject(alert.security_advisory) ??
    asObject(alert.securityAdvisory) ??
    asObject(vulnerability.advisory) ??
    {};
  const dependency = asObject(alert.dependency) ?? {};
  const named = packageOf(alert, asObject(dependency.package) ?? asObject(vulnerability.package));
  const names = namesOf(advisory);
  const [id] = names;
  if (named === null || id === undefined) return null;
  const aliases = aliasesAmong(id, names);
  const ratings = ratingsOf(advisory);
  const fixed =
    wordOf(asObject(vulnerability.first_patched_version)?.identifier) ??
    wordOf(asObject(vulnerability.firstPatchedVersion)?.identifier);
  return dependencyResult({
    package: named,
    vulnerability: {
      id,
      aliases,
      title: wordOf(advisory.summary, CAPS.message),
      description: asText(advisory.description, CAPS.message),
      severity: severityOf(wordOf(vulnerability.severity) ?? wordOf(advisory.severity)),
      ratings,
      fixedIn: fixed === null ? [] : [fixed],
      affected:
        wordOf(vulnerability.vulnerable_version_range) ?? wordOf(vulnerability.vulnerableVersionRange),
      epss: asFiniteNumber(epssOf(advisory)?.percentage),
      published: wordOf(advisory.published_at) ?? wordOf(advisory.publishedAt),
      url:
        wordOf(advisory.permalink, CAPS.uri) ?? wordOf(asObjects(advisory.references, 1)[0]?.url, CAPS.uri),
    },
    cwe: weaknessesOf(advisory),
    score: leadingScore(ratings),
    manifest: wordOf(dependency.manifest_path, CAPS.uri) ?? wordOf(alert.vulnerableManifestPath, CAPS.uri),
    scope: scopeOf(wordOf(dependency.scope) ?? wordOf(alert.dependencyScope)),
    decided: decisionOf(alert, [id, ...aliases], named),
  });
}

function packageOf(alert: JsonObject, named: JsonObject | null): PackageRef | null {
  const name = wordOf(named?.name);
  if (name === null) return null;
  // `= 5.3.29`; a range of a manifest names no installed version.
  const version =
    /^={1,3} ?(\d[\w.+!-]{0,99})$/.exec(wordOf(alert.vulnerableRequirements) ?? '')?.[1] ?? null;
  return { ecosystem: ecosystemOfGitHub(wordOf(named?.ecosystem)), name, version, purl: null };
}

/** CVE before GHSA. */
function namesOf(advisory: JsonObject): readonly string[] {
  const listed = asObjects(advisory.identifiers, COUNTS.tags).map(({ value }) => wordOf(value));
  const own = [
    wordOf(advisory.cve_id),
    ...listed.filter((name) => name?.startsWith('CVE-')),
    wordOf(advisory.ghsa_id) ?? wordOf(advisory.ghsaId),
    ...listed,
  ];
  return [...new Set(own.filter((name) => typeof name === 'string'))];
}

/** `cvss` is of version 3; `cvss_severities` has versions 3 and 4, with a score of 0 for none. */
function ratingsOf(advisory: JsonObject): readonly CvssRating[] {
  const several = asObject(advisory.cvss_severities) ?? asObject(advisory.cvssSeverities) ?? {};
  const found = [advisory.cvss, several.cvss_v3, several.cvssV3, several.cvss_v4, several.cvssV4].flatMap(
    (value) => {
      const rating = asObject(value);
      const vector = wordOf(rating?.vector_string) ?? wordOf(rating?.vectorString);
      const score = asFiniteNumber(rating?.score);
      return vector === null && !score ? [] : (ratingOf(vector, score, null) ?? []);
    },
  );
  const byVector = new Map(found.map((rating) => [rating.vector, rating]));
  return [...byVector.values()];
}

/** An object, or of late a list of one. */
function epssOf(advisory: JsonObject): JsonObject | null {
  return asObject(advisory.epss) ?? asObjects(advisory.epss, 1)[0] ?? null;
}

function weaknessesOf(advisory: JsonObject): readonly number[] {
  const nodes = asObjects(asObject(advisory.cwes)?.nodes, COUNTS.tags);
  return [...asObjects(advisory.cwes, COUNTS.tags), ...nodes].flatMap((cwe) =>
    cweInText(wordOf(cwe.cwe_id) ?? wordOf(cwe.cweId) ?? ''),
  );
}

export function scopeOf(word: string | null): DependencyScope | null {
  const lower = word?.toLowerCase();
  return lower === 'runtime' ? 'runtime' : lower === 'development' ? 'dev' : null;
}

/**
 * Reasons of https://docs.github.com/rest/dependabot/alerts: only the last two of these say that the project is safe. GraphQL writes
 * them as sentences.
 */
const REASONS: readonly (readonly [RegExp, Pick<VexStatement, 'status' | 'justification'>])[] = [
  [/fix_started|fix has already been started/i, { status: 'affected', justification: null }],
  [/no_bandwidth|no bandwidth/i, { status: 'affected', justification: null }],
  [/tolerable/i, { status: 'affected', justification: null }],
  [/inaccurate/i, { status: 'not_affected', justification: null }],
  [
    /not_used|not actually used/i,
    { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' },
  ],
];

function decisionOf(alert: JsonObject, names: readonly string[], named: PackageRef): VexStatement | null {
  if (wordOf(alert.state)?.toLowerCase() !== 'dismissed') return null;
  const reason = wordOf(alert.dismissed_reason) ?? wordOf(alert.dismissReason) ?? '';
  const comment = wordOf(alert.dismissed_comment, CAPS.message) ?? wordOf(alert.dismissComment, CAPS.message);
  const said = REASONS.find(([pattern]) => pattern.test(reason))?.[1];
  const { status, justification } = said ?? { status: 'under_investigation', justification: null };
  return {
    ...{ vulnerability: names, packages: [named], status, justification },
    statement: [reason, comment].filter((text) => text !== null && text !== '').join(': ') || null,
    author: wordOf(asObject(alert.dismissed_by)?.login) ?? wordOf(asObject(alert.dismisser)?.login),
    timestamp: wordOf(alert.dismissed_at) ?? wordOf(alert.dismissedAt),
  };
}
