// Bills of materials, advisories and decisions through the whole main job, over a real repository.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import {
  billOf,
  createDesk,
  type Desk,
  type Installed,
  osvRecord,
  packageJson,
  packageLock,
} from './dependency-shop.ts';

const ASKED = {
  dependencies: { 'kit-templates': '^4.17.0', 'kit-parser': '^1.2.0', 'kit-unused': '~2.0.0' },
  devDependencies: { 'kit-runner': '^3.0.0' },
};
const INSTALLED: Installed = {
  'kit-templates': { version: '4.17.15', needs: { 'kit-deep': '^1.0.0' } },
  'kit-parser': { version: '1.2.0' },
  'kit-unused': { version: '2.0.4' },
  'kit-runner': { version: '3.1.0', dev: true },
  'kit-deep': { version: '1.0.3' },
};
const RECORDS = [
  osvRecord('GHSA-2222-2222-2222', 'kit-templates', { fixed: '4.17.21', aliases: ['CVE-2026-1001'] }),
  osvRecord('GHSA-3333-3333-3333', 'kit-unused', { fixed: '2.0.9', aliases: ['CVE-2026-1002'] }),
  osvRecord('GHSA-4444-4444-4444', 'kit-runner', { fixed: '3.2.0', aliases: ['CVE-2026-1003'] }),
  osvRecord('GHSA-5555-5555-5555', 'kit-deep', { fixed: '1.0.9', aliases: ['CVE-2026-1004'] }),
  osvRecord('GHSA-6666-6666-6666', 'kit-parser', { fixed: '1.1.0', aliases: ['CVE-2026-1005'] }),
  osvRecord('GHSA-7777-7777-7777', 'kit-elsewhere', { aliases: ['CVE-2026-1006'] }),
];
const SERVER = `import { render } from 'kit-templates';
import parse from 'kit-parser';

export function page(request) {
  return render(parse(request.body));
}
`;

function shop(): Desk {
  const desk = createDesk({
    'package.json': packageJson(ASKED),
    'package-lock.json': packageLock(ASKED, INSTALLED),
    'src/server.js': SERVER,
  });
  desk.write('bom.cdx.json', billOf(INSTALLED));
  for (const [index, record] of RECORDS.entries()) desk.write(`osv/${index}.json`, JSON.stringify(record));
  return desk;
}

function documentOf({ document }: TriageOutcome): ResultDocument {
  if (document === null) throw new Error('there is no document');
  return document;
}

const by = (document: ResultDocument, id: string): FindingRecord | undefined =>
  document.findings.find(({ ruleId }) => ruleId === id);

const said = ({ verdict, dependency }: FindingRecord) =>
  `${verdict?.label} ${verdict?.reasons[0]?.code} ${dependency?.reachability?.level}`;

