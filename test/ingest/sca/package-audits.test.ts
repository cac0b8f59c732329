// What the audits of npm, yarn and pnpm say, and GitLab's reports on dependencies and containers; and what none of the readers falls for.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasesAmong } from '#ingest/sca/dependency-result.ts';
import { boundsOf } from '#ingest/sca/npm-audit-advisory.ts';
import { dependencyAt, listed, readFixture, readText, resultAt } from './read-report.ts';

describe('npm 6', () => {
  test('an advisory for each installed version, by its public name', async () => {
    const report = await readFixture('npm-6.json');
    expect(report).toMatchObject({ fault: null, runs: [{ tool: { name: 'npm audit' }, finished: true }] });
    expect(listed(report)).toEqual([
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@1.2.0', 'error', 7.5],
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@2.0.0', 'error', 7.5],
      ['npm:902', 'npm/old-growl@0.1.0', 'warning', null],
    ]);
    expect(dependencyAt(report, 0)).toMatchObject({
      scope: 'runtime',
      paths: [['desk-kit', 'tiny-merge'], ['tiny-merge']],
      vulnerability: {
        aliases: ['CVE-2024-2001'],
        fixedIn: ['1.2.4', '2.0.1'],
        affected: '<1.2.4 || >=2.0.0 <2.0.1',
      },
    });
    expect(resultAt(report, 0)).toMatchObject({ cwe: [915, 1321], rule: { help: 'Upgrade.' } });
    expect(dependencyAt(report, 1)).toMatchObject({ scope: 'dev', paths: [['build-kit', 'tiny-merge']] });
    expect(dependencyAt(report, 2).vulnerability).toMatchObject({ ratings: [], fixedIn: [] });
  });
});

describe('npm 7 and later', () => {
  test('advisories are results; what only depends on them is listed as such; what cannot be followed is not lost', async () => {
    const report = await readFixture('npm-7.json');
    expect(listed(report)).toEqual([
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@null', 'error', 5.3],
      ['GHSA-2222-bbbb-cccc', 'npm/tiny-merge@null', 'note', 5.3],
      ['not_a_finding', 'mid-kit', 'it depends on "tiny-merge", which is listed itself'],
      ['not_a_finding', 'other-kit', 'it depends on "tiny-merge", which is listed itself'],
      ['GHSA-3333-bbbb-cccc', 'npm/desk-kit@null', 'note', null],
      ['rejected', 'lost-kit', 'the vulnerability that it names is not there'],
    ]);
  });

  test('effects lead to what the project asks for itself, also where they go in circles', async () => {
    const report = await readFixture('npm-7.json');
    expect(dependencyAt(report, 0).paths).toEqual([
      ['other-kit', 'tiny-merge'],
      ['desk-kit', 'mid-kit', 'tiny-merge'],
    ]);
    expect(dependencyAt(report, 4).paths).toEqual([['desk-kit']]);
  });

  test('where it is mended: the end of the range, else the fix that npm offers for the package itself', async () => {
    const report = await readFixture('npm-7.json');
    expect([0, 1, 4].map((index) => dependencyAt(report, index).vulnerability?.fixedIn)).toEqual([
      ['1.2.4'],
      ['1.2.5'],
      ['4.0.0'],
    ]);
  });
});

describe('an audit that failed', () => {
  test.each([
    [
      'npm-error.json',
      'ENOLOCK: This command requires an existing lockfile.',
      'npm install --package-lock-only',
    ],
  ])('%s is refused with what it says and how to mend it', async (name, said, hint) => {
    const { fault, results, runs } = await readFixture(name);
    expect(fault).toMatchObject({ kind: 'unreadable' });
    expect(fault?.message).toContain(`npm audit failed and made no report; it says: ${JSON.stringify(said)}`);
    expect(fault?.message).toContain(hint);
    expect([results, runs]).toEqual([[], []]);
  });

  test.each([
    [
      '{"message":"405 Method Not Allowed","method":"POST","uri":"https://r.example/-/npm/v1/security","error":{"summary":"","detail":""}}',
      '"405 Method Not Allowed"',
      '--registry URL',
    ],
    [
      '{"error":{"code":"ENOAUDIT","summary":"not supported"}}',
      '"ENOAUDIT: not supported"',
      'Trivy, Grype or OSV-Scanner',
    ],
    [
      '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE","message":"responded with 500"}}',
      '"ERR_PNPM_AUDIT_BAD_RESPONSE: responded with 500"',
      '--registry URL',
    ],
    [
      '{"auditReportVersion":2,"error":{"code":"E","summary":"half"},"vulnerabilities":{}}',
      '"E: half"',
      'run the audit again',
    ],
  ])('%s', async (text, said, hint) => {
    const { fault } = await readText(text);
    expect(fault?.kind).toBe('unreadable');
    expect(fault?.message).toContain(said);
    expect(fault?.message).toContain(hint);
  });

  test.each([
    ['Grype', '{"descriptor":{"name":"grype"},"ignoredMatches":[]}'],
    ['OSV-Scanner', '{"experimental_config":{},"results":7}'],
    ['GitLab', '{"vulnerabilities":{},"version":"15.0.7","scan":{"type":"dependency_scanning"}}'],
  ])('%s without its list does not pass for a clean scan', async (tool, text) => {
    const { fault } = await readText(text);
    expect(fault?.message).toContain(`${tool} wrote no list of vulnerabilities`);
    expect(fault?.kind).toBe('unreadable');
  });

  test('yarn tells of it on a line of its own', async () => {
    const report = await readText('{"type":"error","data":"the registry did not answer"}\n');
    expect(report.runs).toMatchObject([{ finished: false, problems: ['the registry did not answer'] }]);
    const silent = await readText('{"type":"info","data":"No lockfile found."}\n');
    expect(silent.runs).toMatchObject([
      { finished: false, problems: ['the audit ended without its summary'] },
    ]);
  });
});

