// Counts reports of dependency scanners with plain JSON.parse, sharing no code with Assay's readers: the corpus check's second opinion on them.
import type { IngestedReport } from '../src/domain/report.ts';

export interface ScanCount {
  readonly results: number;
  readonly notFindings: number;
  readonly rejected: number;
  /** Installed versions in the order of the results; null where a tool lists none. */
  readonly versions: readonly (string | null)[] | null;
  /** How many results the tool itself found called, and not called. */
  readonly called: readonly [called: number, notCalled: number];
}

/** JSON of whatever shape: a missing member is undefined all the way down. */
// biome-ignore lint/suspicious/noExplicitAny: this reader is loose on purpose, so that it fails in other ways than the strict ones
type Loose = any;

/** Null when the text is none of the reports that are counted here. */
export function countScan(text: string): ScanCount | null {
  const documents = parseAll(text);
  const [first] = documents ?? [];
  if (documents === null || first === undefined) return null;
  if (first === null) return count([]);
  if (documents.some((document) => document?.type === 'auditAdvisory' || document?.children?.ID))
    return countYarn(documents);
  if (first.SchemaVersion || first.ClusterName || first[0]?.Target) return countTrivy(first);
  if (first.matches && first.descriptor)
    return count(first.matches, (match) => match.artifact.version, first.ignoredMatches?.length);
  if (first.results?.[0]?.packages || first[0]?.groups) return countOsv(first);
  if (first.Vulns || first[0]?.config || Object.values<Loose>(first)[0]?.[0]?.trace) return countGo(first);
  if (
    first.vulnerabilities?.[0]?.location?.dependency?.package &&
    !first.vulnerabilities[0].location.start_line
  )
    return count(first.vulnerabilities);
  if (first.auditReportVersion) return countTree(Object.values(first.vulnerabilities));
  if (Object.values<Loose>(first.advisories ?? {})[0]?.findings)
    return count(
      Object.values<Loose>(first.advisories).flatMap((advisory) => advisory.findings),
      (finding) => finding.version,
    );
  return null;
}

export function checkScan(report: IngestedReport, expected: ScanCount): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, given: unknown, wanted: unknown): void => {
    if (JSON.stringify(given) !== JSON.stringify(wanted))
      problems.push(`${what}: read ${JSON.stringify(given)}, expected ${JSON.stringify(wanted)}`);
  };
  const results = report.results.flatMap((entry) => (entry.kind === 'result' ? [entry.result] : []));
  const of = (kind: string): number => report.results.filter((entry) => entry.kind === kind).length;
  same('fault', report.fault?.message ?? null, null);
  same('results', results.length, expected.results);
  same('not findings', of('not_a_finding'), expected.notFindings);
  same('rejected', of('rejected'), expected.rejected);
  const called = results.flatMap(({ dependency }) => dependency?.called ?? []);
  const yes = called.filter(({ isCalled }) => isCalled).length;
  same('called', [yes, called.length - yes], expected.called);
  if (expected.versions !== null)
    same(
      'versions',
      results.flatMap(({ dependency }) => (dependency === undefined ? [] : [dependency.package.version])),
      expected.versions,
    );
  return problems.slice(0, 5);
}

function count(
  items: readonly Loose[],
  version: ((item: Loose) => string) | null = null,
  notFindings = 0,
): ScanCount {
  const versions = version === null ? null : items.map(version);
  return { results: items.length, notFindings, rejected: 0, versions, called: [0, 0] };
}

/** One value, or several behind one another. */
function parseAll(text: string): readonly Loose[] | null {
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      return lines.map((line) => JSON.parse(line));
    } catch {
      return null;
    }
  }
}

function countYarn(documents: readonly Loose[]): ScanCount {
  const deprecated = documents.filter(({ children }) => /deprecation/.test(children?.ID));
  const found = documents
    .filter((document) => !deprecated.includes(document))
    .flatMap(({ type, children }) => children?.['Tree Versions'] ?? (type === 'auditAdvisory' ? [null] : []));
  return count(found, null, deprecated.length);
}

function countTrivy(report: Loose): ScanCount {
  const groups = [report.Vulnerabilities, report.Misconfigurations, report.Resources].flatMap(
    (group) => group ?? [],
  );
  const targets = Array.isArray(report)
    ? report
    : (report.Results ?? groups.flatMap(({ Results }) => Results ?? []));
  const all = (member: string): readonly Loose[] => targets.flatMap((target: Loose) => target[member] ?? []);
  const named = all('Vulnerabilities').filter(({ VulnerabilityID }) => VulnerabilityID !== undefined);
  const failed = all('Misconfigurations').filter(({ Status }) => Status === 'FAIL');
  return {
    results: named.length + failed.length + all('Secrets').length,
    notFindings: all('Misconfigurations').length - failed.length,
    rejected: all('Vulnerabilities').length - named.length,
    versions: named.map(({ InstalledVersion }) => InstalledVersion),
    called: [0, 0],
  };
}

function countOsv(report: Loose): ScanCount {
  const packages = report.results?.flatMap((result: Loose) => result.packages) ?? report;
  const called = [0, 0] as [number, number];
  for (const { groups } of packages)
    for (const { ids, experimentalAnalysis } of groups)
      for (const analysis of Object.values<Loose>(experimentalAnalysis ?? {}))
        called[analysis.called ? 0 : 1] += ids.length;
  const found = packages.flatMap((entry: Loose) =>
    entry.vulnerabilities.map(() => entry.package.version || entry.package.commit),
  );
  return { ...count(found, (version) => version), called };
}

function countGo(report: Loose): ScanCount {
  const modules = new Map<string, boolean>();
  const tell = (id: string, module: string, isCalled: boolean): void =>
    void modules.set(`${id} ${module}`, isCalled || modules.get(`${id} ${module}`) === true);
  for (const { OSV, ModPath, CallSink } of report.Vulns ?? []) tell(OSV.id, ModPath, CallSink > 0);
  const messages = Array.isArray(report) ? report.flatMap(({ finding }) => finding ?? []) : [];
  const lists = report.Vulns ? [] : Object.values<Loose>(report).filter(Array.isArray).flat();
  for (const { osv, trace } of [...messages, ...lists])
    if (trace) tell(osv, trace[0].module, trace[0].function !== undefined);
  const yes = [...modules.values()].filter(Boolean).length;
  return { ...count([...modules]), called: [yes, modules.size - yes] };
}

function countTree(entries: readonly Loose[]): ScanCount {
  const advisories = entries.flatMap(({ via }) => via.filter((item: Loose) => typeof item === 'object'));
  const through = entries.filter(({ via }) => via.every((item: Loose) => typeof item === 'string'));
  return count(advisories, null, through.length);
}