describe('a bill of materials with a folder of advisories', () => {
  let desk: Desk;
  let outcome: TriageOutcome;
  let document: ResultDocument;
  beforeAll(async () => {
    desk = shop();
    outcome = await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' });
    document = documentOf(outcome);
  });

  test('gives a finding for each vulnerability of an installed version, and none for others', () => {
    expect(document.findings.map(({ ruleId }) => ruleId).sort()).toEqual([
      ...['CVE-2026-1001', 'CVE-2026-1002', 'CVE-2026-1003', 'CVE-2026-1004'],
    ]);
    expect(document.accounting).toMatchObject({ in: 4, findings: 4, judged: 4 });
  });

  test('tells what is imported from what is not, with the manifest line', () => {
    const unused = by(document, 'CVE-2026-1002');
    expect(unused && said(unused)).toBe('false_positive FP.sca.not-imported not_imported');
    expect(unused?.location).toMatchObject({ path: 'package.json', startLine: 8, resolved: true });
    const used = by(document, 'CVE-2026-1001');
    expect(used && said(used)).toBe('needs_review REV.sca.symbols imported');
    expect(used?.verdict?.reasons[0]?.citations).toContainEqual({
      ...{
        path: 'src/server.js',
        startLine: 1,
        endLine: 1,
        quote: "import { render } from 'kit-templates';",
      },
    });
    const runner = by(document, 'CVE-2026-1003');
    expect(runner && said(runner)).toBe('needs_review REV.sca.dev-only dev_only');
  });

  test('says how a package of a package got here, and what leaves the vulnerability behind', () => {
    const deep = by(document, 'CVE-2026-1004');
    expect(deep?.dependency).toMatchObject({
      ...{ direct: false, paths: [['kit-templates@4.17.15', 'kit-deep@1.0.3']], versions: ['1.0.3'] },
      upgrade: { to: '1.0.9', breaking: false },
    });
    const used = by(document, 'CVE-2026-1001');
    expect(used?.dependency?.upgrade).toMatchObject({ kind: 'direct', from: '4.17.15', to: '4.17.21' });
    expect(used?.dependency?.vulnerability).toMatchObject({
      ...{ id: 'CVE-2026-1001', aliases: ['GHSA-2222-2222-2222'], rating: { score: 9.8, version: '3.1' } },
    });
    expect(used?.severity).toBe('critical');
  });

  test('tells the age of the advisories, and fails by the policy', () => {
    expect(document.notices).toContainEqual({
      ...{ code: 'advisories-used', text: 'The newest advisory of osv is of 2026-11-01.' },
    });
    expect(outcome.exitCode).toBe(1);
  });

  test('writes decisions that the next run reads back in', async () => {
    const vex = readFileSync(path.join(desk.folder, 'assay-out/openvex.json'), 'utf8');
    desk.write('decided.openvex.json', vex);
    const again = documentOf(
      await desk.run({ reports: ['bom.cdx.json', 'decided.openvex.json'], osv: 'osv', out: 'again' }),
    );
    const decisions = again.findings.map(({ ruleId, dependency }) => [
      ruleId,
      dependency?.decision?.statement.status,
    ]);
    expect(decisions).toHaveLength(4);
    expect(decisions.every(([, status]) => status !== undefined)).toBe(true);
    // What Assay said before clears nothing now: the code may have changed.
    expect(again.findings.some(({ dependency }) => dependency?.decision?.honoured === true)).toBe(false);
  });

  test('leaves the same bytes when it is run again', async () => {
    await desk.run({ reports: ['bom.cdx.json'], osv: 'osv', out: 'second' });
    for (const file of ['assay.json', 'assay.sarif', 'summary.md', 'openvex.json', 'bom.cdx.json']) {
      const read = (out: string) => readFileSync(path.join(desk.folder, out, file), 'utf8');
      expect(read('second'), file).toBe(read('assay-out'));
    }
  });
});

test('an upgrade does not run into what is published about a later version', async () => {
  const desk = shop();
  const later = { introduced: '4.17.20', fixed: '4.17.30', aliases: ['CVE-2026-1007'] };
  desk.write('osv/later.json', JSON.stringify(osvRecord('GHSA-8888-8888-8888', 'kit-templates', later)));
  const document = documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' }));
  expect(by(document, 'CVE-2026-1007')).toBeUndefined();
  expect(by(document, 'CVE-2026-1001')?.dependency?.upgrade).toMatchObject({
    ...{ to: '4.17.30', leaves: ['CVE-2026-1001'], remains: [] },
  });
});

