// A change is blamed for the vulnerable versions it brings in, and a dependency is dismissed only on lines and a search without a gap.
import { describe, expect, test } from 'vitest';
import type { AffectedPackage } from '#domain/advisory.ts';
import type { Finding } from '#domain/finding.ts';
import { say } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Reached } from '#domain/reachability.ts';
import { checkAffected } from '../../src/app/dependencies/check-affected.ts';
import { collectDependencyFindings } from '../../src/dependencies/collect-dependency-findings.ts';
import { type JudgeDependencyContext, judgeDependency } from '../../src/dependencies/judge-dependency.ts';
import { type DependencyScopeContext, scopeDependency } from '../../src/dependencies/scope-dependency.ts';
import { aProject, aResult } from './a-project.ts';

function aFinding(projects: readonly DependencyProject[] = [aProject()]): Finding {
  const [finding] = collectDependencyFindings([aResult('Trivy')], {
    ...{ projects, aliases: [], scoreOf: () => null, epssOf: () => null, isKev: () => null },
    ...{ severityOf: () => 'high', isIgnored: () => false, hasFile: () => false, book: null },
  }).findings;
  if (finding === undefined) throw new Error('there is no finding');
  return finding;
}

const LODASH: AffectedPackage = {
  ...{ ecosystem: 'npm', name: 'lodash', versions: [], symbols: [], ratings: [] },
  ranges: [{ type: 'SEMVER', events: [{ introduced: '4.0.0' }, { fixed: '4.17.21' }] }],
};

function scopeOf(over: Partial<DependencyScopeContext>, finding = aFinding()) {
  const touched = over.touched ?? ['web/package-lock.json'];
  const { state, why } = scopeDependency(finding, {
    ...{ before: [aProject()], touched, isTouched: (path) => touched.includes(path) },
    ...{ affectedBy: () => [LODASH], baseFolder: (folder) => folder, ...over },
  });
  return `${state}: ${say(why, null)}`;
}

function atBase(version: string | null): readonly DependencyProject[] {
  const { packages } = aProject();
  const others = packages.filter(({ name }) => name !== 'lodash');
  const [lodash] = packages.filter(({ name }) => name === 'lodash');
  return [aProject({ packages: version === null || !lodash ? others : [...others, { ...lodash, version }] })];
}

describe('against the base', () => {
  test('what the change brings in is new', () => {
    expect(scopeOf({ before: atBase(null) })).toBe('new: this change brings `lodash` in');
  });

  test('what was there at the same version is not new, although the lock file was written again', () => {
    expect(scopeOf({})).toBe('changed: `lodash` was there at the same version before this change');
  });

  test('an affected version in place of another affected one is not new', () => {
    expect(scopeOf({ before: atBase('4.17.11') })).toBe(
      'changed: `lodash` was there before this change as well, at `4.17.11`, which is affected too',
    );
  });

  test('an affected version in place of one that is not affected is new', () => {
    expect(scopeOf({ before: atBase('3.10.1') })).toBe(
      'new: this change moves `lodash` from `3.10.1`, which is not affected, to `4.17.15`',
    );
    expect(scopeOf({ before: atBase('4.17.21'), affectedBy: () => [] })).toMatch(/^new: .*is not affected/);
  });

  test('what cannot be told is new, and says so', () => {
    expect(scopeOf({ before: atBase('4.17.11'), affectedBy: () => [] })).toBe(
      'new: this change moves `lodash` from `4.17.11` to `4.17.15`, and it is not known whether `4.17.11` was affected',
    );
  });

  test('a change of other files brings no dependency', () => {
    expect(scopeOf({ touched: ['src/server.js', 'api/package.json'] })).toBe(
      'existing: the change touches none of the files that bring the package in',
    );
  });

  test('without a lock file the version that the manifest names is what was there, also where a parent build file sets it', () => {
    const asked = (constraint: string): DependencyProject =>
      aProject({
        ...{ ecosystem: 'Maven', hasLock: false, packages: [], directs: [] },
        requirements: aProject().requirements.map((one) => ({ ...one, name: 'com.acme:kit', constraint })),
      });
    const told = { ecosystem: 'Maven', name: 'com.acme:kit', version: '1.4.0', purl: null };
    const [finding] = collectDependencyFindings([aResult('Trivy', { package: told })], {
      ...{ projects: [asked('1.4.0')], aliases: [], scoreOf: () => null, epssOf: () => null },
      ...{
        isKev: () => null,
        severityOf: () => 'high',
        isIgnored: () => false,
        hasFile: () => false,
        book: null,
      },
    }).findings;
    const kit = { ...LODASH, ecosystem: 'Maven', name: 'com.acme:kit' };
    const affectedBy = () => [
      { ...kit, ranges: [{ type: 'ECOSYSTEM' as const, events: [{ introduced: '0' }, { fixed: '1.5.0' }] }] },
    ];
    for (const touched of [['pom.xml'], ['parent/pom.xml'], ['gradle/libs.versions.toml'], ['web/pom.xml']]) {
      expect(scopeOf({ touched, affectedBy, before: [asked('1.6.0')] }, finding)).toBe(
        'new: this change moves `com.acme:kit` from `1.6.0`, which is not affected, to `1.4.0`',
      );
      expect(scopeOf({ touched, affectedBy, before: [asked('1.4.0')] }, finding)).not.toMatch(/^new/);
      expect(scopeOf({ touched, affectedBy, before: [asked('1.3.0')] }, finding)).toMatch(
        /^changed: .*`1.3.0`/,
      );
    }
  });

  test('a bill of materials of packages that no manifest has is as old as the files that decide on them', () => {
    const finding = aFinding([]);
    expect(scopeOf({ touched: ['src/server.js'] }, finding)).toMatch(/^existing: /);
    expect(scopeOf({ touched: ['deploy/Dockerfile'] }, finding)).toBe(
      'new: no manifest or lock file of the repository says where the package comes from, and the change touches `deploy/Dockerfile`',
    );
  });
});

