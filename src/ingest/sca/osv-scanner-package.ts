// Reads one package of an OSV-Scanner report: its vulnerabilities, the groups that say which are the same, and what was found out about calls.
import type { DependencyScope, PackageRef } from '#domain/package.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asArray, asObject, asObjects, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { aliasesAmong, dependencyResult, wordOf } from './dependency-result.ts';
import { readOsvRecord } from './osv-record.ts';
import { LICENCE_NOTICE, NAMES_NOTHING, noObject } from './unused-entries.ts';

export function readOsvScannerPackage(
  entry: JsonObject,
  manifest: string | null,
  output: FormatOutput,
): void {
  const named = packageOf(asObject(entry.package));
  const groups = asObjects(entry.groups).map(readGroup);
  const scope = scopeOf(asTexts(entry.dependency_groups, CAPS.name, COUNTS.tags));
  for (const value of asArray(entry.vulnerabilities)) {
    const record = asObject(value);
    const id = wordOf(record?.id);
    if (record === null || id === null || named === null) {
      const why = record === null ? noObject(value) : NAMES_NOTHING;
      output.rejected({ ruleId: id, uri: manifest, line: null, why });
      continue;
    }
    const group = groups.find(({ ids }) => ids.includes(id)) ?? null;
    const said = readOsvRecord(record, id, named);
    const isUnimportant =
      group?.analyses.some((analysis) => analysis.id === id && analysis.isUnimportant) === true;
    output.result(
      dependencyResult({
        ...said,
        package: named,
        vulnerability: {
          ...said.vulnerability,
          aliases: withGroup(id, said.vulnerability.aliases, group?.names ?? []),
          ...(isUnimportant ? { severity: 'none' as const } : {}),
        },
        score: isUnimportant ? null : (group?.score ?? null),
        manifest,
        scope,
        called: calledIn(group, id),
      }),
    );
  }
  for (const violation of asTexts(entry.license_violations, CAPS.name, COUNTS.tags))
    output.notAFinding({ ruleId: violation, uri: manifest, line: null, why: LICENCE_NOTICE });
}

function packageOf(named: JsonObject | null): PackageRef | null {
  const name = wordOf(named?.name) ?? wordOf(named?.commit);
  if (name === null) return null;
  return {
    ecosystem: wordOf(named?.ecosystem),
    name,
    version: wordOf(named?.version) ?? wordOf(named?.commit),
    purl: null,
  };
}

interface Group {
  /** Of the records that are one vulnerability. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** The highest CVSS base score of them. */
  readonly score: number | null;
  readonly analyses: readonly Analysis[];
}

interface Analysis {
  readonly id: string;
  readonly called: boolean | null;
  /** Whether the distribution holds it for one without consequences. */
  readonly isUnimportant: boolean;
}

function readGroup(group: JsonObject): Group {
  const ids = asTexts(group.ids, CAPS.name, COUNTS.taxa);
  const highest = wordOf(group.max_severity);
  const score = highest !== null && /^\d{1,2}(?:\.\d{1,2})?$/.test(highest) ? Number(highest) : null;
  const analyses = entriesOf(group.experimental_analysis ?? group.experimentalAnalysis).slice(0, COUNTS.taxa);
  return {
    ids,
    names: [...ids, ...asTexts(group.aliases, CAPS.name, COUNTS.taxa)],
    score: score !== null && score > 0 && score <= 10 ? score : null,
    analyses: analyses.map(([id, value]) => {
      const { called, unimportant } = asObject(value) ?? {};
      return { id, called: typeof called === 'boolean' ? called : null, isUnimportant: unimportant === true };
    }),
  };
}

/** The record's own aliases, and the group's where those do not join several CVEs. */
function withGroup(id: string, own: readonly string[], group: readonly string[]): readonly string[] {
  const all = [...own, ...group];
  const known = new Set(own);
  return [...new Set([...own, ...aliasesAmong(id, all).filter((name) => !known.has(name))])].sort();
}

/** The records of a group are one vulnerability, and only some have symbols to look for: what was found for one holds for all. */
function calledIn(
  group: Group | null,
  id: string,
): { readonly isCalled: boolean; readonly trace: readonly string[] } | null {
  const analyses = group?.analyses.filter(({ called }) => called !== null) ?? [];
  const own = analyses.filter((analysis) => analysis.id === id);
  const counted = own.length > 0 ? own : analyses;
  return counted.length === 0 ? null : { isCalled: counted.some(({ called }) => called === true), trace: [] };
}

/** Groups of dependencies by the names that lock files give them (https://google.github.io/osv-scanner/output/#json, `dependency_groups`). */
const SCOPES: ReadonlyMap<string, DependencyScope> = new Map([
  ['dev', 'dev'],
  ['develop', 'dev'],
  ['development', 'dev'],
  ['dev-dependencies', 'dev'],
  ['require-dev', 'dev'],
  ['test', 'test'],
  ['tests', 'test'],
  ['testing', 'test'],
  ['optional', 'optional'],
]);

/** The scope that all groups have in common; a group of another name may well be for what runs. */
function scopeOf(groups: readonly string[]): DependencyScope | null {
  const scopes = groups.map((group) => SCOPES.get(group.toLowerCase()) ?? null);
  const [first = null, ...others] = scopes;
  if (first === null || scopes.includes(null)) return null;
  return others.every((scope) => scope === first) ? first : 'dev';
}