describe('a scanner’s SARIF beside the bill', () => {
  const trivy = JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Trivy',
            rules: [{ id: 'CVE-2026-1001', properties: { 'security-severity': '9.8' } }],
          },
        },
        results: [
          {
            ruleId: 'CVE-2026-1001',
            message: {
              text: 'Package: kit-templates\nInstalled Version: 4.17.15\nVulnerability CVE-2026-1001\nSeverity: CRITICAL\nFixed Version: 4.17.21',
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'package-lock.json' },
                  region: { startLine: 1 },
                },
              },
            ],
          },
          {
            ruleId: 'DS-0002',
            level: 'error',
            message: { text: 'The image runs as root.' },
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'src/server.js' }, region: { startLine: 1 } } },
            ],
          },
        ],
      },
    ],
  });

  test('is one finding with it, and its results about code stay what they are', async () => {
    const desk = shop();
    desk.write('trivy.sarif', trivy);
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json', 'trivy.sarif'], osv: 'osv' }));
    expect(document.accounting).toMatchObject({ in: 6, findings: 5, duplicates: 1 });
    const merged = by(document, 'CVE-2026-1001');
    expect(merged?.tools.map(({ name }) => name).sort()).toEqual(['Trivy', 'osv']);
    expect(merged?.location).toMatchObject({ path: 'package.json', startLine: 6 });
    expect(by(document, 'DS-0002')?.kind).toBe('sast');
    const rows = document.results.map(({ input, run, index }) => [input, run, index]);
    expect(rows).toEqual(
      [...rows].sort(([a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0]) => a - d || b - e || c - f),
    );
  });
});

describe('against a base', () => {
  test('a change is blamed for the vulnerable package that it brings in, not for the others', async () => {
    const { 'kit-unused': _, ...before } = INSTALLED;
    const { 'kit-unused': __, ...askedBefore } = ASKED.dependencies;
    const desk = createDesk({
      'package.json': packageJson({ ...ASKED, dependencies: askedBefore }),
      'package-lock.json': packageLock({ ...ASKED, dependencies: askedBefore }, before),
      'src/server.js': SERVER,
    });
    const base = desk.repository.git('rev-parse', 'HEAD');
    desk.repository.write('package.json', packageJson(ASKED));
    desk.repository.write('package-lock.json', packageLock(ASKED, INSTALLED));
    desk.repository.write('src/server.js', `${SERVER}import 'kit-unused';\n`);
    desk.repository.commit('brings kit-unused in');
    desk.write('bom.cdx.json', billOf(INSTALLED));
    for (const [index, record] of RECORDS.entries()) desk.write(`osv/${index}.json`, JSON.stringify(record));
    const document = documentOf(
      await desk.run({ reports: ['bom.cdx.json'], osv: 'osv', base, head: 'HEAD' }),
    );
    const states = document.findings.map(
      ({ ruleId, scope, gate }) => `${ruleId} ${scope.state} ${gate.effect}`,
    );
    expect(states.sort()).toEqual([
      'CVE-2026-1001 changed out_of_scope',
      'CVE-2026-1002 new blocks',
      'CVE-2026-1003 changed out_of_scope',
      'CVE-2026-1004 changed out_of_scope',
    ]);
  });
});

describe('a feed that cannot be had', () => {
  test('never leaves the gate green: the run is unfinished, unless the policy ignores it', async () => {
    const desk = shop();
    const without = await desk.run({ reports: ['bom.cdx.json'] });
    expect(without.exitCode).toBe(3);
    expect(documentOf(without).decision.reasons[0]).toMatchObject({ code: 'advisories-missing' });
    desk.write('assay.yml', 'version: 1\ndependencies:\n  feed_down: ignore\n');
    const ignored = await desk.run({ reports: ['bom.cdx.json'], config: 'assay.yml' });
    expect(ignored.exitCode).toBe(0);
    expect(documentOf(ignored).notices.map(({ code }) => code)).toContain('advisories-missing');
  });
});

