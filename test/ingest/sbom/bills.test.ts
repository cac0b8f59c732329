// What the bills of materials of fixtures/dependencies/bills say, in every way of writing them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { IngestedReport } from '#domain/report.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';

const BILLS = fileURLToPath(new URL('../../../fixtures/dependencies/bills/', import.meta.url));

function readText(text: string | Uint8Array): Promise<IngestedReport> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  return ingestReport({ name: 'bill', bytes: once() }, 0, DEFAULT_LIMITS);
}

const readBill = (name: string): Promise<IngestedReport> => readText(readFileSync(BILLS + name));

/** Components in few words: package, kind, licences, scope, what they depend on. */
function shown({ inventory }: IngestedReport): readonly (readonly unknown[])[] {
  return (inventory?.components ?? []).map(
    ({ ref, ecosystem, name, version, kind, licences, scope, dependsOn }) => [
      ref,
      `${ecosystem}/${name}@${version}`,
      kind,
      licences,
      scope,
      dependsOn,
    ],
  );
}

function results({ results: all }: IngestedReport): readonly (readonly unknown[])[] {
  return all.map((entry) => {
    if (entry.kind !== 'result') return [entry.ruleId, entry.kind, entry.why];
    const { rule, level, dependency } = entry.result;
    return [rule.id, level, dependency?.package.name, dependency?.decided?.status ?? null];
  });
}

describe('a bill of materials that npm wrote', () => {
  const expected = ['lru-cache', 'minimist', 'mkdirp', 'semver', 'yallist'];

  test('as CycloneDX: what is installed, why, and what is for development', async () => {
    const report = await readBill('orders-desk.cdx.json');
    expect(report).toMatchObject({
      fault: null,
      notices: [],
      runs: [],
      results: [],
      kind: { id: 'cyclonedx-json', supported: true },
    });
    expect(report.inventory).toMatchObject({
      root: 'orders-desk@2.3.0',
      direct: ['minimist@1.2.5', 'mkdirp@0.5.5', 'semver@7.5.1'],
      hasGraph: true,
      listsVulnerabilities: false,
    });
    expect(report.inventory?.components.map(({ name, scope }) => [name, scope])).toEqual(
      expected.map((name) => [name, ['minimist', 'mkdirp'].includes(name) ? 'runtime' : 'dev']),
    );
    expect(shown(report)[2]).toEqual([
      'mkdirp@0.5.5',
      'npm/mkdirp@0.5.5',
      'library',
      ['MIT'],
      'runtime',
      ['minimist@1.2.5'],
    ]);
  });

  test('as SPDX: the same packages and the same graph', async () => {
    const [spdx, cyclonedx] = await Promise.all(
      ['orders-desk.spdx.json', 'orders-desk.cdx.json'].map(readBill),
    );
    const graph = (report: IngestedReport | undefined): unknown => {
      const named = new Map(report?.inventory?.components.map(({ ref, purl }) => [ref, purl]));
      const purls = (refs: readonly string[] = []): unknown => refs.map((ref) => named.get(ref));
      return [
        purls(report?.inventory?.direct),
        report?.inventory?.components.map(({ purl, licences, dependsOn }) => [
          purl,
          licences,
          purls(dependsOn),
        ]),
      ];
    };
    expect(graph(spdx)).toEqual(graph(cyclonedx));
    expect(spdx?.inventory?.components.map(({ scope }) => scope)).toEqual([null, null, null, 'dev', null]);
  });
});

