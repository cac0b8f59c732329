// Results about packages → findings of kind `sca` and `licence`, each once, with every such result accounted for.
import { createHash } from 'node:crypto';
import type { DependencyRecord } from '#domain/dependency.ts';
import type { Finding, ResultRow, ToolReport } from '#domain/finding.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { RawResult } from '#domain/report.ts';
import { compareSeverity, type Severity, worse } from '#domain/severity.ts';
import { markOutside } from '#support/mark-outside.ts';
import { versionOrder } from '../versions/version-order.ts';
import {
  type DependencyGroup,
  type DependencyResult,
  groupDependencies,
  type KnownNames,
} from './group-dependencies.ts';
import { type MergeContext, mergeVulnerability } from './merge-vulnerability.ts';
import { locationOf, originOf } from './place-dependency.ts';

export interface CollectDependenciesContext extends Omit<MergeContext, 'compareVersions'> {
  readonly projects: readonly DependencyProject[];
  /** Groups of names for one vulnerability, from advisories. */
  readonly aliases: Iterable<KnownNames>;
  /** How bad, by what the tool says and what the policy says instead. `path` is null where the place did not resolve. */
  severityOf(result: RawResult, path: string | null): Severity;
  isIgnored(path: string): boolean;
  hasFile(path: string): boolean;
  readonly book: PhraseBook | null;
}

export interface CollectedDependencies {
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** One row per result about a dependency; not sorted. */
  readonly rows: readonly ResultRow[];
  /**
   * Whether these names, by what is confirmed, mean what every result of the finding speaks of. Only then does what is known under them
   * clear it: an alias that one report claims does not.
   */
  isMeantBy(finding: Pick<Finding, 'id'>, names: readonly string[]): boolean;
  /** Whether every report of the finding tells that it means the finding's project. */
  isOfProject(finding: Pick<Finding, 'id'>): boolean;
}

const FINGERPRINT_LENGTH = 32;
const ID_LENGTH = 16;
const MOST_STEPS = 10;

export function collectDependencyFindings(
  results: readonly DependencyResult[],
  context: CollectDependenciesContext,
): CollectedDependencies {
  const groups = groupDependencies(results, context.projects, context.aliases);
  const findings: Finding[] = [];
  const rows: ResultRow[] = [];
  const byId = new Map<string, DependencyGroup>();
  for (const group of groups) {
    const finding = writeFinding(group, context);
    byId.set(finding.id, group);
    const ignored = finding.location.resolved && context.isIgnored(finding.location.path);
    if (!ignored) findings.push(finding);
    rows.push(...accountFor(group, finding, ignored, context.book));
  }
  return {
    findings: findings.sort(compareFindings),
    rows,
    isMeantBy: ({ id }, names) => {
      const group = byId.get(id);
      return group !== undefined && isMeantBy(group, names);
    },
    isOfProject: ({ id }) => byId.get(id)?.isMeant === true,
  };
}

function isMeantBy({ results, meaningOf }: DependencyGroup, names: readonly string[]): boolean {
  const meanings = new Set(names.map(meaningOf));
  return results.every(({ dependency: { vulnerability } }) =>
    vulnerability === null ? false : meanings.has(meaningOf(vulnerability.id)),
  );
}

function writeFinding(group: DependencyGroup, context: CollectDependenciesContext): Finding {
  const { results } = group;
  const origin = originOf(group.found, results);
  const location = locationOf(origin, results, context);
  const path = location.resolved ? location.path : null;
  const rated = results
    .map((result) => ({ result, severity: context.severityOf(result, path) }))
    .sort((a, b) => compareSeverity(b.severity, a.severity));
  const dependency = recordOf(group, origin, context);
  const primary = rated[0]?.result ?? (results[0] as DependencyResult);
  const { id, fingerprints } = identify(group);
  return {
    id,
    fingerprints,
    kind: group.name === null ? 'licence' : 'sca',
    ruleId: group.name?.id ?? primary.rule.id,
    tools: nameTools(rated.map(({ result }) => result)),
    cwe: [...new Set(results.flatMap(({ cwe }) => cwe))].sort((a, b) => a - b),
    severity: rated.reduce<Severity>((worst, { severity }) => worse(worst, severity), 'none'),
    message: dependency.vulnerability?.title ?? primary.message,
    location,
    flow: [],
    related: origin.places
      .filter((place) => place.path !== location.path || place.startLine !== location.startLine)
      .map(({ kind: _, ...place }) => ({ location: place, message: null })),
    suppressions: results.flatMap(({ suppressions }) => suppressions),
    baselineState: results.find(({ baselineState }) => baselineState !== null)?.baselineState ?? null,
    fixes: [],
    dependency,
  };
}

