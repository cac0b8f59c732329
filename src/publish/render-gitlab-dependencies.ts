// gl-dependency-scanning-report.json: vulnerable packages as GitLab's security report 15.0.7, for the merge request widget and the vulnerability report.
import type { DependencyRecord, VulnerabilityRecord } from '#domain/dependency.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { uuidOfName } from './content-uuid.ts';
import { compareImportance, isDismissed } from './finding-order.ts';
import {
  describeScan,
  GITLAB_SEVERITY,
  inert,
  LONGEST,
  plain,
  type ReportGap,
  solutionOf,
  takeWhatFits,
} from './gitlab-report-parts.ts';
import { messagesOf } from './messages/messages-of.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';

/** GitLab keeps no more identifiers of a vulnerability than these. */
const MOST_IDENTIFIERS = 20;

/** Ecosystems by GitLab's words for what manages their packages (https://docs.gitlab.com/user/application_security/dependency_scanning/). */
const PACKAGE_MANAGERS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['PyPI', 'pip'],
  ['Maven', 'maven'],
  ['Go', 'go'],
  ['crates.io', 'cargo'],
  ['RubyGems', 'bundler'],
  ['NuGet', 'nuget'],
  ['Packagist', 'composer'],
]);

/** By the file, where one ecosystem has several. */
const BY_FILE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)yarn\.lock$/, 'yarn'],
  [/(?:^|\/)pnpm-lock\.yaml$/, 'pnpm'],
  [/(?:^|\/)poetry\.lock$/, 'poetry'],
  [/(?:^|\/)uv\.lock$/, 'uv'],
  [/(?:^|\/)Pipfile(?:\.lock)?$/, 'pipenv'],
  [/(?:gradle|\.gradle\.kts|libs\.versions\.toml)/, 'gradle'],
];

interface Told {
  readonly file: string;
  readonly manager: string;
  readonly name: string;
  readonly version: string;
  readonly vulnerability: Record<string, unknown>;
}

/**
 * Findings of kind `sca` that are neither dismissed nor accepted, in the asked scope or not, since GitLab compares the report with the
 * target branch's. What is left out is counted in `scan.messages`. `dependency_files` holds only the packages of these findings: GitLab
 * takes its dependency list from bills of materials (https://docs.gitlab.com/user/application_security/dependency_list/).
 * @throws RangeError when `at` is no moment in UTC
 */
export function renderGitLabDependencies(document: ResultDocument, { at }: { readonly at: string }): string {
  const { taken, gaps } = takeWhatFits(
    [...document.findings].sort(compareImportance),
    gapOf,
    (finding): Told => describe(finding, document.run.language),
  );
  return stableJson({
    version: '15.0.7',
    scan: { ...describeScan(document, gaps, at), type: 'dependency_scanning' },
    vulnerabilities: taken.map(({ vulnerability }) => vulnerability),
    dependency_files: filesOf(taken),
  });
}

function gapOf(finding: FindingRecord): ReportGap | null {
  const { gate, kind, dependency } = finding;
  if (kind !== 'sca' || dependency?.vulnerability == null) return 'other';
  if (gate.effect === 'waived' || gate.effect === 'suppressed') return 'accepted';
  if (isDismissed(finding)) return 'dismissed';
  return fileOf(finding) === '' ? 'place' : null;
}

/** The lock file before the manifest: there GitLab's own scanner puts its findings, and so the two are known for the same. */
function fileOf({ dependency, location }: FindingRecord): string {
  const places = dependency?.places ?? [];
  const place = places.find(({ kind, resolved }) => kind === 'lockfile' && resolved);
  if (place !== undefined) return place.path;
  return location.resolved || location.path === '' ? location.path : plain(location.path, LONGEST.path);
}

