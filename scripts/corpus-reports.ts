// Counts package audits and reports of code scanners without Assay's readers: the corpus check's second opinion on what corpus-scans.ts leaves out.
import type { IngestedReport } from '../src/domain/report.ts';

export interface ReportCount {
  readonly results: number;
  readonly notFindings: number;
  /** Installed versions, or first lines for a code scanner, in the order of the results; null where none is known. */
  readonly marks: readonly (string | number | null)[];
}

/** JSON of whatever shape: a missing member is undefined all the way down. */
// biome-ignore lint/suspicious/noExplicitAny: this reader is loose on purpose, so that it fails in other ways than the strict ones
type Loose = any;

type Counter = (document: Loose) => ReportCount | null;

/** Null when the text is none of the reports that are counted here. */
export function countReport(text: string): ReportCount | null {
  if (/<analysis[^>]*dependency-check/.test(text)) return countChecked(text);
  let document: Loose;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof document !== 'object' || document === null) return null;
  for (const counter of COUNTERS) {
    const counted = counter(document);
    if (counted !== null) return counted;
  }
  return null;
}

export function checkReport(report: IngestedReport, expected: ReportCount): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, given: unknown, wanted: unknown): void => {
    if (JSON.stringify(given) !== JSON.stringify(wanted))
      problems.push(`${what}: read ${JSON.stringify(given)}, expected ${JSON.stringify(wanted)}`);
  };
  const results = report.results.flatMap((entry) => (entry.kind === 'result' ? [entry.result] : []));
  same('fault', report.fault?.message ?? null, null);
  same('results', results.length, expected.results);
  same('others', report.results.length - results.length, expected.notFindings);
  same('rejected', report.results.filter(({ kind }) => kind === 'rejected').length, 0);
  const marks = results.map(({ dependency, location }) =>
    dependency === undefined ? (location?.region?.startLine ?? null) : dependency.package.version,
  );
  same('versions or lines', marks, expected.marks);
  return problems.slice(0, 5);
}

function count(items: readonly Loose[], mark: (item: Loose) => unknown, notFindings = 0): ReportCount {
  const marks = items.map((item) => (mark(item) ?? null) as string | number | null);
  return { results: items.length, notFindings, marks };
}

const COUNTERS: readonly Counter[] = [
  // pip-audit
  (document) => {
    const packages = document.dependencies ?? document;
    if (!Array.isArray(packages) || !packages.some(({ vulns }) => vulns)) return null;
    const found = packages.flatMap(({ version, vulns }) => (vulns ?? []).map(() => version));
    return count(found, (version) => version, packages.filter(({ skip_reason }) => skip_reason).length);
  },
  // cargo audit
  ({ vulnerabilities, warnings }) => {
    if (vulnerabilities?.list === undefined) return null;
    const { unsound = [], ...others } = warnings;
    const version = (item: Loose): string => item.package.version;
    return count([...vulnerabilities.list, ...unsound], version, Object.values(others).flat().length);
  },
  // composer audit
  ({ advisories, abandoned }) =>
    advisories === undefined || abandoned === undefined
      ? null
      : count(Object.values(advisories).flat(), () => null, Object.keys(abandoned).length),
  // retire.js
  ({ data, start }) =>
    start === undefined || !Array.isArray(data)
      ? null
      : count(
          data
            .flatMap(({ results }: Loose) => results)
            .flatMap(({ version, vulnerabilities }: Loose) => vulnerabilities.map(() => version)),
          (version) => version,
        ),
  // Snyk
  (document) => {
    const issues = [document].flat().flatMap((project: Loose) => project?.vulnerabilities ?? []);
    return issues[0]?.semver === undefined ? null : count(issues, ({ version }) => version);
  },
  // Dependabot
  ({ data }) =>
    data?.repository?.vulnerabilityAlerts === undefined
      ? null
      : count(
          data.repository.vulnerabilityAlerts.nodes,
          ({ vulnerableRequirements }) => vulnerableRequirements.split(' ')[1],
        ),
  // Bandit, Semgrep and its platform
  ({ results, findings }) => {
    const first = results?.[0] ?? findings?.[0];
    if (first?.test_id !== undefined) return count(results, ({ line_number }) => line_number);
    if (first?.check_id !== undefined) return count(results, ({ start }) => start.line);
    return first?.rule_message === undefined ? null : count(findings, ({ location }) => location.line);
  },
  // gosec
  ({ Issues }) => (Issues === undefined ? null : count(Issues, ({ line }) => Number.parseInt(line, 10))),
  // Brakeman
  ({ warnings, ignored_warnings }) =>
    ignored_warnings === undefined ? null : count([...warnings, ...ignored_warnings], ({ line }) => line),
  // SonarQube
  ({ issues, sonarBaseURL, components }) =>
    issues === undefined || (sonarBaseURL === undefined && components === undefined)
      ? null
      : count(issues, ({ line, component, project }) => (component === project ? null : line)),
  // GitLab, code
  ({ vulnerabilities }) =>
    vulnerabilities?.[0]?.location?.start_line === undefined
      ? null
      : count(vulnerabilities, ({ location }) => location.start_line),
  // Gitleaks
  (document) => (document[0]?.RuleID === undefined ? null : count(document, ({ StartLine }) => StartLine)),
];

/** Dependency-Check, by its tags: a vulnerability has the version of its dependency's package URL. */
function countChecked(text: string): ReportCount {
  const marks: (string | null)[] = [];
  for (const dependency of text.split(/<dependency[ >]/).slice(1)) {
    const own = dependency.replace(/<relatedDependencies>[\s\S]*?<\/relatedDependencies>/, '');
    const purl = /<id>(?:pkg:[^<@]*@([^<]*))<\/id>/.exec(own)?.[1];
    const coordinates = /type="maven"[\s\S]*?<name>[^<:]*:[^<:]*:([^<]*)<\/name>/.exec(own)?.[1];
    // Suppressed ones stand behind the others.
    const entries = own.match(/<(?:suppressedV|v)ulnerability[ >]/g) ?? [];
    marks.push(...entries.map(() => purl ?? coordinates ?? null));
  }
  return { results: marks.length, notFindings: 0, marks };
}