describe('a CycloneDX document with vulnerabilities', () => {
  test('lists its components at any depth, each once, the root apart', async () => {
    const report = await readBill('vulnerabilities.cdx.json');
    expect([report.fault, report.inventory?.root, report.inventory?.direct]).toEqual([
      null,
      'root',
      ['pkg:npm/minimist@1.2.5', 'image'],
    ]);
    expect(shown(report)).toEqual([
      ['pkg:npm/minimist@1.2.5', 'npm/minimist@1.2.5', 'library', ['MIT', 'House licence'], 'optional', []],
      ['image', 'null/base@null', 'system', [], null, ['inner minimist']],
      ['os', 'null/debian@12', 'system', [], null, []],
      ['inner minimist', 'null/@orders/minimist@0.9.0', 'library', [], 'dev', []],
      ['component 1', 'null/prices@null', 'other', ['MIT OR Apache-2.0'], null, []],
    ]);
    expect(report.notices).toEqual([
      "a component's package URL is no valid one; only its name and version are kept",
      'a component stands twice under one reference; the first counts',
      'a component without a name was left out',
    ]);
  });

  test('has one result for each component that a vulnerability affects, however it is named', async () => {
    const report = await readBill('vulnerabilities.cdx.json');
    expect(report.runs).toMatchObject([
      { tool: { name: 'bill-maker', version: '4.1.0' }, results: 8, finished: true },
    ]);
    expect(results(report)).toEqual([
      ['CVE-2021-44906', 'error', 'minimist', null],
      ['CVE-2021-44906', 'error', '@orders/minimist', null],
      ['CVE-2026-0001', 'note', 'minimist', 'not_affected'],
      ['CVE-2026-0002', 'warning', 'mkdirp', 'not_affected'],
      ['CVE-2026-0003', 'not_a_finding', 'it is a decision on a component of another bill of materials'],
      ['CVE-2026-0004', 'rejected', 'it names a component that the bill of materials does not have'],
      ['CVE-2026-0005', 'warning', 'orders-desk', 'not_affected'],
      [null, 'rejected', 'the vulnerability has no id'],
    ]);
    const [first] = report.results;
    expect(first?.kind === 'result' ? first.result : null).toMatchObject({
      message: 'Prototype pollution in minimist.',
      securitySeverity: 9.8,
      cwe: [1321],
      rule: { help: 'Upgrade to 1.2.6.', helpUri: 'https://osv.dev/CVE-2021-44906' },
      dependency: {
        scope: 'optional',
        vulnerability: {
          aliases: ['GHSA-xvch-5gv4-984h'],
          // Whoever told of it, not the worst of all.
          severity: 'high',
          ratings: [
            { score: 9.8, version: '3.1' },
            { score: 7.5, version: '2.0' },
          ],
          affected: 'vers:npm/<1.2.6',
          fixedIn: ['1.2.6'],
          published: '2022-03-17T00:00:00Z',
        },
      },
    });
  });

  test('holds decisions, never stronger than they are written', async () => {
    const { statements } = await readBill('vulnerabilities.cdx.json');
    expect(
      statements?.map((one) => [
        one.vulnerability[0],
        one.packages[0]?.purl,
        one.justification,
        one.statement,
        one.timestamp,
      ]),
    ).toEqual([
      [
        'CVE-2026-0001',
        'pkg:npm/minimist@1.2.5',
        'vulnerable_code_not_in_execute_path',
        'Nothing calls it.',
        '2026-02-01T00:00:00Z',
      ],
      [
        'CVE-2026-0002',
        'pkg:npm/mkdirp@0.5.5',
        null,
        'requires_configuration; will_not_fix',
        '2026-03-02T09:00:00Z',
      ],
      ['CVE-2026-0005', null, null, 'false_positive', '2026-03-02T09:00:00Z'],
    ]);
  });

  test.each([
    ['not_affected', 'code_not_present', 'not_affected', 'vulnerable_code_not_present'],
    ['not_affected', 'code_not_reachable', 'not_affected', 'vulnerable_code_not_in_execute_path'],
    ['not_affected', 'requires_dependency', 'not_affected', null],
    ['not_affected', 'requires_environment', 'not_affected', null],
    ['not_affected', 'protected_by_compiler', 'not_affected', 'inline_mitigations_already_exist'],
    ['not_affected', 'protected_at_runtime', 'not_affected', 'inline_mitigations_already_exist'],
    ['not_affected', 'protected_at_perimeter', 'not_affected', 'inline_mitigations_already_exist'],
    ['not_affected', 'protected_by_mitigating_control', 'not_affected', 'inline_mitigations_already_exist'],
    ['resolved', undefined, 'fixed', null],
    ['resolved_with_pedigree', undefined, 'fixed', null],
    ['exploitable', 'code_not_reachable', 'affected', null],
    ['in_triage', undefined, 'under_investigation', null],
    ['false_positive', undefined, 'not_affected', null],
    ['fine', 'code_not_present', null, null],
  ])('%s with %s is %s with %s', async (state, justification, status, expected) => {
    const vulnerability = {
      id: 'CVE-1',
      analysis: { state, justification },
      affects: [{ ref: 'pkg:npm/a@1' }],
    };
    const { statements } = await readText(
      JSON.stringify({ bomFormat: 'CycloneDX', vulnerabilities: [vulnerability] }),
    );
    expect([statements?.[0]?.status ?? null, statements?.[0]?.justification ?? null]).toEqual([
      status,
      expected,
    ]);
  });

  test('says in XML what it says in JSON', async () => {
    const report = await readBill('vulnerabilities.cdx.xml');
    expect([report.fault, report.notices]).toEqual([null, []]);
    expect(shown(report)).toEqual([
      [
        'a',
        'Maven/org.example:lib-a@1.0',
        'library',
        ['MIT', 'House & garden', 'MIT OR Apache-2.0'],
        'runtime',
        ['b'],
      ],
      ['b', 'npm/lib-b@2.0', 'library', [], 'dev', []],
    ]);
    expect(results(report)).toEqual([['CVE-2026-0010', 'warning', 'lib-b', 'affected']]);
    const [first] = report.results;
    expect(first?.kind === 'result' ? first.result : null).toMatchObject({
      message: 'Text with <script> and <!DOCTYPE x>',
      cwe: [20, 79],
      dependency: {
        vulnerability: {
          aliases: ['GHSA-aaaa-bbbb-cccc'],
          affected: '2.0',
          ratings: [{ score: 5.3, version: '4.0' }],
        },
      },
    });
  });

  test('or, before 1.4, has them inside the component', async () => {
    const report = await readBill('extension.cdx.xml');
    expect(report.runs).toMatchObject([{ tool: { name: 'grype', version: '0.7.0' }, results: 1 }]);
    const [first] = report.results;
    expect(first?.kind === 'result' ? first.result : null).toMatchObject({
      rule: { id: 'CVE-2020-28493', help: 'Upgrade to 2.11.3.' },
      cwe: [400],
      dependency: {
        package: { ecosystem: 'PyPI', name: 'jinja2', version: '2.11.2' },
        vulnerability: { severity: 'medium', ratings: [{ score: 5.3, version: '3.1' }] },
      },
    });
  });

  test('an empty list says that somebody looked; none says that nobody did', async () => {
    const looked = await readText('{"bomFormat":"CycloneDX","vulnerabilities":[]}');
    const silent = await readText('{"bomFormat":"CycloneDX"}');
    expect([looked.inventory?.listsVulnerabilities, looked.runs.length]).toEqual([true, 1]);
    expect([silent.inventory?.listsVulnerabilities, silent.runs.length]).toEqual([false, 0]);
  });
});