function describe(finding: FindingRecord, language: 'en' | 'zh-CN'): Told {
  const { dependency, severity, id, remediation } = finding;
  const { package: named, versions = [], vulnerability, upgrade, direct } = dependency as DependencyRecord;
  const known = vulnerability as VulnerabilityRecord;
  const file = fileOf(finding);
  const name = plain(named.name, LONGEST.value);
  const version = plain(versions[0] ?? named.version ?? '', LONGEST.value);
  const links = webAddressesOf(known);
  return {
    ...{ file, name, version, manager: managerOf(file, named.ecosystem) },
    vulnerability: {
      id: uuidOfName(`urn:assay:finding:${id}`),
      name: plain(known.title ?? `${known.id}: ${named.name}`, LONGEST.name),
      description: descriptionOf(finding, known, language),
      severity: GITLAB_SEVERITY[severity],
      ...solutionOf(upgrade?.text ?? remediation),
      identifiers: identifiersOf(finding, known),
      ...(links.length === 0 ? {} : { links: links.map((url) => ({ url })) }),
      location: {
        file,
        dependency: { package: { name }, version, ...(direct === null ? {} : { direct }) },
      },
    },
  };
}

/** GitLab shows it as Markdown. */
function descriptionOf(
  { verdict, rootCause, dependency, id }: FindingRecord,
  { title }: VulnerabilityRecord,
  language: 'en' | 'zh-CN',
): string {
  const words = messagesOf(language);
  const [reason] = verdict?.reasons ?? [];
  const label = verdict === null ? '' : `**${words.verdict[verdict.label]}**`;
  const parts = [
    title === null ? '' : codeSpan(shorten(title, LONGEST.text)),
    reason === undefined ? label : words.named(label, inert(reason.text, LONGEST.text)),
    rootCause === null ? '' : inert(rootCause, LONGEST.text),
    dependency?.priority == null ? '' : inert(dependency.priority.text, LONGEST.text),
    codeSpan(publicationMessagesOf(language).learnMore(id)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const TYPES: readonly (readonly [RegExp, string, (id: string) => string])[] = [
  [/^CVE-\d{4}-\d{4,19}$/i, 'cve', (id) => `https://nvd.nist.gov/vuln/detail/${id.toUpperCase()}`],
  [/^GHSA(?:-[0-9a-z]{4}){3}$/i, 'ghsa', (id) => `https://github.com/advisories/${id}`],
  [/^(?:PYSEC|GO|RUSTSEC|MAL|OSV)-[0-9-]{1,30}$/i, 'osv', (id) => `https://osv.dev/vulnerability/${id}`],
];

/** The vulnerability's own name first: GitLab knows it again by that one. Then its other names and its weaknesses. */
function identifiersOf({ cwe }: FindingRecord, { id, aliases }: VulnerabilityRecord) {
  const names = [...new Set([id, ...aliases])].map((name) => {
    const [, type = 'assay_vulnerability', addressOf = null] = TYPES.find(([form]) => form.test(name)) ?? [];
    const shown = plain(name, LONGEST.value);
    return {
      ...{ type, name: shown, value: shown },
      ...(addressOf === null ? {} : { url: addressOf(name) }),
    };
  });
  const weaknesses = cwe.map((number) => ({
    type: 'cwe',
    name: `CWE-${number}`,
    value: String(number),
    url: `https://cwe.mitre.org/data/definitions/${number}.html`,
  }));
  return [...names, ...weaknesses].slice(0, MOST_IDENTIFIERS);
}

function webAddressesOf({ url }: VulnerabilityRecord): readonly string[] {
  return url !== null &&
    url.length <= LONGEST.path &&
    URL.canParse(url) &&
    /^https?:\/\/[^\s"'<>\\^`{|}()[\]]+$/.test(url)
    ? [url]
    : [];
}

function managerOf(file: string, ecosystem: string | null): string {
  const byFile = BY_FILE.find(([form]) => form.test(file))?.[1];
  const [family = ''] = (ecosystem ?? '').split(':');
  return byFile ?? PACKAGE_MANAGERS.get(family) ?? 'unknown';
}

/** The packages that findings are about, by file. */
function filesOf(told: readonly Told[]) {
  const byFile = Map.groupBy(told, ({ file, manager }) => JSON.stringify([file, manager]));
  return [...byFile.keys()].sort().map((key) => {
    const members = byFile.get(key) ?? [];
    const [{ file = '', manager = '' } = {}] = members;
    const packages = new Map(
      members.map(({ name, version }) => [JSON.stringify([name, version]), { package: { name }, version }]),
    );
    return {
      path: file,
      package_manager: manager,
      dependencies: [...packages.keys()].sort().map((one) => packages.get(one)),
    };
  });
}