const LINE = { path: 'web/package.json', startLine: 7, endLine: 7, quote: '"shop-kit": "^2.0.0"' };

function judge(reached: Partial<Reached> | null, over: Partial<JudgeDependencyContext> = {}) {
  const found: Reached | null =
    reached === null
      ? null
      : { level: 'unknown', text: 'What was found.', citations: [LINE], doubts: [], ...reached };
  const { verdict, rootCause } = judgeDependency(aFinding(), {
    ...{ reached: found, affected: { answer: 'affected', by: [] }, dismissDev: false },
    isNeverDismissed: () => false,
    confidenceOf: () => ({ confidence: 0.9, confidenceLowerBound: 0.8 }),
    ...{ citations: [LINE], otherProjects: [], book: null },
    ...over,
  });
  return { ...verdict, said: `${verdict.label} ${verdict.reasons[0]?.code}`, rootCause };
}

describe('the verdict', () => {
  test.each([
    ['not_imported', 'false_positive FP.sca.not-imported'],
    ['part_not_imported', 'false_positive FP.sca.part-not-imported'],
    ['not_called', 'false_positive FP.sca.not-called'],
    ['absent', 'false_positive FP.sca.absent'],
    ['dev_only', 'needs_review REV.sca.dev-only'],
    ['imported', 'needs_review REV.sca.symbols'],
    ['unknown', 'needs_review REV.sca.unknown'],
    ['called', 'true_positive TP.sca.called'],
  ] as const)('of what is %s is %s', (level, said) => {
    expect(judge({ level }).said).toBe(said);
  });

  test('never dismisses past a doubt, or without a line to show', () => {
    const doubts = [{ text: 'A name is put together at run time.', citations: [] }];
    expect(judge({ level: 'not_imported', doubts }).said).toBe('needs_review REV.sca.unknown');
    expect(judge({ level: 'not_called', citations: [] }).said).toBe('needs_review REV.sca.unknown');
  });

  test('that is open says first why it is not known', () => {
    const doubts = [{ text: 'A setting names it.', citations: [] }];
    const { reasons } = judge({ level: 'unknown', doubts });
    expect(reasons.map(({ text }) => text)).toEqual(['A setting names it.', 'What was found.']);
    expect(judge({ level: 'imported', doubts }).reasons[0]?.text).toBe('What was found.');
  });

  test('dismisses an installed version that no advisory calls affected', () => {
    const verdict = judge(
      { level: 'called' },
      { affected: { answer: 'not_affected', by: ['CVE-2021-23337'] } },
    );
    expect(verdict.said).toBe('false_positive FP.sca.absent');
    expect(verdict.reasons[0]?.citations).toEqual([LINE]);
  });

  test('of what only development brings in is the policy’s, when it says so', () => {
    expect(judge({ level: 'dev_only' }, { dismissDev: true })).toMatchObject({
      ...{ said: 'false_positive FP.policy', by: 'policy', confidence: 1 },
    });
  });

  test('is a person’s where the policy never lets a machine dismiss', () => {
    expect(judge({ level: 'not_imported' }, { isNeverDismissed: () => true }).said).toBe(
      'needs_review REV.never-dismiss',
    );
  });

  test('is open where nothing could be searched', () => {
    expect(judge(null).said).toBe('needs_review REV.sca.unknown');
  });

  test('comes with how the package got here and what mends it', () => {
    expect(judge({}).rootCause).toBe(
      '`lodash 4.17.15` is brought in by `shop-kit@2.0.0`. It has the known vulnerability `CVE-2021-23337`, which is mended in `4.17.21`.',
    );
  });
});

