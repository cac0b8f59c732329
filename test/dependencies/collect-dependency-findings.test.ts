// What several scanners say about packages becomes one finding for each vulnerability of a package of a project.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '#domain/finding.ts';
import {
  type CollectDependenciesContext,
  collectDependencyFindings,
} from '../../src/dependencies/collect-dependency-findings.ts';
import { nameVulnerabilities } from '../../src/dependencies/vulnerability-names.ts';
import { createSeverityRule } from '../../src/findings/severity.ts';
import { aProject, aResult, aVulnerability } from './a-project.ts';

function collect(results: ReturnType<typeof aResult>[], over: Partial<CollectDependenciesContext> = {}) {
  const severityOf = createSeverityRule([]);
  return collectDependencyFindings(results, {
    ...{ projects: [aProject()], aliases: [], scoreOf: () => null, epssOf: () => null, isKev: () => null },
    severityOf: (result, path) => severityOf({ result, cwe: result.cwe, path }),
    ...{ isIgnored: () => false, hasFile: () => false, book: null },
    ...over,
  });
}

describe('one vulnerability of one package', () => {
  test('is one finding, whatever the scanners call it, with every tool kept', () => {
    const ghsa = aVulnerability({ id: 'GHSA-35jh-r3h4-6jhm', aliases: ['CVE-2021-23337'] });
    const { findings, rows } = collect([aResult('Trivy'), aResult('Grype', { vulnerability: ghsa })]);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({
      ...{ kind: 'sca', ruleId: 'CVE-2021-23337', severity: 'high', message: 'Command injection in lodash' },
      dependency: { vulnerability: { id: 'CVE-2021-23337', aliases: ['GHSA-35jh-r3h4-6jhm'] } },
    });
    expect(finding?.tools.map(({ name }) => name)).toEqual(['Trivy', 'Grype']);
    expect(rows.map(({ disposition, findingId }) => [disposition, findingId])).toEqual([
      ['finding', finding?.id],
      ['duplicate', finding?.id],
    ]);
  });

  test('is joined by a third source that knows both names', () => {
    const cve = aVulnerability({ id: 'CVE-2021-23337' });
    const snyk = aVulnerability({ id: 'SNYK-JS-LODASH-1040724' });
    const apart = collect([
      aResult('Trivy', { vulnerability: cve }),
      aResult('Snyk', { vulnerability: snyk }),
    ]);
    expect(apart.findings).toHaveLength(2);
    const joined = collect(
      [aResult('Trivy', { vulnerability: cve }), aResult('Snyk', { vulnerability: snyk })],
      {
        aliases: [
          {
            names: ['snyk-js-lodash-1040724', 'CVE-2021-23337'],
            packages: [{ ecosystem: 'npm', name: 'lodash' }],
          },
        ],
      },
    );
    expect(joined.findings.map(({ ruleId }) => ruleId)).toEqual(['CVE-2021-23337']);
  });

  test('has the id that it had, whichever tool reports it, and another in another project', () => {
    const [one] = collect([aResult('Trivy')]).findings;
    const [same] = collect([aResult('Grype', { manifest: '/web/package-lock.json' })]).findings;
    const [elsewhere] = collect([aResult('Trivy')], {
      projects: [aProject({ folder: 'api', files: ['api/package-lock.json'] })],
    }).findings;
    expect(same?.id).toBe(one?.id);
    expect(elsewhere?.id).not.toBe(one?.id);
    expect(elsewhere?.fingerprints['assay/v1']).toBe(one?.fingerprints['assay/v1']);
  });

  test('at two versions is one finding that names both, the lower first', () => {
    const at = (version: string) => ({ ecosystem: 'npm', name: 'lodash', version, purl: null });
    const { findings } = collect(
      [aResult('Trivy', { package: at('4.17.15') }), aResult('Trivy', { package: at('4.9.0') })],
      { projects: [] },
    );
    expect(findings.map(({ dependency }) => dependency?.versions)).toEqual([['4.9.0', '4.17.15']]);
  });

  test('takes the highest rating of the newest CVSS, scored from its vector', () => {
    const ratings = [
      { vector: 'CVSS:3.1/AV:N', score: null, version: '3.1' },
      { vector: null, score: 9.9, version: '2.0' },
      { vector: null, score: 5.1, version: '3.1' },
    ];
    const { findings } = collect([aResult('Grype', { vulnerability: aVulnerability({ ratings }) })], {
      scoreOf: (vector) => (vector === 'CVSS:3.1/AV:N' ? 7.2 : null),
    });
    expect(findings[0]?.dependency?.vulnerability?.rating).toEqual({
      ...{ vector: 'CVSS:3.1/AV:N', score: 7.2, version: '3.1' },
    });
  });
});

