// Makes an incoming result of what a dependency scanner says of one vulnerability in one package; shared by the readers of their reports.
import type { CvssRating, ReportedVulnerability } from '#domain/advisory.ts';
import type { ReportedDependency } from '#domain/dependency.ts';
import type { PackageRef } from '#domain/package.ts';
import type { Level } from '#domain/report.ts';
import type { Severity } from '#domain/severity.ts';
import { packageOfPurl } from '../../packages/package-of-purl.ts';
import { purlOf } from '../../packages/purl-of.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asText } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';

/** What a reader knows; what it leaves out the report does not say. */
export interface DependencyEntry extends Partial<Omit<ReportedDependency, 'package' | 'vulnerability'>> {
  readonly package: PackageRef;
  readonly vulnerability: Partial<ReportedVulnerability> & Pick<ReportedVulnerability, 'id'>;
  readonly cwe?: readonly number[];
  /** What to do about it, in the tool's words. */
  readonly help?: string | null;
  /** The CVSS base score that the tool itself rates by, 0.0–10.0. */
  readonly score?: number | null;
}

export function dependencyResult(entry: DependencyEntry): DraftResult {
  const { cwe = [], help = null, score = null } = entry;
  const vulnerability = { ...UNSAID, ...entry.vulnerability };
  const { id, title, description, url, severity } = vulnerability;
  return {
    rule: {
      id,
      name: null,
      shortDescription: title,
      fullDescription: description,
      help,
      helpUri: url,
      tags: [],
      precision: null,
    },
    level: levelOf(severity, score),
    // No level is above high: without a score the word would be lost. Trivy's own SARIF says 9.5 for it.
    securitySeverity: score ?? (severity === 'critical' ? CRITICAL_SCORE : null),
    cwe,
    message: title ?? description ?? id,
    dependency: {
      package: { ...entry.package, purl: purlOf(entry.package) },
      vulnerability,
      manifest: entry.manifest ?? null,
      scope: entry.scope ?? null,
      paths: entry.paths ?? [],
      called: entry.called ?? null,
      decided: entry.decided ?? null,
    },
  };
}

const CRITICAL_SCORE = 9.5;

const UNSAID: Omit<ReportedVulnerability, 'id'> = {
  aliases: [],
  title: null,
  description: null,
  severity: null,
  ratings: [],
  fixedIn: [],
  affected: null,
  epss: null,
  kev: null,
  published: null,
  url: null,
  symbols: [],
};

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  none: 'note',
};

/** By the tool's word, else by its score; a vulnerability that nobody rated is a warning. */
export function levelOf(severity: Severity | null, score: number | null): Level {
  if (severity !== null) return LEVELS[severity];
  if (score === null) return 'warning';
  return score >= 7 ? 'error' : score >= 4 ? 'warning' : 'note';
}

/** The score of the highest CVSS version, the highest of those; null when no rating has one. */
export function leadingScore(ratings: readonly CvssRating[]): number | null {
  const scored = ratings.flatMap(({ score, version }) =>
    score === null ? [] : { score, version: version ?? '' },
  );
  const newest = scored
    .map(({ version }) => version)
    .sort()
    .at(-1);
  const scores = scored.filter(({ version }) => version === newest).map(({ score }) => score);
  return scores.length === 0 ? null : Math.max(...scores);
}

/** Names that public databases and vendors give to single vulnerabilities, as opposed to bulletins that fix several (DSA, RHSA, ELSA, ALAS …). */
const VULNERABILITY =
  /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|(?:PYSEC|RUSTSEC|MAL|OSV|GSD|PSF|HSEC|RSEC)-\d{4}-\d+|GO-\d{4}-\d+|(?:SNYK|BIT|CURL|TEMP)-\S+)$/i;
const CVE = /^CVE-/i;

/**
 * Which of the names that a tool links to a vulnerability mean the same one. A bulletin is no name of it; and where the names hold several
 * CVEs, none is taken: they are different vulnerabilities that one bulletin mends.
 */
export function aliasesAmong(id: string, names: Iterable<string | null>): readonly string[] {
  const others = new Set<string>();
  for (const name of names) {
    const trimmed = name?.trim() ?? '';
    if (VULNERABILITY.test(trimmed) && trimmed.toLowerCase() !== id.toLowerCase()) others.add(trimmed);
  }
  const cves = [id, ...others].filter((name) => CVE.test(name)).length;
  return cves > 1 ? [] : [...others].sort();
}

/** A name, version, path or other short text without white space around it; null when it is empty. */
export function wordOf(value: unknown, maximum: number = CAPS.name): string | null {
  const text = asText(value, maximum)?.trim() ?? '';
  return text === '' ? null : text;
}

/**
 * The package that a package URL names, with the version that the tool says is installed; without a usable package URL what the tool says
 * in its own words.
 */
export function packageNamed(purl: string | null, said: Omit<PackageRef, 'purl'>): PackageRef {
  const named = purl === null ? null : packageOfPurl(purl);
  if (named === null) return { ...said, purl: null };
  return {
    ...named,
    ecosystem: named.ecosystem ?? said.ecosystem,
    version: named.version ?? said.version,
  };
}