describe('decisions', () => {
  const decision = (status: string, extra: object = {}) =>
    JSON.stringify({
      ...{
        '@context': 'https://openvex.dev/ns/v0.2.0',
        '@id': 'https://example.org/vex/1',
        author: 'Shop security',
      },
      ...{ timestamp: '2026-10-01T00:00:00Z', version: 1 },
      statements: [
        {
          vulnerability: { name: 'CVE-2026-1001' },
          products: [{ '@id': 'pkg:npm/kit-templates@4.17.15' }],
          ...{ status, ...extra },
        },
      ],
    });
  const cleared = decision('not_affected', { justification: 'inline_mitigations_already_exist' });

  test('of a document from outside the repository are honoured and shown', async () => {
    const desk = shop();
    desk.write('decided.json', cleared);
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json', 'decided.json'], osv: 'osv' }));
    expect(by(document, 'CVE-2026-1001')).toMatchObject({
      gate: { effect: 'suppressed' },
      dependency: { decision: { honoured: true, statement: { author: 'Shop security' } } },
    });
  });

  test('that the change itself brings are shown and not honoured', async () => {
    const desk = shop();
    const base = desk.repository.git('rev-parse', 'HEAD');
    desk.repository.write('decided.json', cleared);
    desk.repository.write(
      'package-lock.json',
      packageLock(ASKED, { ...INSTALLED, 'kit-new': { version: '1.0.0' } }),
    );
    desk.repository.commit('decides on itself');
    const document = documentOf(
      await desk.run({
        reports: ['bom.cdx.json', path.join(desk.repository.root, 'decided.json')],
        ...{ osv: 'osv', base, head: 'HEAD', scope: 'all' },
      }),
    );
    expect(by(document, 'CVE-2026-1001')).toMatchObject({
      dependency: {
        decision: {
          honoured: false,
          why: 'the document lies in the repository and is not the one of the base: a change cannot decide on itself',
        },
      },
    });
    expect(by(document, 'CVE-2026-1001')?.gate.effect).not.toBe('suppressed');
  });
});

test('a secret in a bill of materials leaves in none of the files', async () => {
  const desk = shop();
  const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
  const bill = JSON.parse(billOf(INSTALLED)) as { components: object[] };
  bill.components.push({ type: 'library', 'bom-ref': 'kit-secret', name: `kit-${secret}`, version: '1.0.0' });
  desk.write('bom.cdx.json', JSON.stringify(bill));
  const { files } = await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' });
  for (const file of files) {
    const text = readFileSync(path.join(desk.folder, file), 'utf8');
    expect(text.includes(secret), file).toBe(false);
  }
  expect(readFileSync(path.join(desk.folder, 'assay-out/bom.cdx.json'), 'utf8')).toContain('redacted');
});

describe('the gate', () => {
  test('asks for what is exploited, likely or mended', async () => {
    const desk = shop();
    desk.write(
      'epss.csv',
      '#model_version:v2025.03.14,score_date:2026-11-19T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1002,0.91,0.99\n',
    );
    desk.write(
      'kev.json',
      JSON.stringify({ dateReleased: '2026-11-18T00:00:00Z', vulnerabilities: [{ cveID: 'CVE-2026-1004' }] }),
    );
    desk.write(
      'assay.yml',
      'version: 1\ngate:\n  rules:\n    - name: exploited\n      kev: true\n    - name: likely\n      epss_above: 0.5\n      verdict: [true_positive, needs_review, false_positive]\n',
    );
    const document = documentOf(
      await desk.run({
        reports: ['bom.cdx.json'],
        osv: 'osv',
        epss: 'epss.csv',
        kev: 'kev.json',
        config: 'assay.yml',
      }),
    );
    const blocked = document.findings
      .filter(({ gate }) => gate.effect === 'blocks')
      .map(({ ruleId }) => ruleId);
    expect(blocked.sort()).toEqual(['CVE-2026-1002', 'CVE-2026-1004']);
    expect(by(document, 'CVE-2026-1004')?.dependency?.vulnerability?.kev).toBe(true);
  });

  test('asks for licences that the policy does not allow', async () => {
    const desk = shop();
    desk.write('bom.cdx.json', billOf(INSTALLED, { 'kit-parser': 'AGPL-3.0-only' }));
    desk.write(
      'assay.yml',
      'version: 1\ndependencies:\n  licences:\n    deny: [AGPL-*]\ngate:\n  rules:\n    - name: licences\n      kind: [licence]\n',
    );
    const document = documentOf(
      await desk.run({ reports: ['bom.cdx.json'], osv: 'osv', config: 'assay.yml' }),
    );
    const [licence] = document.findings.filter(({ kind }) => kind === 'licence');
    expect(licence).toMatchObject({
      dependency: { package: { name: 'kit-parser' } },
      gate: { effect: 'blocks' },
    });
  });
});
