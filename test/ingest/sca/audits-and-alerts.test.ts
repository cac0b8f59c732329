// What pip-audit, cargo audit, composer audit, retire.js, Snyk, Dependency-Check and GitHub say of dependencies.
import { describe, expect, test } from 'vitest';
import { dependencyAt, listed, readFixture, readText, resultAt } from './read-report.ts';

describe('pip-audit', () => {
  test('a result for each vulnerability of a package; a package that was skipped is told, and why', async () => {
    const report = await readFixture('pip-audit.json');
    expect(report).toMatchObject({ fault: null, runs: [{ tool: { name: 'pip-audit' }, finished: true }] });
    expect(listed(report)).toEqual([
      ['PYSEC-2024-9001', 'PyPI/tiny-web-kit@3.6.2', 'warning', null],
      ['GHSA-2222-bbbb-cccc', 'PyPI/tiny-web-kit@3.6.2', 'warning', null],
      [
        'not_a_finding',
        null,
        'the scanner could not look at the package "our-own-lib": "Dependency not found on PyPI and could not be audited: our-own-lib (0.1)"',
      ],
    ]);
    expect(report.notices).toEqual(['the scanner could not look at a package']);
    expect(dependencyAt(report, 0).vulnerability).toMatchObject({
      aliases: ['CVE-2024-2001', 'GHSA-aaaa-bbbb-cccc'],
      fixedIn: ['3.7.4'],
    });
  });

  test('the bare list of old versions says the same', async () => {
    const old = '[{"name":"tiny-web","version":"1","vulns":[{"id":"PYSEC-1","fix_versions":["2"]}]}]';
    expect(listed(await readText(old))).toEqual([['PYSEC-1', 'PyPI/tiny-web@1', 'warning', null]]);
  });
});

describe('cargo audit', () => {
  test('vulnerabilities and unsound code are results; what is only old or taken back is none', async () => {
    expect(listed(await readFixture('cargo-audit.json'))).toEqual([
      ['RUSTSEC-2024-9001', 'crates.io/tiny-swap@0.4.7', 'warning', null],
      ['RUSTSEC-2024-9002', 'crates.io/desk-http@0.13.9', 'warning', null],
      [
        'not_a_finding',
        'RUSTSEC-2024-9003',
        'nobody maintains the package any more: that is no vulnerability',
      ],
      ['RUSTSEC-2024-9004', 'crates.io/raw-kit@1.0.0', 'note', null],
      ['not_a_finding', null, 'its publisher took the version back: that is no vulnerability'],
    ]);
  });

  test('functions, patched versions and the rating are kept', async () => {
    const report = await readFixture('cargo-audit.json');
    expect(dependencyAt(report, 0).vulnerability).toMatchObject({
      aliases: ['CVE-2024-2001', 'GHSA-aaaa-bbbb-cccc'],
      fixedIn: ['1.1.0', '0.4.8'],
      ratings: [{ vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: null, version: '3.1' }],
      symbols: [{ path: null, names: ['tiny_swap::access::Guard::deref', 'tiny_swap::load'] }],
      url: 'https://example.org/tiny-swap/45',
    });
    expect(dependencyAt(report, 1).vulnerability).toMatchObject({
      fixedIn: ['0.13.10', '0.14.3'],
      symbols: [],
    });
  });
});

describe('composer audit', () => {
  test('advisories by their public names; ignored and abandoned ones are told', async () => {
    const report = await readFixture('composer.json');
    expect(listed(report)).toEqual([
      ['CVE-2024-2001', 'Packagist/desk/kit@null', 'error', null],
      ['PKSA-dddd-eeee-ffff', 'Packagist/desk/mail@null', 'warning', null],
      ['rejected', 'desk/mail', 'it names no vulnerability or no package'],
      ['not_a_finding', 'CVE-2024-2009', 'the scanner was told to leave it out'],
      ['not_a_finding', null, 'the package "desk/old" is abandoned: that is no vulnerability'],
      ['not_a_finding', null, 'the package "desk/older" is abandoned: that is no vulnerability'],
    ]);
    expect(dependencyAt(report, 0).vulnerability).toMatchObject({
      aliases: ['GHSA-aaaa-bbbb-cccc', 'PKSA-aaaa-bbbb-cccc'],
      affected: '>=1.0,<1.2.3|>=2.0,<2.0.1',
    });
  });

  test.each([
    ['nothing found', '{"advisories":[],"abandoned":[]}', []],
    [
      'one list of all',
      '{"advisories":[{"advisoryId":"PKSA-1","packageName":"a/b","cve":null}],"abandoned":{}}',
      [['PKSA-1', 'Packagist/a/b@null', 'warning', null]],
    ],
  ])('%s, as PHP writes it', async (_what, text, expected) => {
    const report = await readText(text);
    expect([report.fault, listed(report)]).toEqual([null, expected]);
  });
});

