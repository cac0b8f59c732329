// A small npm project and results about its packages, for tests.
import type { ReportedVulnerability } from '#domain/advisory.ts';
import type { ReportedDependency } from '#domain/dependency.ts';
import type { Place } from '#domain/location.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import type { DependencyResult } from '../../src/dependencies/group-dependencies.ts';
import { completeResult } from '../../src/ingest/formats/complete-result.ts';

const line = (path: string, startLine: number): Place => ({
  ...{ path, startLine, startColumn: null, endLine: startLine, endColumn: null },
});

function locked(name: string, version: string, over: Partial<LockedPackage> = {}): LockedPackage {
  return {
    ...{ key: `node_modules/${name}`, name, version, isDirect: false, scope: 'runtime' },
    ...{ dependsOn: [], place: line('web/package-lock.json', 20), isBundled: false, ...over },
  };
}

/** `web/`: asks for shop-kit 2.0.0, which brings lodash 4.17.15 in. */
export function aProject(over: Partial<DependencyProject> = {}): DependencyProject {
  return {
    folder: 'web',
    ecosystem: 'npm',
    name: 'web',
    files: ['web/package-lock.json', 'web/package.json'],
    requirements: [
      {
        ...{ name: 'shop-kit', constraint: '^2.0.0', scope: 'runtime', group: null },
        ...{ place: line('web/package.json', 7), versionPlace: null },
      },
    ],
    packages: [
      locked('shop-kit', '2.0.0', { isDirect: true, dependsOn: ['node_modules/lodash'] }),
      locked('lodash', '4.17.15', { place: line('web/package-lock.json', 31) }),
    ],
    hasLock: true,
    directs: ['node_modules/shop-kit'],
    gaps: [],
    ...over,
  };
}

export function aVulnerability(over: Partial<ReportedVulnerability> = {}): ReportedVulnerability {
  return {
    ...{ id: 'CVE-2021-23337', aliases: [], title: 'Command injection in lodash', description: null },
    ...{ severity: 'high', ratings: [], fixedIn: ['4.17.21'], affected: null, epss: null, kev: null },
    ...{ published: null, url: null, symbols: [], ...over },
  };
}

let index = 0;

/** One result of a tool about lodash 4.17.15, as its report tells it. */
export function aResult(
  tool: string,
  over: Partial<Omit<ReportedDependency, 'vulnerability'>> & {
    readonly vulnerability?: ReportedVulnerability | null;
    readonly cwe?: readonly number[];
    readonly score?: number;
  } = {},
): DependencyResult {
  const { cwe = [], score = null, ...said } = over;
  const dependency: ReportedDependency = {
    package: { ecosystem: 'npm', name: 'lodash', version: '4.17.15', purl: 'pkg:npm/lodash@4.17.15' },
    ...{ vulnerability: aVulnerability(), manifest: null, scope: null, paths: [], called: null },
    ...{ decided: null, ...said },
  };
  const id = dependency.vulnerability?.id ?? 'licence/GPL-3.0-only';
  const rule = { id, name: null, shortDescription: null, fullDescription: null, help: null };
  return completeResult(
    {
      rule: { ...rule, helpUri: null, tags: [], precision: null },
      ...{
        level: 'error',
        message: `${id} in ${dependency.package.name}`,
        securitySeverity: score,
        cwe,
        dependency,
      },
    },
    { input: 0, run: 0, index: index++ },
    { name: tool, version: null },
  ) as DependencyResult;
}