describe('what does not fit a dismissal', () => {
  test('is told, and a person has to decide', () => {
    const disputed = judge(
      { level: 'not_called' },
      { affected: { answer: 'disputed', by: ['CVE-2021-23337'] } },
    );
    expect(disputed.said).toBe('needs_review REV.conflict');
    expect(disputed.reasons.at(-1)?.text).toBe(
      'A report calls this version affected; `CVE-2021-23337`, as it was given, does not.',
    );
  });

  test('is a tool’s own search that found a call', () => {
    const finding = aFinding();
    const called = { isCalled: true, trace: ['main.go:7 main', 'kit.Parse'] };
    const [dependency] = [finding.dependency].flatMap((one) => one ?? []);
    if (dependency === undefined) throw new Error('it is about a dependency');
    const callsTold = [{ tool: 'govulncheck', ...called }];
    const { verdict } = judgeDependency(
      { ...finding, dependency: { ...dependency, callsTold } },
      {
        reached: { level: 'not_imported', text: 'Nothing imports it.', citations: [LINE], doubts: [] },
        ...{ affected: { answer: 'affected', by: [] }, dismissDev: false, isNeverDismissed: () => false },
        confidenceOf: () => ({ confidence: 0.9, confidenceLowerBound: 0.8 }),
        ...{ citations: [LINE], otherProjects: [], book: null },
      },
    );
    expect([verdict.label, verdict.reasons[0]?.code]).toEqual(['needs_review', 'REV.conflict']);
    expect(verdict.reasons.at(-1)?.text).toBe(
      '`govulncheck` says that the vulnerable code is called: `main.go:7 main → kit.Parse`.',
    );
  });
});

describe('whether the installed version is affected', () => {
  const check = (
    versions: string[],
    reported: string[],
    affected: readonly AffectedPackage[],
    fixedIn: string[] = [],
    sure: readonly AffectedPackage[] = affected,
  ) => {
    const { dependency } = aFinding();
    if (dependency?.vulnerability == null) throw new Error('it is about a vulnerability');
    const vulnerability = { ...dependency.vulnerability, fixedIn };
    const finding = { id: 'a', dependency: { ...dependency, versions, reported, vulnerability } };
    return checkAffected(finding, { known: () => affected, sure: () => sure }).answer;
  };

  test('is not told by an advisory that only a claimed alias leads to', () => {
    expect(check(['4.17.21'], ['4.17.15'], [LODASH])).toBe('not_affected');
    expect(check(['4.17.21'], ['4.17.15'], [LODASH], [], [])).toBe('unknown');
    expect(check(['4.17.15'], ['4.17.15'], [LODASH], [], [])).toBe('affected');
  });

  test.each([
    ['affected by an advisory', ['4.17.15'], ['4.17.15'], [LODASH], [], 'affected'],
    ['past every advisory, by an old report', ['4.17.21'], ['4.17.15'], [LODASH], [], 'not_affected'],
    ['past every advisory, and yet reported', ['4.17.21'], ['4.17.21'], [LODASH], [], 'disputed'],
    [
      'past every advisory and what the report calls mended',
      ['4.17.21'],
      ['4.17.21'],
      [LODASH],
      ['4.17.21'],
      'not_affected',
    ],
    ['one of two affected', ['4.17.15', '4.17.21'], [], [LODASH], [], 'affected'],
    ['past what an old report calls mended', ['4.17.22'], ['4.17.15'], [], ['4.17.21'], 'not_affected'],
    ['past one of two mended lines', ['4.17.22'], ['4.17.15'], [], ['4.17.21', '5.0.1'], 'unknown'],
    ['reported, without an advisory', ['4.17.15'], ['4.17.15'], [], ['4.17.21'], 'unknown'],
    ['no version that anybody can order', ['main'], [], [LODASH], ['4.17.21'], 'unknown'],
  ] as const)('%s', (_, versions, reported, affected, fixedIn, answer) => {
    expect(check([...versions], [...reported], affected, [...fixedIn])).toBe(answer);
  });
});
