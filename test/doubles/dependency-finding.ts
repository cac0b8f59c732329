// Findings about dependencies for tests: a known vulnerability of lodash, everything overridable.
import type {
  DependencyRecord,
  ReachabilityLevel,
  Upgrade,
  VulnerabilityRecord,
} from '#domain/dependency.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReasonCode, VerdictLabel } from '#domain/verdict.ts';
import { aFinding, aLocation, aReason, aVerdict } from './result-document.ts';

export function aVulnerability(over: Partial<VulnerabilityRecord> = {}): VulnerabilityRecord {
  return {
    ...{ id: 'CVE-2021-23337', aliases: ['GHSA-35jh-r3h4-6jhm'], title: 'Command injection in lodash' },
    rating: { vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 7.2, version: '3.1' },
    ...{ epss: 0.0123, kev: false, published: '2021-05-06T16:05:51Z' },
    url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
    ...{ fixedIn: ['4.17.21'], symbols: [{ path: null, names: ['template'] }] },
    ...over,
  };
}

export function anUpgrade(over: Partial<Upgrade> = {}): Upgrade {
  return {
    ...{ kind: 'direct', package: 'lodash', from: '4.17.20', to: '4.17.21', breaking: false },
    ...{ leaves: ['CVE-2021-23337'], remains: [], command: 'npm install lodash@4.17.21' },
    text: 'Raise `lodash` from `4.17.20` to `4.17.21`: callers do not break.',
    ...over,
  };
}

export function aDependency(over: Partial<DependencyRecord> = {}): DependencyRecord {
  return {
    package: { ecosystem: 'npm', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' },
    ...{ versions: ['4.17.20'], reported: ['4.17.20'], callsTold: [] },
    ...{ vulnerability: aVulnerability(), project: '' },
    places: [
      { kind: 'manifest', ...aLocation({ path: 'package.json', startLine: 7, endLine: 7 }) },
      { kind: 'lockfile', ...aLocation({ path: 'package-lock.json', startLine: 40, endLine: 40 }) },
    ],
    ...{ direct: true, scope: 'runtime', paths: [['lodash@4.17.20']] },
    reachability: { level: 'called', text: '`src/mail.ts` line 4 calls `template`.' },
    priority: { score: 61, text: '61 of 100: CVSS 7.2, called from runtime code, a direct dependency.' },
    ...{ upgrade: anUpgrade(), decision: null },
    ...over,
  };
}

/** Called from runtime code, unless told otherwise. */
export function aDependencyFinding(over: Partial<FindingRecord> = {}): FindingRecord {
  return aFinding({
    ...{ kind: 'sca', ruleId: 'CVE-2021-23337', cwe: [94], message: 'Command injection in lodash' },
    tools: [
      {
        ...{ name: 'Trivy', version: '0.58.0', ruleId: 'CVE-2021-23337', ruleName: null },
        ...{ rawSeverity: 'HIGH', precision: null, results: [{ input: 0, run: 0, index: 0 }] },
      },
    ],
    location: aLocation({ path: 'package.json', startLine: 7, endLine: 7 }),
    verdict: aVerdict('true_positive', aReachReason('TP.sca.called')),
    rootCause:
      '`lodash 4.17.20` is a dependency of the project itself. It has the known vulnerability `CVE-2021-23337`, which is mended in `4.17.21`.',
    remediation: anUpgrade().text,
    dependency: aDependency(),
    ...over,
  });
}

export function aReachReason(code: ReasonCode, text = '`src/mail.ts` line 4 calls `template`.') {
  return aReason(code, text, { path: 'src/mail.ts', line: 4, quote: 'const mail = template(text);' });
}

/** A finding whose search ended at this level, with the verdict that follows. */
export function aFindingAt(
  level: ReachabilityLevel,
  [label, code]: readonly [VerdictLabel, ReasonCode],
  over: { readonly finding?: Partial<FindingRecord>; readonly dependency?: Partial<DependencyRecord> } = {},
): FindingRecord {
  const text = `Searched 12 files under \`src\`: ${level}.`;
  return aDependencyFinding({
    verdict: aVerdict(label, aReachReason(code, text)),
    dependency: aDependency({ reachability: { level, text }, ...over.dependency }),
    ...over.finding,
  });
}

export function aLicenceFinding(over: Partial<FindingRecord> = {}): FindingRecord {
  return aDependencyFinding({
    ...{
      kind: 'licence',
      ruleId: 'licence/GPL-3.0-only',
      cwe: [],
      message: 'chess 1.0.0: The policy denies `GPL-3.0-only`.',
    },
    verdict: {
      ...aVerdict('true_positive', aReachReason('TP.licence', 'The policy denies `GPL-3.0-only`.')),
      ...{ by: 'policy', confidence: 1, confidenceLowerBound: 1 },
    },
    rootCause: '`chess 1.0.0` is a dependency of the project itself.',
    remediation: null,
    dependency: aDependency({
      package: { ecosystem: 'npm', name: 'chess', version: '1.0.0', purl: 'pkg:npm/chess@1.0.0' },
      ...{ versions: ['1.0.0'], vulnerability: null, paths: [['chess@1.0.0']], upgrade: null },
      licence: { expression: 'GPL-3.0-only', why: 'The policy denies `GPL-3.0-only`.' },
      ...{ reachability: null, priority: null },
    }),
    ...over,
  });
}