describe('retire.js', () => {
  test('libraries in files of the repository, by public names where there are any', async () => {
    const report = await readFixture('retire.json');
    expect(report.runs).toMatchObject([{ tool: { name: 'retire.js', version: '5.2.4' } }]);
    expect(listed(report)).toEqual([
      ['CVE-2024-2001', 'npm/tinyquery@1.11.2', 'warning', null],
      ['retire.js:tiny-query:quoteless-attributes-in-templates', 'npm/tinyquery@1.11.2', 'note', null],
      ['retire.js:tiny-query:11290', 'npm/tinyquery@1.11.2', 'error', null],
    ]);
    expect(resultAt(report, 0).cwe).toEqual([79]);
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'public/vendor/tiny-query-1.11.2.min.js',
      vulnerability: {
        aliases: ['GHSA-aaaa-bbbb-cccc'],
        affected: '>=1.4.0 <1.12.0',
        fixedIn: ['1.12.0'],
        title: 'Scripts of others may run',
        url: 'https://example.org/2432',
      },
    });
  });

  test('files that it could not read leave the scan unfinished', async () => {
    const report = await readText('{"version":"5","start":"x","data":[],"errors":["cannot read a.js"]}');
    expect(report.runs).toMatchObject([{ finished: false, problems: ['cannot read a.js'] }]);
  });
});

describe('Snyk', () => {
  test('vulnerabilities are results; licences and what its policy ignores are told', async () => {
    const report = await readFixture('snyk.json');
    expect(listed(report)).toEqual([
      ['SNYK-JS-TINYMERGE-1', 'npm/tiny-merge@1.2.0', 'error', 9.8],
      ['SNYK-JAVA-ORGDESK-2', 'Maven/org.desk:kit@3.1', 'note', null],
      [
        'not_a_finding',
        'snyk:lic:npm:sharp-kit:GPL-3.0',
        'it is about a licence: those are judged by the policy, from a bill of materials',
      ],
      ['not_a_finding', 'SNYK-JS-OLD-3', 'the scanner was told to leave it out'],
    ]);
    expect(resultAt(report, 0)).toMatchObject({ cwe: [1321], rule: { help: 'Upgrade to desk-kit@1.1.0.' } });
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'package-lock.json',
      paths: [['desk-kit@1.0.0', 'tiny-merge@1.2.0']],
      vulnerability: {
        aliases: ['CVE-2024-2001', 'GHSA-aaaa-bbbb-cccc'],
        affected: '<1.2.4 || >=2.0.0 <2.0.1',
        fixedIn: ['1.2.4'],
        epss: 0.01234,
        symbols: [],
      },
    });
    expect(resultAt(report, 1).rule.help).toBe('Snyk has a patch.');
  });

  test('of several projects each has its own manifest, and one that could not be scanned leaves the run unfinished', async () => {
    const issue =
      '{"id":"SNYK-1","packageName":"tiny","version":"1","semver":{"vulnerable":"<2"},"from":["a","tiny@1"]}';
    const report = await readText(
      `[{"vulnerabilities":[${issue}],"packageManager":"pip","displayTargetFile":"a/requirements.txt"},
        {"vulnerabilities":[${issue}],"packageManager":"deb:12","targetFile":"Dockerfile"},
        {"ok":false,"error":"no lock file","path":"/w"}]`,
    );
    expect(listed(report).map(([, what]) => what)).toEqual(['PyPI/tiny@1', 'null/tiny@1']);
    expect(dependencyAt(report, 0)).toMatchObject({ manifest: 'a/requirements.txt', paths: [['tiny@1']] });
    expect(report.runs).toMatchObject([{ finished: false, problems: ['no lock file'] }]);
  });
});

test('Snyk of a container: packages of its system, and of the applications in it', async () => {
  const issue = (manager: string, name: string): string =>
    `{"id":"SNYK-${name}","packageManager":"${manager}","packageName":"${name}","version":"1","semver":{"vulnerable":["<2"]}}`;
  const report = await readText(
    `{"vulnerabilities":[${issue('debian:12', 'zlib')}],"packageManager":"deb",
      "applications":[{"vulnerabilities":[${issue('npm', 'tiny')}],"packageManager":"npm","targetFile":"/app/package.json"}]}`,
  );
  expect(listed(report).map(([, what]) => what)).toEqual(['Debian:12/zlib@1', 'npm/tiny@1']);
  expect(dependencyAt(report, 1).manifest).toBe('/app/package.json');
});

