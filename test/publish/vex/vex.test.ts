// What others read of the verdicts on vulnerable packages: OpenVEX and the enriched bill of materials, and that the next run reads the same.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Component, Inventory } from '#domain/package.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { VexStatement } from '#domain/vex.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';
import { renderCycloneDx } from '#publish/vex/render-cyclonedx.ts';
import { renderOpenVex } from '#publish/vex/render-openvex.ts';
import {
  aDependency,
  aDependencyFinding,
  aFindingAt,
  aLicenceFinding,
  anUpgrade,
  aReachReason,
  aVulnerability,
} from '../../doubles/dependency-finding.ts';
import { hostileText } from '../../doubles/hostile-text.ts';
import { aDocument, aFinding, aVerdict, inLanguage } from '../../doubles/result-document.ts';

const AT = '2026-11-20T09:00:00Z';
const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  iri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
  uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
  'iri-reference': /^[^\s<>"{}|\\^`]*$/,
  'idn-email': true,
} as const;
const json = (file: string): object => JSON.parse(readFileSync(file, 'utf8')) as object;

/** OpenVEX 0.2.0 as its specification words it; its own schema is asked as well, where it is at hand. */
const text = { type: 'string', minLength: 1 };
const structure = {
  type: 'object',
  additionalProperties: false,
  required: ['@context', '@id', 'author', 'timestamp', 'version', 'tooling', 'statements'],
  properties: {
    '@context': { const: 'https://openvex.dev/ns/v0.2.0' },
    '@id': { type: 'string', pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5' },
    ...{
      author: text,
      tooling: text,
      timestamp: { type: 'string', format: 'date-time' },
      version: { const: 1 },
    },
    statements: {
      type: 'array',
      uniqueItems: true,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['@id', 'vulnerability', 'products', 'status'],
        properties: {
          '@id': { type: 'string', format: 'iri' },
          timestamp: { type: 'string', format: 'date-time' },
          vulnerability: {
            type: 'object',
            required: ['name'],
            properties: { name: text, aliases: { type: 'array', uniqueItems: true, items: text } },
          },
          products: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['@id', 'subcomponents'],
              properties: {
                '@id': { type: 'string', format: 'iri' },
                subcomponents: {
                  type: 'array',
                  minItems: 1,
                  uniqueItems: true,
                  items: {
                    type: 'object',
                    required: ['@id'],
                    properties: { '@id': { type: 'string', format: 'iri', pattern: '^pkg:' } },
                  },
                },
              },
            },
          },
          ...{
            status: text,
            justification: text,
            impact_statement: text,
            action_statement: text,
            status_notes: text,
          },
        },
        anyOf: [
          { required: ['impact_statement'], properties: { status: { const: 'not_affected' } } },
          {
            required: ['action_statement'],
            not: { required: ['justification'] },
            properties: { status: { const: 'affected' } },
          },
          {
            required: ['status_notes'],
            not: { required: ['justification'] },
            properties: { status: { enum: ['fixed', 'under_investigation'] } },
          },
        ],
      },
    },
  },
};
const ownRules = new Ajv2020({ strict: false, formats }).compile(structure);
const official = path.join(process.env.ASSAY_SCHEMAS ?? '/nowhere', 'openvex-0.2.0.json');
const officialRules = existsSync(official)
  ? new Ajv2020({ strict: false, formats }).compile(json(official))
  : null;

const schemas = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);
const cycloneDxRules = new Ajv({ strict: false, formats })
  .addSchema(
    json(path.join(schemas, 'spdx.SNAPSHOT.schema.json')),
    'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json',
  )
  .addSchema(
    json(path.join(schemas, 'jsf-0.82.SNAPSHOT.schema.json')),
    'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json',
  )
  .compile(json(path.join(schemas, 'bom-1.6.SNAPSHOT.schema.json')));

interface OpenVex {
  readonly '@id': string;
  readonly statements: readonly Record<string, unknown>[];
}