function recordOf(
  group: DependencyGroup,
  origin: ReturnType<typeof originOf>,
  context: CollectDependenciesContext,
): DependencyRecord {
  const { results, found, name } = group;
  const [first] = results as [DependencyResult];
  const order = group.package.ecosystem === null ? null : versionOrder(group.package.ecosystem);
  const compareVersions = (a: string, b: string) =>
    order?.isValid(a) && order.isValid(b) ? order.compare(a, b) : compareText(a, b);
  const told = results.flatMap(({ dependency }) => dependency.package.version ?? []);
  const installed = (found?.locked ?? []).map(({ version }) => version);
  const versions = [...new Set(found?.isOther === true ? installed : [...installed, ...told])];
  const { licence } = first.dependency;
  const sources = results.flatMap(({ dependency: { vulnerability } }) => vulnerability ?? []);
  return {
    package: group.package,
    versions: versions.sort(compareVersions),
    reported: [...new Set(told)].sort(compareVersions),
    callsTold: callsTold(results),
    vulnerability: name === null ? null : mergeVulnerability(name, sources, { ...context, compareVersions }),
    ...(licence === undefined ? {} : { licence }),
    project: found?.project.folder ?? null,
    places: origin.places,
    direct: origin.direct,
    scope: scopeOf(group),
    paths: origin.paths,
    reachability: null,
    priority: null,
    upgrade: null,
    decision: null,
  };
}

/** One entry a tool, the first of each answer. */
function callsTold(results: readonly DependencyResult[]): DependencyRecord['callsTold'] {
  const told = results.flatMap(({ tool, dependency: { called } }) =>
    called === null ? [] : [{ tool: tool.name, ...called, trace: called.trace.slice(0, MOST_STEPS) }],
  );
  return told.filter(
    (one, index) =>
      told.findIndex(({ tool, isCalled }) => tool === one.tool && isCalled === one.isCalled) === index,
  );
}

/** Runtime wins: one path into what runs is enough. */
function scopeOf({ found, results }: DependencyGroup): DependencyRecord['scope'] {
  const own = [...(found?.locked ?? []), ...(found?.requirements ?? [])].map(({ scope }) => scope);
  const told = results.flatMap(({ dependency }) => dependency.scope ?? []);
  const scopes = own.length > 0 ? own : told;
  return (['runtime', 'optional', 'test', 'dev'] as const).find((scope) => scopes.includes(scope)) ?? null;
}

function identify({ key, found }: DependencyGroup): Pick<Finding, 'id' | 'fingerprints'> {
  const withoutProject = found === null ? key : key.slice(1);
  const fingerprints = {
    'assay/v1': digest(['assay/v1', ...withoutProject]),
    'assayPath/v1': digest(['assayPath/v1', ...key]),
  };
  return { id: fingerprints['assayPath/v1'].slice(0, ID_LENGTH), fingerprints };
}

function digest(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, FINGERPRINT_LENGTH);
}

/** One entry a tool and rule, the worst first. */
function nameTools(results: readonly DependencyResult[]): readonly ToolReport[] {
  const byRule = Map.groupBy(results, ({ tool, rule }) => JSON.stringify([tool.name, tool.version, rule.id]));
  return [...byRule.values()].map((members): ToolReport => {
    const { tool, rule, dependency, securitySeverity, level } = members[0] as DependencyResult;
    return {
      name: tool.name,
      version: tool.version,
      ruleId: rule.id,
      ruleName: rule.name,
      rawSeverity:
        dependency.vulnerability?.severity ?? (securitySeverity === null ? level : `${securitySeverity}`),
      precision: rule.precision,
      results: members.map(({ ref }) => ref),
    };
  });
}

function accountFor(
  { results }: DependencyGroup,
  { id, location }: Finding,
  ignored: boolean,
  book: PhraseBook | null,
): readonly ResultRow[] {
  const place =
    location.path === '' ? { path: null, line: null } : { path: location.path, line: location.startLine };
  const [primary] = results as [DependencyResult];
  return results.map(({ ref, tool, rule }): ResultRow => {
    const row = { ...ref, tool: tool.name, ruleId: rule.id, ...place };
    if (ignored) {
      const why = say(
        phrase`ignored by the configuration: \`ignore\` covers ${markOutside(location.path)}`,
        book,
      );
      return { ...row, disposition: 'not_a_finding', why, findingId: null };
    }
    const isPrimary = ref === primary.ref;
    const reason = isPrimary
      ? phrase`reported as a finding of its own`
      : phrase`the same vulnerability of the same package as ${markOutside(`${primary.tool.name} ${primary.rule.id}`)} (input ${primary.ref.input}, run ${primary.ref.run}, result ${primary.ref.index})`;
    const why = say(reason, book);
    return { ...row, disposition: isPrimary ? 'finding' : 'duplicate', why, findingId: id };
  });
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    compareText(a.location.path, b.location.path) ||
    a.location.startLine - b.location.startLine ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