describe('OWASP Dependency-Check', () => {
  test('XML: names as databases have them, decisions of the suppression file kept, evidence left out', async () => {
    const report = await readFixture('dependency-check.xml');
    expect(report.runs).toMatchObject([{ tool: { name: 'OWASP Dependency-Check', version: '9.0.1' } }]);
    expect(listed(report)).toEqual([
      ['CVE-2024-2001', 'Maven/org.desk:kit@2.12.4', 'note', 3.7],
      ['CVE-2024-2002', 'Maven/org.desk:kit@2.12.4', 'error', 9.8],
      ['npm:1500', 'npm/tiny-args@5.0.0', 'note', null],
      ['OSSINDEX:CWE-400: Uncontrolled Resource Consumption', 'npm/tiny-args@5.0.0', 'error', 8.7],
    ]);
    expect(resultAt(report, 0).cwe).toEqual([295]);
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: '/build/desk/lib/kit-2.12.4.jar',
      decided: null,
      vulnerability: { affected: '>=2.0 <2.13.2', fixedIn: ['2.13.2'], url: 'https://example.org/a' },
    });
    expect(dependencyAt(report, 1).decided).toMatchObject({
      status: 'not_affected',
      justification: null,
      statement: 'It is about another kit.',
    });
    expect(dependencyAt(report, 2).manifest).toBe('/build/desk/package-lock.json');
  });

  test('JSON says the same, and an analyzer that failed leaves the scan unfinished', async () => {
    const [json, xml] = [
      await readFixture('dependency-check.json'),
      await readFixture('dependency-check.xml'),
    ];
    expect(listed(json)).toEqual(listed(xml).slice(0, 2));
    expect(dependencyAt(json, 0)).toEqual(dependencyAt(xml, 0));
    expect(dependencyAt(json, 1)).toEqual(dependencyAt(xml, 1));
    expect(json.runs).toMatchObject([{ finished: false, problems: ['the npm audit could not be asked'] }]);
  });

  test('schema 1 names packages by coordinates and has one score', async () => {
    expect(listed(await readFixture('dependency-check-1.xml'))).toEqual([
      ['CVE-2024-2003', 'Maven/desk:serial@2.7.1', 'error', 7.5],
      ['rejected', null, 'it names no vulnerability or no package'],
    ]);
  });
});

describe('GitHub', () => {
  test('alerts of Dependabot: open ones, and what people decided of others', async () => {
    const report = await readFixture('dependabot.json');
    expect(listed(report)).toEqual([
      ['CVE-2024-2001', 'PyPI/tiny-web@null', 'error', 7.5],
      ['GHSA-2222-bbbb-cccc', 'npm/tiny-merge@null', 'error', 9.5],
      ['GHSA-3333-bbbb-cccc', 'npm/tiny-merge@null', 'error', 9.5],
      ['not_a_finding', 'GHSA-4444-bbbb-cccc', 'the alert is closed: its package is not affected any more'],
      ['not_a_finding', 'GHSA-5555-bbbb-cccc', 'the scanner was told to leave it out'],
    ]);
    expect(resultAt(report, 0).cwe).toEqual([601]);
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'api/requirements.txt',
      scope: 'runtime',
      decided: null,
      vulnerability: {
        aliases: ['GHSA-aaaa-bbbb-cccc'],
        affected: '>= 2.0.0, < 2.0.2',
        fixedIn: ['2.0.2'],
        epss: 0.02,
        ratings: [{ score: 7.5, version: '3.1' }],
      },
    });
    expect([1, 2].map((index) => dependencyAt(report, index).decided)).toMatchObject([
      {
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        statement: 'not_used: Only in a script.',
        author: 'maria',
      },
      { status: 'affected', justification: null, statement: 'tolerable_risk' },
    ]);
    expect(dependencyAt(report, 1).scope).toBe('dev');
  });

  test('the answer to a GraphQL query, and that it is one page of several', async () => {
    const report = await readFixture('dependabot-graphql.json');
    expect(listed(report)).toEqual([['CVE-2024-2001', 'Maven/org.desk:web@5.3.29', 'error', 9.8]]);
    expect(resultAt(report, 0).cwe).toEqual([502]);
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'app/pom.xml',
      decided: { status: 'not_affected', justification: null, author: 'li' },
    });
    expect(report.runs).toMatchObject([
      { finished: false, problems: ['the file holds one page of several'] },
    ]);
  });

  test('dependency review: what a change adds; a requirement is no version', async () => {
    const report = await readFixture('dependency-review.json');
    expect(listed(report)).toEqual([
      ['not_a_finding', 'GHSA-aaaa-bbbb-cccc', 'the change takes the package away'],
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@1.2.0', 'error', null],
      ['GHSA-2222-bbbb-cccc', 'npm/tiny-merge@1.2.0', 'warning', null],
      ['GHSA-3333-bbbb-cccc', 'PyPI/tiny-web@null', 'error', null],
    ]);
    expect(dependencyAt(report, 1)).toMatchObject({ manifest: 'package-lock.json', scope: 'dev' });
  });
});

test.each([
  ['pip-audit', '{"dependencies":null,"fixes":[]}', 'json'],
  ['cargo audit', '{"database":{"advisory-count":1},"vulnerabilities":{"found":false}}', null],
  ['retire.js', '{"version":"5","start":"x","data":null}', null],
  ['Snyk', '{"packageManager":"npm","vulnerabilities":null}', null],
  ['Dependabot', '{"data":{"repository":{"vulnerabilityAlerts":null}}}', null],
  ['Dependency-Check', '{"reportSchema":"1.1","scanInfo":{}}', null],
  ['Dependency-Check', '<analysis xmlns="x/dependency-check.2.5.xsd"><scanInfo/></analysis>', null],
])('%s without its list is no clean scan: %s', async (_tool, text, kind) => {
  const report = await readText(text);
  expect(report.fault).not.toBeNull();
  if (kind === null) expect(report.fault?.message).toContain('wrote no list of results');
  else expect(report.kind.id).toBe(kind);
});