describe('yarn and pnpm', () => {
  test('Yarn 1 lists each path, with the version on it', async () => {
    const report = await readFixture('yarn-1.jsonl');
    expect(report).toMatchObject({ fault: null, runs: [{ tool: { name: 'yarn audit' }, finished: true }] });
    expect(listed(report)).toEqual([
      ['npm:901', 'npm/tiny-merge@1.2.0', 'error', null],
      ['npm:901', 'npm/tiny-merge@2.0.0', 'error', null],
    ]);
    expect(dependencyAt(report, 1)).toMatchObject({ paths: [['build-kit', 'tiny-merge']], scope: null });
  });

  test('Yarn 4 lists each package, and deprecations that are no vulnerabilities', async () => {
    const report = await readFixture('yarn-4.jsonl');
    expect(listed(report)).toEqual([
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@1.2.0', 'error', null],
      ['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@1.1.0', 'error', null],
      ['not_a_finding', 'old-growl (deprecation)', 'the package is deprecated: that is no vulnerability'],
    ]);
    expect(dependencyAt(report, 0)).toMatchObject({
      paths: [['tiny-merge']],
      vulnerability: { affected: '< 1.2.4', fixedIn: ['1.2.4'] },
    });
  });

  test('pnpm begins its paths with the project', async () => {
    const report = await readFixture('pnpm.json');
    expect(listed(report)).toEqual([['GHSA-aaaa-bbbb-cccc', 'npm/tiny-merge@1.2.0', 'error', 9.5]]);
    expect(resultAt(report, 0).cwe).toEqual([915, 1321]);
    expect(dependencyAt(report, 0)).toMatchObject({
      paths: [['desk-kit', 'tiny-merge'], ['tiny-merge']],
      scope: null,
    });
  });

  test('pnpm is told from npm by that where its report has the shape of npm 6', async () => {
    const advisory = {
      id: 1,
      module_name: 'a',
      severity: 'low',
      findings: [{ version: '1.0.0', paths: ['.>a'], dev: false }],
    };
    const report = await readText(JSON.stringify({ actions: [], advisories: { 1: advisory }, muted: [] }));
    expect(report.runs[0]?.tool.name).toBe('pnpm audit');
  });
});