function openVex(findings: readonly FindingRecord[], author = 'Orders Ltd'): OpenVex {
  const written = renderOpenVex(aDocument(findings), { at: AT, author });
  const document = JSON.parse(written) as OpenVex;
  expect([ownRules(document), ownRules.errors]).toEqual([true, null]);
  if (officialRules !== null && document.statements.length > 0)
    expect([officialRules(document), officialRules.errors]).toEqual([true, null]);
  return document;
}

function only(findings: FindingRecord): Record<string, unknown> {
  const { statements } = openVex([findings]);
  expect(statements).toHaveLength(1);
  return statements[0] ?? {};
}

// biome-ignore lint/suspicious/noExplicitAny: parts of a document are looked at by name.
function bill(findings: readonly FindingRecord[], ...inventories: readonly Inventory[]): any {
  const named = inventories.map((inventory, index) => ({ name: `bill-${index}.json`, inventory }));
  const document = JSON.parse(renderCycloneDx(aDocument(findings), named, { at: AT }));
  expect([cycloneDxRules(document), cycloneDxRules.errors]).toEqual([true, null]);
  return document;
}

async function readBack(name: string, content: string): Promise<readonly VexStatement[]> {
  const report = await ingestReport(
    { name, bytes: Readable.from([Buffer.from(content)]) },
    0,
    DEFAULT_LIMITS,
  );
  expect(report.fault).toBeNull();
  return report.statements ?? [];
}

