// A dependency scanner's SARIF says in words which package it is about; other results stay results about code.
import { describe, expect, test } from 'vitest';
import { toldDependency } from '../../../src/ingest/sarif/told-dependency.ts';

function told(tool: string, ruleId: string, message: string, uri: string | null) {
  const location =
    uri === null ? null : { uri, uriProblem: null, region: null, message: null, logicalNames: [] };
  const rule = { id: ruleId, name: null, shortDescription: 'A title', fullDescription: null, help: null };
  return toldDependency({
    ...{ tool: { name: tool, version: null }, message, location },
    rule: { ...rule, helpUri: null, tags: [], precision: null },
  });
}

const TRIVY =
  'Package: lodash\nInstalled Version: 4.17.15\nVulnerability CVE-2021-23337\nSeverity: HIGH\nFixed Version: 4.17.21, 5.0.0\nLink: [CVE-2021-23337](https://avd.aquasec.com/nvd/cve-2021-23337)';

describe('what a dependency scanner says of a package', () => {
  test.each([
    [
      'Trivy',
      'CVE-2021-23337',
      TRIVY,
      'web/package-lock.json',
      'npm',
      'lodash',
      '4.17.15',
      'pkg:npm/lodash@4.17.15',
    ],
    [
      ...['Grype', 'GHSA-35jh-r3h4-6jhm-lodash'],
      'A high vulnerability in npm package: lodash, version 4.17.15 was found at: /package-lock.json',
      ...['package-lock.json', 'npm', 'lodash', '4.17.15', 'pkg:npm/lodash@4.17.15'],
    ],
    [
      ...['Grype', 'CVE-2008-0732-kit'],
      'The path lib/kit-1.0.jar reports kit at version 1.0  which would result in a vulnerable (java-archive) package installed',
      ...['lib/kit-1.0.jar', 'Maven', 'kit', '1.0', null],
    ],
    [
      ...['osv-scanner', 'CVE-2021-23337'],
      "Package '@shop/kit@2.0.0' is vulnerable to 'CVE-2021-23337' (also known as 'GHSA-35jh-r3h4-6jhm').",
      ...['yarn.lock', 'npm', '@shop/kit', '2.0.0', 'pkg:npm/%40shop/kit@2.0.0'],
    ],
    [
      'Trivy',
      'CVE-2024-1',
      TRIVY.replace('CVE-2021', 'CVE-2024'),
      'registry/shop',
      null,
      'lodash',
      '4.17.15',
      null,
    ],
  ] as const)('%s %s is understood', (tool, id, message, uri, ecosystem, name, version, purl) => {
    if (id === 'CVE-2024-1') expect(told(tool, id, message, uri)).toBeNull();
    else expect(told(tool, id, message, uri)?.package).toEqual({ ecosystem, name, version, purl });
  });

  test('keeps fixed versions and other names', () => {
    expect(told('Trivy', 'CVE-2021-23337', TRIVY, 'package-lock.json')?.vulnerability).toMatchObject({
      ...{ id: 'CVE-2021-23337', fixedIn: ['4.17.21', '5.0.0'], title: 'A title' },
    });
    const message =
      "Package 'kit@1.0' is vulnerable to 'GO-2024-0001' (also known as 'CVE-2024-0002', 'GHSA-2222-3333-4444').";
    expect(told('osv-scanner', 'GO-2024-0001', message, 'go.mod')?.vulnerability?.aliases).toEqual([
      ...['CVE-2024-0002', 'GHSA-2222-3333-4444'],
    ]);
  });

  test.each([
    ['a rule about code', 'js/sql-injection', TRIVY],
    ['a misconfiguration', 'DS-0002', 'Package: lodash\nInstalled Version: 1'],
    ['a message in other words', 'CVE-2021-23337', 'This file brings a vulnerable lodash in.'],
    ['a package without a version', 'CVE-2021-23337', 'Package: lodash\nInstalled Version: \n'],
  ])('%s is none', (_, ruleId, message) => {
    expect(told('Trivy', ruleId, message, 'package-lock.json')).toBeNull();
  });

  test('is not slow on a hostile message', () => {
    const long = `Package '${'@'.repeat(200_000)}`;
    expect(told('osv-scanner', 'CVE-2021-23337', long, null)).toBeNull();
    expect(told('Grype', 'CVE-2021-23337', `The path ${' reports'.repeat(50_000)}`, null)).toBeNull();
  });
});