describe('where it stands', () => {
  test('is the manifest line of what brings it in, with the lock file’s line beside it', () => {
    const [finding] = collect([aResult('Trivy')]).findings;
    expect(finding?.location).toMatchObject({ path: 'web/package.json', startLine: 7, resolved: true });
    expect(finding?.related.map(({ location }) => `${location.path}:${location.startLine}`)).toEqual([
      'web/package-lock.json:31',
    ]);
    expect(finding?.dependency).toMatchObject({
      ...{ direct: false, project: 'web', paths: [['shop-kit@2.0.0', 'lodash@4.17.15']] },
    });
  });

  test('is the file that the tool names when no project has the package', () => {
    const results = [aResult('Trivy', { manifest: './images/base.tar' })];
    const [known] = collect(results, {
      projects: [],
      hasFile: (path) => path === 'images/base.tar',
    }).findings;
    expect(known?.location).toMatchObject({ path: 'images/base.tar', resolved: true, wholeFile: true });
    const [unknown] = collect(results, { projects: [] }).findings;
    expect(unknown?.location).toMatchObject({
      resolved: false,
      why: 'the report names a file that is not in the repository, and no manifest or lock file of the repository has the package',
    });
  });

  test('can be ignored by the policy, and is accounted for', () => {
    const { findings, rows } = collect([aResult('Trivy')], { isIgnored: (path) => path.startsWith('web/') });
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([
      {
        disposition: 'not_a_finding',
        why: 'ignored by the configuration: `ignore` covers `web/package.json`',
      },
    ]);
  });
});

test('a licence that is not allowed is a finding of its own kind', () => {
  const licence = { expression: 'GPL-3.0-only', why: 'The policy denies `GPL-3.0-only`.' };
  const { findings } = collect([aResult('Assay licences', { vulnerability: null, licence })]);
  expect(findings).toMatchObject([{ kind: 'licence', dependency: { vulnerability: null, licence } }]);
});

test('names that are joined are joined in any order, and go by the best known', () => {
  const groups = [['GHSA-a', 'CVE-1'], ['PYSEC-1', 'ghsa-A'], ['GO-1'], ['RUSTSEC-1', 'GO-1']];
  fc.assert(
    fc.property(fc.shuffledSubarray(groups, { minLength: 4 }), (shuffled) => {
      const { nameOf } = nameVulnerabilities(shuffled.map((names) => ({ names, by: null })));
      for (const name of ['CVE-1', 'ghsa-a', 'PYSEC-1']) expect(nameOf([name]).id).toBe('CVE-1');
      expect(nameOf(['CVE-1']).aliases).toEqual(['GHSA-a', 'PYSEC-1']);
      expect(nameOf(['RUSTSEC-1'])).toEqual({ id: 'GO-1', aliases: ['RUSTSEC-1'] });
      expect(nameOf(['CVE-9'])).toEqual({ id: 'CVE-9', aliases: [] });
    }),
  );
});

describe('an alias that reports claim', () => {
  const ghsa = aVulnerability({ id: 'GHSA-35jh-r3h4-6jhm' });
  const claiming = aVulnerability({ id: 'GHSA-35jh-r3h4-6jhm', aliases: ['CVE-2020-0001'] });
  const said = (tool: string, input: number, vulnerability = claiming) => {
    const result = aResult(tool, { vulnerability });
    return { ...result, ref: { ...result.ref, input } };
  };
  const idsOf = (...results: ReturnType<typeof aResult>[]) =>
    collect(results)
      .findings.map(({ ruleId, tools }) => `${ruleId} ${tools.map(({ name }) => name).join(' ')}`)
      .sort();

  test('by one tool alone moves its own result and no other', () => {
    expect(idsOf(said('npm', 0, ghsa), said('Grype', 1))).toEqual([
      'CVE-2020-0001 Grype',
      'GHSA-35jh-r3h4-6jhm npm',
    ]);
  });

  test('counts for others when two tools say it in reports of their own, and not in one report', () => {
    expect(idsOf(said('npm', 0, ghsa), said('Grype', 1), said('Trivy', 2))).toEqual([
      'CVE-2020-0001 npm Grype Trivy',
    ]);
    for (const [tool, input] of [
      ['Trivy', 1],
      ['grype', 2],
    ] as const)
      expect(idsOf(said('npm', 0, ghsa), said('Grype', 1), said(tool, input))).toHaveLength(2);
  });

  test('is a name of the finding, and what is known under it clears it only when it is confirmed', () => {
    const alone = collect([said('Grype', 1)]);
    const [finding] = alone.findings as [Finding];
    expect(finding.dependency?.vulnerability).toMatchObject({
      ...{ id: 'CVE-2020-0001', aliases: ['GHSA-35jh-r3h4-6jhm'] },
    });
    expect(alone.isMeantBy(finding, ['CVE-2020-0001'])).toBe(false);
    expect(alone.isMeantBy(finding, ['ghsa-35JH-r3h4-6jhm'])).toBe(true);
    const both = collect([said('Grype', 1), said('Trivy', 2)]);
    expect(both.isMeantBy(both.findings[0] as Finding, ['CVE-2020-0001'])).toBe(true);
  });

  test('clears nothing that another tool says under the other name', () => {
    const cve = aVulnerability({ id: 'CVE-2020-0001' });
    const { findings, isMeantBy } = collect([said('Grype', 1), said('Trivy', 2, cve)]);
    expect(findings).toHaveLength(1);
    expect(isMeantBy(findings[0] as Finding, ['CVE-2020-0001'])).toBe(false);
    expect(isMeantBy(findings[0] as Finding, ['CVE-2020-0001', 'GHSA-35jh-r3h4-6jhm'])).toBe(true);
  });
});