describe('an SPDX document', () => {
  test('as tags and values', async () => {
    const report = await readBill('image.spdx');
    expect([report.fault, report.notices, report.inventory?.root]).toEqual([null, [], 'SPDXRef-image']);
    expect(report.inventory?.direct).toEqual(['SPDXRef-openssl', 'SPDXRef-test-kit']);
    expect(shown(report)).toEqual([
      ['SPDXRef-openssl', 'Alpine:v3.17/openssl@3.0.8-r0', 'library', ['Apache-2.0'], null, []],
      ['SPDXRef-test-kit', 'null/test-kit@null', 'library', ['MIT'], 'test', []],
    ]);
  });

  test('as a graph of SPDX 3, with vulnerabilities and decisions', async () => {
    const report = await readBill('graph.spdx3.json');
    expect(report.inventory).toMatchObject({
      root: 'https://orders.example/app',
      hasGraph: true,
      listsVulnerabilities: true,
    });
    expect(shown(report)).toEqual([
      ['https://orders.example/toml', 'Go/github.com/BurntSushi/toml@v0.3.0', 'library', ['MIT'], null, []],
      ['https://orders.example/kit', 'npm/kit@1.0.0', 'library', [], 'dev', []],
    ]);
    expect(results(report)).toEqual([
      ['CVE-2026-0020', 'error', 'github.com/BurntSushi/toml', 'not_affected'],
      ['CVE-2026-0020', 'rejected', 'it names a component that the bill of materials does not have'],
    ]);
    expect(report.statements).toMatchObject([
      {
        vulnerability: ['CVE-2026-0020', 'GO-2026-0001'],
        justification: 'vulnerable_code_not_in_execute_path',
        author: 'Orders Ltd',
        timestamp: '2026-03-02T09:00:00Z',
      },
    ]);
  });
});

