// Reads out of a dependency scanner's SARIF which package and version a result is about: SARIF has no field for it, their messages do.
import type { ReportedVulnerability } from '#domain/advisory.ts';
import type { ReportedDependency } from '#domain/dependency.ts';
import type { PackageRef } from '#domain/package.ts';
import type { RawResult } from '#domain/report.ts';
import { purlOf } from '../../packages/purl-of.ts';

/** Ids of public databases of vulnerabilities, at the beginning of a rule's id. */
const VULNERABILITY =
  /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d+|GO-\d{4}-\d+|RUSTSEC-\d{4}-\d+|MAL-\d{4}-\d+|OSV-\d{4}-\d+)/i;

interface Told {
  readonly name: string;
  readonly version: string;
  readonly fixedIn: readonly string[];
  /** What kind of package, in the tool's word; null when it says none. */
  readonly type: string | null;
  readonly aliases: readonly string[];
}

/** Lines `Key: value`, as Trivy writes its messages. */
const TRIVY_KEY = /^(Package|Installed Version|Fixed Version): ?(.*)$/gm;
const GRYPE = /^A \w+ vulnerability in ([\w-]+) package: (\S+), version (\S+) was found at: /;
const GRYPE_BEFORE =
  /^The path .+ reports (\S+) at version (\S+) {1,2}which would result in a vulnerable \(([\w-]+)\) package installed/;
const OSV_SCANNER = /^Package '(.+)@([^'@]+)' is vulnerable to '[^']+'/;
const ALSO_KNOWN = /'((?:CVE|GHSA|PYSEC|GO|RUSTSEC)-[\w-]+)'/g;

/** What tools call their ecosystems → OSV's names. */
const BY_TYPE: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['python', 'PyPI'],
  ['go-module', 'Go'],
  ['java-archive', 'Maven'],
  ['gem', 'RubyGems'],
  ['rust-crate', 'crates.io'],
  ['php-composer', 'Packagist'],
  ['dotnet', 'NuGet'],
]);

/** Names of manifests and lock files → the ecosystem that they are of. */
const BY_FILE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/, 'npm'],
  [
    /(?:^|\/)(?:requirements[^/]*\.txt|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|pyproject\.toml)$/,
    'PyPI',
  ],
  [/(?:^|\/)(?:pom\.xml|gradle\.lockfile|[^/]*\.gradle(?:\.kts)?)$/, 'Maven'],
  [/(?:^|\/)go\.(?:mod|sum)$/, 'Go'],
  [/(?:^|\/)Cargo\.lock$/, 'crates.io'],
  [/(?:^|\/)composer\.lock$/, 'Packagist'],
  [/(?:^|\/)Gemfile\.lock$/, 'RubyGems'],
  [/(?:^|\/)(?:packages\.lock\.json|packages\.config|[^/]*\.csproj|[^/]*\.deps\.json)$/, 'NuGet'],
];

/** Null for a result that is about code, or whose message is in no form that is known. */
export function toldDependency(
  result: Pick<RawResult, 'rule' | 'message' | 'location' | 'tool'>,
): ReportedDependency | null {
  const [id] = VULNERABILITY.exec(result.rule.id) ?? [];
  if (id === undefined) return null;
  const told = readTrivy(result.message) ?? readGrype(result.message) ?? readOsvScanner(result.message);
  if (told === null) return null;
  const manifest = result.location?.uri ?? null;
  const ecosystem = ecosystemOf(told.type, manifest);
  const named: PackageRef = { ecosystem, name: told.name, version: told.version, purl: null };
  return {
    package: { ...named, purl: purlOf(named) },
    vulnerability: vulnerabilityOf(id, told, result.rule),
    ...{ manifest, scope: null, paths: [], called: null, decided: null },
  };
}

function readTrivy(message: string): Told | null {
  const values = new Map(
    [...message.matchAll(TRIVY_KEY)].map(([, key, value]) => [key, value?.trim() ?? '']),
  );
  const name = values.get('Package');
  const version = values.get('Installed Version');
  if (!name || !version) return null;
  const fixedIn = (values.get('Fixed Version') ?? '').split(',').map((one) => one.trim());
  return { name, version, fixedIn: fixedIn.filter((one) => one !== ''), type: null, aliases: [] };
}

function readGrype(message: string): Told | null {
  const [, type, name, version] = GRYPE.exec(message) ?? [];
  if (name !== undefined && version !== undefined) {
    return { name, version, type: type ?? null, fixedIn: [], aliases: [] };
  }
  const [, old, at, kind] = GRYPE_BEFORE.exec(message) ?? [];
  if (old === undefined || at === undefined) return null;
  return { name: old, version: at, type: kind ?? null, fixedIn: [], aliases: [] };
}

function readOsvScanner(message: string): Told | null {
  const [, name, version] = OSV_SCANNER.exec(message.slice(0, 1000)) ?? [];
  if (name === undefined || version === undefined) return null;
  const aliases = [...message.slice(0, 2000).matchAll(ALSO_KNOWN)].flatMap(([, alias]) => alias ?? []);
  return { name, version, type: null, fixedIn: [], aliases };
}

function ecosystemOf(type: string | null, manifest: string | null): string | null {
  const byType = type === null ? undefined : BY_TYPE.get(type);
  if (byType !== undefined) return byType;
  const path = (manifest ?? '').replaceAll('\\', '/');
  return BY_FILE.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

function vulnerabilityOf(id: string, told: Told, rule: RawResult['rule']): ReportedVulnerability {
  return {
    id,
    aliases: [...new Set(told.aliases)].filter((alias) => alias !== id).sort(),
    title: rule.shortDescription,
    ...{ description: null, severity: null, ratings: [], fixedIn: told.fixedIn, affected: null },
    ...{ epss: null, kev: null, published: null, url: rule.helpUri, symbols: [] },
  };
}
