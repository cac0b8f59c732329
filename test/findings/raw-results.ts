// Builds ingested reports for tests of the findings room: only what a test is about has to be said.
import type { TreeDiff } from '#domain/change.ts';
import type { SeverityOverride } from '#domain/policy.ts';
import type {
  ColumnKind,
  IngestedReport,
  IngestedResult,
  Level,
  RawLocation,
  RawRegion,
  RawResult,
} from '#domain/report.ts';
import { type CollectContext, type CollectedFindings, collectFindings } from '#findings/collect-findings.ts';
import { loadWeaknessTree } from '#findings/weakness-tree.ts';
import type { Workspace } from '#ports/workspace.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { shippedAssets } from './rules-folder.ts';

export const weaknesses = await loadWeaknessTree(shippedAssets);

export interface Said {
  readonly columnKind?: ColumnKind;
  readonly tool?: string;
  readonly rule?: string;
  readonly uri?: string | null;
  /** `[line]`, `[line, column]`, `[line, column, endColumn]` or `[line, column, endColumn, endLine]`. */
  readonly at?: readonly number[] | null;
  readonly cwe?: readonly number[];
  readonly level?: Level;
  readonly securitySeverity?: number;
  readonly precision?: string;
  readonly message?: string;
  readonly flows?: RawResult['flows'];
  readonly fixes?: RawResult['fixes'];
  readonly suppressions?: RawResult['suppressions'];
  readonly fingerprints?: RawResult['fingerprints'];
  readonly revision?: string;
  readonly region?: RawRegion;
}

const NO_REGION: RawRegion = {
  startLine: null,
  startColumn: null,
  endLine: null,
  endColumn: null,
  charOffset: null,
  charLength: null,
  byteOffset: null,
  byteLength: null,
};

export function rawRegion(fields: Partial<RawRegion>): RawRegion {
  return { ...NO_REGION, ...fields };
}

function rawLocation(uri: string | null, region: RawRegion | null): RawLocation {
  return { uri, uriProblem: null, region, message: null, logicalNames: [] };
}

export function rawResult(said: Said, index = 0, input = 0): RawResult {
  const [startLine = null, startColumn = null, endColumn = null, endLine = null] = said.at ?? [];
  const region = said.region ?? rawRegion({ startLine, startColumn, endColumn, endLine });
  const uri = said.uri === undefined ? 'src/app.c' : said.uri;
  return {
    ref: { input, run: 0, index },
    tool: { name: said.tool ?? 'scanner', version: '1.0' },
    rule: {
      id: said.rule ?? 'rule',
      name: null,
      shortDescription: null,
      fullDescription: null,
      help: null,
      helpUri: null,
      tags: [],
      precision: said.precision ?? null,
    },
    level: said.level ?? 'warning',
    rank: null,
    securitySeverity: said.securitySeverity ?? null,
    cwe: said.cwe ?? [],
    message: said.message ?? 'message',
    location: rawLocation(uri, said.at === null ? null : region),
    relatedLocations: [],
    flows: said.flows ?? [],
    fixes: said.fixes ?? [],
    suppressions: said.suppressions ?? [],
    baselineState: null,
    fingerprints: said.fingerprints ?? [],
    scannedRevision: said.revision ?? null,
    columnKind: said.columnKind ?? 'utf16CodeUnits',
  };
}

export function report(results: readonly IngestedResult[], input = 0): IngestedReport {
  return {
    input,
    name: `report-${input}.sarif`,
    sha256: '',
    bytes: 0,
    kind: { id: 'sarif', name: 'SARIF', supported: true, advice: null },
    runs: [],
    results,
    fault: null,
    notices: [],
  };
}

/** One report in which each of `said` is a result. */
export function reportOf(...said: readonly Said[]): IngestedReport {
  return report(said.map((each, index) => ({ kind: 'result', result: rawResult(each, index) })));
}

export interface Setting {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly workspace?: Workspace;
  readonly pathMap?: CollectContext['pathMap'];
  readonly ruleMap?: CollectContext['ruleMap'];
  readonly overrides?: readonly SeverityOverride[];
  readonly language?: CollectContext['language'];
  readonly diff?: TreeDiff;
  isIgnored?(path: string): boolean;
  basePath?(path: string): string;
}

export function collect(
  reports: readonly IngestedReport[],
  setting: Setting = {},
): Promise<CollectedFindings> {
  return collectFindings(reports, {
    workspace: setting.workspace ?? createMemoryWorkspace(setting.files ?? {}),
    pathMap: setting.pathMap ?? [],
    weaknesses,
    ruleMap: setting.ruleMap ?? { weaknessesOf: () => [] },
    severityOverrides: setting.overrides ?? [],
    isIgnored: setting.isIgnored ?? (() => false),
    basePath: setting.basePath ?? ((path) => path),
    folder: '',
    language: setting.language ?? 'en',
    lineMapFor: async () => setting.diff ?? null,
  });
}