describe('a hostile or broken bill', () => {
  const start = '{"bomFormat":"CycloneDX","components":[{"type":"library","name":"a","version":"1"},';

  test('that is cut short keeps what came before', async () => {
    const report = await readText(`${start}{"name":"b"`);
    expect(report.fault).toMatchObject({ kind: 'truncated', byteOffset: start.length + 11 });
    expect(report.fault?.message).toMatch(/What was read before it is kept\.$/);
    expect(report.inventory?.components.map(({ name }) => name)).toEqual(['a']);
  });

  test.each([
    ['nested too deep', `${start}${'{"components":['.repeat(40)}`, 'the JSON is nested too deeply'],
    ['a key twice', `${start}{"name":"b","name":"c"}]}`, 'the key "name" stands twice in one object'],
    [
      'XML with a DOCTYPE',
      '<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4">&b;</bom>',
      'there is a DOCTYPE or another declaration',
    ],
    [
      'XML cut short',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component>',
      'the file ends inside <component>',
    ],
    [
      'XML with another root inside',
      '<x><bom xmlns="http://cyclonedx.org/schema/bom/1.4"/></x>',
      'the root element is not `bom`',
    ],
  ])('%s is refused there', async (_what, text, message) => {
    const report = await readText(text);
    expect(report.fault?.message).toContain(message);
  });

  test('with an endless text or endless attributes is refused before it is parsed', async () => {
    const start = '<bom xmlns="http://cyclonedx.org/schema/bom/1.4"';
    const attributes = Array.from({ length: 1_001 }, (_, index) => ` a${index}="1"`).join('');
    const faults = await Promise.all(
      [`${start}>${`${'x'.repeat(1024)}<!-- -->`.repeat(3 * 1024)}</bom>`, `${start}${attributes}/>`].map(
        readText,
      ),
    );
    expect(faults.map(({ fault }) => fault?.message)).toEqual([
      expect.stringContaining('the text inside <bom> is larger than 2 MiB'),
      expect.stringContaining('there are more than 1000 attributes'),
    ]);
  });

  test('names keys of objects as names, and long texts are cut', async () => {
    const component = {
      name: '__proto__',
      version: 'constructor',
      type: 'toString',
      'bom-ref': '__proto__',
      licenses: [{ expression: 'x'.repeat(50_000) }],
    };
    const text = JSON.stringify({
      bomFormat: 'CycloneDX',
      components: [component],
      dependencies: [{ ref: '__proto__', dependsOn: ['__proto__'] }],
    });
    const report = await readText(text.replace('"type"', '"__proto__":{"purl":"pkg:npm/evil@1"},"type"'));
    expect(report.inventory?.components).toMatchObject([
      { ref: '__proto__', name: '__proto__', purl: null, kind: 'other', dependsOn: ['__proto__'] },
    ]);
    expect(report.inventory?.components[0]?.licences[0]?.length).toBe(1_000);
    expect(({} as Record<string, unknown>).purl).toBeUndefined();
  });

  test('of the wrong shapes all over says nothing, and nothing breaks', async () => {
    for (const odd of [null, 1, 'x', [], {}, [null, 1, 'x', [[]]]]) {
      const members = {
        components: odd,
        dependencies: odd,
        vulnerabilities: odd,
        metadata: odd,
        packages: odd,
        relationships: odd,
        documentDescribes: odd,
        '@graph': odd,
        statements: odd,
        product_tree: odd,
      };
      for (const sign of [
        { bomFormat: 'CycloneDX' },
        { spdxVersion: 'SPDX-2.3' },
        { '@context': 'https://spdx.org/rdf/3' },
        { '@context': 'https://openvex.dev/ns' },
        { document: { csaf_version: '2.0' } },
      ]) {
        const report = await readText(JSON.stringify({ ...sign, ...members }));
        expect([report.fault, report.results.filter(({ kind }) => kind === 'result')]).toEqual([null, []]);
      }
    }
  });
});