function aComponent(over: Partial<Component> = {}): Component {
  return {
    ...{ ecosystem: 'npm', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' },
    ...{ ref: 'lodash', kind: 'library', licences: ['MIT'], scope: 'runtime', dependsOn: [] },
    ...over,
  };
}

function inventoryOf(components: readonly Component[], over: Partial<Inventory> = {}): Inventory {
  return { root: 'shop', direct: [], components, hasGraph: false, listsVulnerabilities: false, ...over };
}

const FALSE = 'false_positive';
const OPEN = 'needs_review';
const decided = (over: Partial<VexStatement> = {}, honoured = true) => ({
  statement: {
    ...{ vulnerability: ['CVE-2021-23337'], packages: [], status: 'not_affected' },
    justification: 'inline_mitigations_already_exist',
    ...{ statement: 'The proxy stops it.', author: 'Security team', timestamp: '2026-03-02T09:00:00Z' },
    ...over,
  } as VexStatement,
  ...{ source: 'decisions.json', honoured, why: 'from outside of the change' },
});

/** Every way a verdict can come about, by what is said of it. */
const TABLE: readonly (readonly [string, FindingRecord, string, string | null])[] = [
  ['called', aDependencyFinding(), 'affected', null],
  [
    'an affected version is not installed',
    aFindingAt('absent', [FALSE, 'FP.sca.absent']),
    'not_affected',
    'vulnerable_code_not_present',
  ],
  [
    'the package is not there',
    aFindingAt('absent', [FALSE, 'FP.sca.absent'], { dependency: { versions: [] } }),
    'not_affected',
    'component_not_present',
  ],
  [
    'the part is not imported',
    aFindingAt('part_not_imported', [FALSE, 'FP.sca.part-not-imported']),
    'not_affected',
    'vulnerable_code_not_in_execute_path',
  ],
  [
    'nothing calls it',
    aFindingAt('not_called', [FALSE, 'FP.sca.not-called']),
    'not_affected',
    'vulnerable_code_not_in_execute_path',
  ],
  [
    'not imported, which is the import level alone',
    aFindingAt('not_imported', [FALSE, 'FP.sca.not-imported']),
    'under_investigation',
    null,
  ],
  [
    'dismissed by policy as development',
    aFindingAt('dev_only', [FALSE, 'FP.policy']),
    'under_investigation',
    null,
  ],
  ['development only', aFindingAt('dev_only', [OPEN, 'REV.sca.dev-only']), 'under_investigation', null],
  ['imported', aFindingAt('imported', [OPEN, 'REV.sca.symbols']), 'under_investigation', null],
  ['not known', aFindingAt('unknown', [OPEN, 'REV.sca.unknown']), 'under_investigation', null],
  ['kept from dismissal', aFindingAt('not_called', [OPEN, 'REV.never-dismiss']), 'under_investigation', null],
  ['not judged', aDependencyFinding({ verdict: null }), 'under_investigation', null],
  [
    'a record that contradicts its reason',
    aFindingAt('called', [FALSE, 'FP.sca.not-called']),
    'under_investigation',
    null,
  ],
  [
    'a dismissal without lines',
    aFindingAt('not_called', [FALSE, 'FP.sca.not-called'], {
      finding: { verdict: aVerdict(FALSE, { ...aReachReason('FP.sca.not-called'), citations: [] }) },
    }),
    'under_investigation',
    null,
  ],
  [
    'a dismissal of a model',
    aFindingAt('not_called', [FALSE, 'FP.sca.not-called'], {
      finding: { verdict: { ...aVerdict(FALSE, aReachReason('FP.sca.not-called')), by: 'model' } },
    }),
    'under_investigation',
    null,
  ],
  [
    'a decision that was honoured',
    aDependencyFinding({ dependency: aDependency({ decision: decided() }) }),
    'not_affected',
    'inline_mitigations_already_exist',
  ],
  [
    'a decision that it is fixed',
    aDependencyFinding({
      dependency: aDependency({ decision: decided({ status: 'fixed', justification: null }) }),
    }),
    'fixed',
    null,
  ],
  [
    'a decision that does not count',
    aDependencyFinding({ dependency: aDependency({ decision: decided({}, false) }) }),
    'affected',
    null,
  ],
  [
    'what the same author said before',
    aDependencyFinding({ dependency: aDependency({ decision: decided({ author: 'Orders Ltd' }) }) }),
    'affected',
    null,
  ],
  [
    'what Assay said before',
    aDependencyFinding({ dependency: aDependency({ decision: decided({ author: 'Assay' }) }) }),
    'affected',
    null,
  ],
];

describe('what the verdict allows to be said', () => {
  test.each(TABLE)('%s', (_, finding, status, justification) => {
    const { status: said, justification: why = null } = only(finding);
    expect([said, why]).toEqual([status, justification]);
  });

  test('in CycloneDX in its words, and the same when there is no bill', () => {
    const states: Record<string, string> = {
      affected: 'exploitable',
      under_investigation: 'in_triage',
      fixed: 'resolved',
      not_affected: 'not_affected',
    };
    for (const [, finding, status, justification] of TABLE.filter(([name]) => !name.includes('author'))) {
      const { analysis, affects } = bill([finding]).vulnerabilities[0];
      expect(analysis.state).toBe(states[status]);
      expect(analysis.justification === undefined).toBe(justification === null);
      expect(analysis.detail).not.toBe('');
      expect(affects).toHaveLength(1);
    }
  });

  test('nothing is cleared in one project while another of the repository is open', () => {
    const cleared = aFindingAt('not_called', [FALSE, 'FP.sca.not-called'], {
      dependency: { project: 'web' },
    });
    const open = aDependencyFinding({ dependency: aDependency({ project: 'api' }) });
    const other = aFindingAt('not_called', [FALSE, 'FP.sca.not-called'], {
      dependency: { vulnerability: aVulnerability({ id: 'CVE-2020-8203', aliases: [] }), project: 'api' },
    });
    const said = openVex([cleared, open, other]).statements.map(({ status, products }) => [
      (products as { '@id': string }[])[0]?.['@id'],
      status,
    ]);
    expect(said).toEqual([
      ['urn:assay:project:api', 'not_affected'],
      ['urn:assay:project:api', 'affected'],
      ['urn:assay:project:web', 'under_investigation'],
    ]);
  });
});

describe('OpenVEX', () => {
  test('names vulnerability, project and package, and what to do', () => {
    const { '@id': id, ...statement } = only(aDependencyFinding({ id: 'c0ffee0000000001' }));
    expect(id).toMatch(/^urn:uuid:/);
    const purl = 'pkg:npm/lodash@4.17.20';
    expect(statement).toEqual({
      vulnerability: {
        name: 'CVE-2021-23337',
        aliases: ['GHSA-35jh-r3h4-6jhm'],
        description: 'Command injection in lodash',
      },
      products: [{ '@id': 'urn:assay:project:.', subcomponents: [{ '@id': purl, identifiers: { purl } }] }],
      status: 'affected',
      action_statement:
        'Raise `lodash` from `4.17.20` to `4.17.21`: callers do not break. Then: npm install lodash@4.17.21',
    });
  });

  test('passes a decision on with who took it and when', () => {
    expect(only(aDependencyFinding({ dependency: aDependency({ decision: decided() }) }))).toMatchObject({
      ...{ impact_statement: 'The proxy stops it.', timestamp: '2026-03-02T09:00:00Z' },
      status_notes: 'Decided by Security team, in decisions.json.',
    });
    const vague = decided({ statement: null, author: null, timestamp: 'last week' });
    const said = only(aDependencyFinding({ dependency: aDependency({ decision: vague }) }));
    expect(said).toMatchObject({
      impact_statement: 'The decision gives no reason.',
      status_notes: 'Decided by somebody who is not named, in decisions.json.',
    });
    expect(said).not.toHaveProperty('timestamp');
  });

  test('has the search of a dismissal as its impact statement', () => {
    expect(only(aFindingAt('not_called', [FALSE, 'FP.sca.not-called']))).toMatchObject({
      impact_statement: 'Searched 12 files under `src`: not_called.',
    });
  });

  test('speaks of each installed version, of packages without ecosystem, and of no licences or code', () => {
    const several = aDependency({ versions: ['4.17.19', '4.17.20'] });
    const debian = aDependency({
      package: {
        ecosystem: 'Debian:11',
        name: 'glibc',
        version: '2.31-13',
        purl: 'pkg:deb/debian/glibc@2.31-13?distro=debian-11',
      },
      versions: ['2.31-13', '1:2.31-14'],
    });
    const odd = aDependency({
      package: { ecosystem: null, name: '../my lib', version: null, purl: null },
      versions: [],
    });
    const purls = [several, debian, odd].map((dependency) => {
      const { products } = only(aDependencyFinding({ dependency }));
      return (products as { subcomponents: { '@id': string }[] }[]).flatMap(({ subcomponents }) =>
        subcomponents.map((part) => part['@id']),
      );
    });
    expect(purls).toEqual([
      ['pkg:npm/lodash@4.17.19', 'pkg:npm/lodash@4.17.20'],
      ['pkg:deb/debian/glibc@2.31-13?distro=debian-11', 'pkg:deb/debian/glibc@1:2.31-14?distro=debian-11'],
      ['pkg:generic/%2E%2E%2Fmy%20lib'],
    ]);
    expect(openVex([aFinding(), aLicenceFinding()]).statements).toEqual([]);
  });

  test('is the same bytes for the same findings in any order, and another document for others', () => {
    const findings = [
      aDependencyFinding({ id: '01' }),
      aFindingAt('unknown', [OPEN, 'REV.sca.unknown'], {
        finding: { id: '02' },
        dependency: { project: 'web' },
      }),
    ];
    const write = (some: readonly FindingRecord[]) => renderOpenVex(aDocument(some), { at: AT });
    expect(write(findings)).toBe(write(findings.toReversed()));
    expect(JSON.parse(write(findings))['@id']).not.toBe(JSON.parse(write(findings.slice(1)))['@id']);
    expect(() => renderOpenVex(aDocument([]), { at: 'today' })).toThrow(RangeError);
  });

  test('says its own words in Chinese', () => {
    const document = inLanguage(
      aDocument([aDependencyFinding({ dependency: aDependency({ upgrade: null }), remediation: null })]),
      'zh-CN',
    );
    expect(renderOpenVex(document, { at: AT })).toContain('没有已知不含此漏洞的版本');
  });
});

describe('the enriched bill of materials', () => {
  const inventory = inventoryOf(
    [
      aComponent({ dependsOn: ['left-pad', 'nowhere'] }),
      aComponent({
        ...{ ref: 'left-pad', name: 'left-pad', version: '1.3.0', purl: null },
        licences: ['MIT', 'Custom'],
        scope: 'dev',
      }),
      aComponent({
        ref: 'core',
        ecosystem: 'Maven',
        name: 'org.acme:core',
        version: '1',
        purl: 'pkg:maven/org.acme/core@1',
        licences: ['(MIT OR ISC)'],
      }),
    ],
    { direct: ['lodash'], hasGraph: true },
  );

  test('keeps the components and the graph, and adds what was found out', () => {
    const document = bill([aDependencyFinding({ id: 'c0ffee0000000001' })], inventory);
    expect(document.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(document.metadata).toMatchObject({
      timestamp: AT,
      component: { 'bom-ref': 'shop', name: 'bill-0.json' },
    });
    expect(document.components).toEqual([
      {
        'bom-ref': 'lodash',
        type: 'library',
        name: 'lodash',
        version: '4.17.20',
        scope: 'required',
        licenses: [{ expression: 'MIT' }],
        purl: 'pkg:npm/lodash@4.17.20',
      },
      {
        'bom-ref': 'left-pad',
        type: 'library',
        name: 'left-pad',
        version: '1.3.0',
        scope: 'excluded',
        licenses: [{ license: { name: 'MIT' } }, { license: { name: 'Custom' } }],
      },
      {
        'bom-ref': 'core',
        type: 'library',
        group: 'org.acme',
        name: 'core',
        version: '1',
        scope: 'required',
        licenses: [{ expression: '(MIT OR ISC)' }],
        purl: 'pkg:maven/org.acme/core@1',
      },
    ]);
    expect(document.dependencies).toEqual([
      { ref: 'shop', dependsOn: ['lodash'] },
      { ref: 'lodash', dependsOn: ['left-pad'] },
      { ref: 'left-pad' },
      { ref: 'core' },
    ]);
    expect(document.vulnerabilities).toEqual([
      {
        'bom-ref': 'assay:finding/c0ffee0000000001',
        id: 'CVE-2021-23337',
        source: { name: 'NVD', url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm' },
        references: [{ id: 'GHSA-35jh-r3h4-6jhm', source: { name: 'GitHub Advisories' } }],
        ratings: [
          {
            severity: 'high',
            method: 'CVSSv31',
            vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H',
            score: 7.2,
          },
          { source: { name: 'EPSS', url: 'https://www.first.org/epss' }, score: 0.0123, method: 'other' },
        ],
        cwes: [94],
        description: 'Command injection in lodash',
        recommendation: anUpgrade().text,
        advisories: [{ url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm' }],
        published: '2021-05-06T16:05:51Z',
        analysis: {
          state: 'exploitable',
          response: ['update'],
          detail: `${anUpgrade().text} Then: npm install lodash@4.17.21`,
        },
        affects: [
          {
            ref: 'lodash',
            versions: [
              { version: '4.17.20', status: 'affected' },
              { version: '4.17.21', status: 'unaffected' },
            ],
          },
        ],
        properties: [
          { name: 'assay:verdict', value: 'true_positive' },
          { name: 'assay:reachability', value: 'called' },
          { name: 'assay:priority', value: '61' },
          { name: 'assay:kev', value: 'false' },
          { name: 'assay:direct', value: 'true' },
          { name: 'assay:project', value: '' },
        ],
      },
    ]);
  });

  test('is one of several bills, each reference once', () => {
    const document = bill(
      [aDependencyFinding()],
      inventory,
      inventoryOf([aComponent({ version: '4.17.21' }), aComponent({ ref: '' })]),
    );
    const refs = document.components.map((component: { 'bom-ref': string }) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(document.vulnerabilities[0].affects.map(({ ref }: { ref: string }) => ref)).toEqual([
      'lodash',
      'ref:',
    ]);
    expect(document.metadata.component['bom-ref']).toBe('assay:project');
  });

  test('is the same bytes for the same input', () => {
    const write = () =>
      renderCycloneDx(aDocument([aDependencyFinding({ id: '1' })]), [{ name: 'a', inventory }], { at: AT });
    expect(write()).toBe(write());
  });
});

describe('read by the next run', () => {
  const findings = TABLE.map(([, finding], index) => ({
    ...finding,
    // Each is about a vulnerability of its own, so that none opens another.
    dependency: {
      ...finding.dependency,
      vulnerability: aVulnerability({
        id: `CVE-2030-${1000 + index}`,
        aliases: [`GHSA-2222-3333-${1000 + index}`],
      }),
    },
  })) as readonly FindingRecord[];
  const expected = (says: (row: (typeof TABLE)[number]) => string | null) =>
    TABLE.map((row, index) => [
      `CVE-2030-${1000 + index} GHSA-2222-3333-${1000 + index}`,
      row[1].dependency?.versions.length === 0 ? 'pkg:npm/lodash@4.17.20' : 'pkg:npm/lodash@4.17.20',
      row[2],
      says(row),
    ]);
  const shown = (statements: readonly VexStatement[]) =>
    statements
      .map(({ vulnerability, packages, status, justification }) => [
        vulnerability.join(' '),
        packages.map(({ purl }) => purl).join(' '),
        status,
        justification,
      ])
      .sort(([a], [b]) => String(a).localeCompare(String(b)));

  test('OpenVEX says the same of the same packages', async () => {
    const written = renderOpenVex(aDocument(findings), { at: AT, author: 'Orders Ltd' });
    const statements = await readBack('openvex.json', written);
    expect(shown(statements)).toEqual(expected(([, , , justification]) => justification));
    expect(new Set(statements.map(({ author }) => author))).toEqual(new Set(['Orders Ltd']));
    expect(statements.every(({ statement }) => statement !== null)).toBe(true);
  });

  test('so does the bill of materials, where CycloneDX has a word for it', async () => {
    const told = findings.filter((_, index) => TABLE[index]?.[0] !== 'what the same author said before');
    const written = renderCycloneDx(
      aDocument(told),
      [{ name: 'a', inventory: inventoryOf([aComponent()]) }],
      { at: AT },
    );
    // It has no word for a component that is not there.
    const wanted = expected(([, , , justification]) =>
      justification === 'component_not_present' ? 'vulnerable_code_not_present' : justification,
    );
    expect(shown(await readBack('bom.cdx.json', written))).toEqual(
      wanted.filter((_, index) => TABLE[index]?.[0] !== 'what the same author said before'),
    );
  });
});

test('whatever stands in names and texts, both are documents by their schemas', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 8, maxLength: 8 }), fc.boolean(), (texts, honoured) => {
      const [name = '', version = '', id = '', alias = '', title = '', url = '', folder = '', ref = ''] =
        texts;
      const finding = aFindingAt('not_called', [FALSE, 'FP.sca.not-called'], {
        dependency: {
          ...{
            package: { ecosystem: null, name, version, purl: null },
            versions: [version],
            project: folder,
          },
          vulnerability: aVulnerability({
            id: id || 'x',
            aliases: [alias || 'y'],
            title,
            url,
            published: title,
            fixedIn: [name],
          }),
          decision: decided({ statement: title, author: alias, timestamp: name }, honoured),
          upgrade: anUpgrade({ text: title, command: name }),
        },
      });
      openVex([finding, aDependencyFinding({ dependency: finding.dependency! })], alias || 'someone');
      bill(
        [finding],
        inventoryOf([aComponent({ ref, name: name || 'x', licences: [title, alias], purl: url, version })], {
          root: ref,
          direct: [ref],
        }),
      );
    }),
    { numRuns: 60 },
  );
});