describe('GitLab', () => {
  test('dependencies: package by location, by key or by what the file lists; failure of the scan', async () => {
    const report = await readFixture('gl-dependency-scanning-report.json');
    expect(report).toMatchObject({
      fault: null,
      kind: { id: 'gitlab-dependency-json' },
      runs: [{ tool: { name: 'Gemnasium', version: '5.2.0' }, finished: false }],
    });
    expect(report.runs[0]?.problems).toEqual([
      'the scan\'s status is "failure"',
      'a lock file could not be parsed',
    ]);
    expect(listed(report)).toEqual([
      ['CVE-2024-4001', 'Maven/org.example:codec@4.17.1', 'error', null],
      ['Gemnasium-7368f513', 'Go/gopkg.example/yaml.v2@v2.2.2', 'warning', null],
      ['rejected', 'Nothing named', 'it names no vulnerability or no package'],
    ]);
    expect(resultAt(report, 0)).toMatchObject({
      cwe: [674],
      rule: { helpUri: 'https://id.example/CVE-2024-4001' },
    });
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'api/pom.xml',
      paths: [['org.example/desk@1.0', 'org.example/glue@2.0', 'org.example:codec']],
      vulnerability: {
        aliases: ['GHSA-dddd-eeee-ffff'],
        fixedIn: ['4.17.21', '5.0.1'],
        ratings: [{ version: '3.1', score: null }],
      },
      decided: { status: 'under_investigation', statement: 'flagged-as-likely-false-positive: never called' },
    });
  });

  test('containers: the system names the ecosystem, the image the place', async () => {
    const report = await readFixture('gl-container-scanning-report.json');
    expect(listed(report)).toEqual([['CVE-2024-1001', 'Debian:12/libfoo1@2.4-1', 'error', 9.5]]);
    expect(dependencyAt(report, 0)).toMatchObject({
      manifest: 'registry.example/desk:1',
      vulnerability: { fixedIn: ['2.4-1+deb12u1'] },
    });
  });

  test('they are told from reports on code, whether empty or long', async () => {
    const kindOf = async (report: object): Promise<string> =>
      (await readText(JSON.stringify({ version: '15.0.7', ...report }))).kind.id;
    for (const type of ['dependency_scanning', 'container_scanning', 'cluster_image_scanning'])
      expect(await kindOf({ vulnerabilities: [], scan: { type } })).toBe('gitlab-dependency-json');
    const named = { package: { name: 'libfoo1' }, version: '2.4-1' };
    const description = 'long '.repeat(500);
    const long = Array.from({ length: 60 }, () => ({ description, location: { dependency: named } }));
    expect(await kindOf({ vulnerabilities: long, scan: { type: 'dependency_scanning' } })).toBe(
      'gitlab-dependency-json',
    );
    // GitLab's own conversion leaves an empty dependency in results on code.
    const location = { file: 'a.c', start_line: 1, dependency: { package: {} } };
    expect(await kindOf({ vulnerabilities: [{ category: 'sast', location }] })).toBe('gitlab-json');
  });
});

describe('names and ranges', () => {
  test('names of one vulnerability are its aliases; bulletins, and several CVEs, are not', () => {
    expect(aliasesAmong('GHSA-aaaa-bbbb-cccc', ['CVE-2024-1', 'CVE-2024-2001', 'DSA-1-1', null])).toEqual([
      'CVE-2024-2001',
    ]);
    expect(aliasesAmong('CVE-2024-2001', ['cve-2024-2001', 'GHSA-aaaa-bbbb-cccc'])).toEqual([
      'GHSA-aaaa-bbbb-cccc',
    ]);
    expect(aliasesAmong('RHSA-2024:1', ['CVE-2024-2001', 'CVE-2024-2002'])).toEqual([]);
  });

  test('bounds of a range', () => {
    expect(boundsOf('<0.2.1 || >=1.0.0 <1.2.3', '<')).toEqual(['0.2.1', '1.2.3']);
    expect(boundsOf('<= 2.6.8 || >= 3.0.0 <= 3.0.1', '<')).toEqual([]);
    expect(boundsOf('*', '>=')).toEqual([]);
  });
});

describe('no reader breaks', () => {
  const folder = fileURLToPath(new URL('../../../fixtures/dependencies/reports/', import.meta.url));
  const OURS = /^(?:trivy|grype|osv-scanner|govulncheck|npm-|yarn-|pnpm|gl-dependency|gl-container)/;
  const names = readdirSync(folder).filter((name) => OURS.test(name));

  /** Every value of a report in turn becomes something of another type. */
  test.each(names)('on %s with any value exchanged: results are read, rejected or refused', async (name) => {
    const text = readFileSync(folder + name, 'utf8');
    const values = [...text.matchAll(/(?<=: ?)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null|\[\]|\{\})/g)];
    expect(values.length).toBeGreaterThan(1);
    const swaps = [
      'null',
      '7',
      '"__proto__"',
      '[]',
      '{}',
      '[[{"id":1}]]',
      '{"__proto__":{"id":1},"constructor":[1]}',
    ];
    const property = fc.asyncProperty(
      fc.nat(values.length - 1),
      fc.constantFrom(...swaps),
      async (at, swap) => {
        const match = values[at];
        const from = match?.index ?? 0;
        const changed = text.slice(0, from) + swap + text.slice(from + (match?.[0].length ?? 0));
        const report = await readText(changed);
        // Anything that a reader throws by mistake would be told as "cannot be read".
        expect(report.fault?.message ?? '').not.toContain('cannot be read');
        for (const entry of report.results)
          if (entry.kind === 'result') expect(typeof entry.result.rule.id).toBe('string');
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
