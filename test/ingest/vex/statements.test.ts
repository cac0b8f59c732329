// What the decisions of fixtures/dependencies/vex say.
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { IngestedReport } from '#domain/report.ts';
import { ingestReport } from '#ingest/ingest-report.ts';
import { DEFAULT_LIMITS } from '#ingest/limits.ts';

function read(name: string): Promise<IngestedReport> {
  const file = fileURLToPath(new URL(`../../../fixtures/dependencies/vex/${name}`, import.meta.url));
  return ingestReport({ name, bytes: createReadStream(file) }, 0, DEFAULT_LIMITS);
}

/** Vulnerability, packages, status, justification, text. */
function shown({ statements }: IngestedReport): readonly (readonly unknown[])[] {
  return (statements ?? []).map(({ vulnerability, packages, status, justification, statement }) => [
    vulnerability.join(' '),
    packages.map(({ purl, name, version }) => purl ?? `${name}@${version}`),
    status,
    justification,
    statement,
  ]);
}

describe('decisions', () => {
  test('of OpenVEX 0.2.0: a justification counts only where something is not affected', async () => {
    const report = await read('openvex.json');
    expect(report).toMatchObject({
      fault: null,
      runs: [],
      results: [],
      kind: { id: 'openvex', supported: true },
    });
    expect(shown(report)).toEqual([
      [
        'CVE-2021-44906 GHSA-xvch-5gv4-984h',
        ['pkg:npm/minimist@1.2.5', 'pkg:npm/mkdirp'],
        'not_affected',
        'vulnerable_code_not_in_execute_path',
        'Nothing calls it.',
      ],
      ['CVE-2026-0031', ['pkg:npm/semver@7.5.1'], 'affected', null, 'Upgrade.'],
      ['CVE-2026-0032', ['orders-desk@null'], 'fixed', null, null],
    ]);
    expect(report.statements?.map(({ author, timestamp }) => [author, timestamp])).toEqual([
      ['Orders Ltd', '2026-02-01T00:00:00Z'],
      ['Orders Ltd', '2026-03-02T09:00:00Z'],
      ['Orders Ltd', '2026-03-02T09:00:00Z'],
    ]);
    expect(report.notices).toEqual([
      'a statement is about parts of a product; it is taken for these parts in this repository',
      'a statement without vulnerability, product or known status was left out (2 times)',
    ]);
  });

  test('of OpenVEX 0.0.1, which writes names as texts', async () => {
    expect(shown(await read('openvex-0.0.1.json'))).toEqual([
      ['CVE-2021-44906', ['pkg:npm/minimist@1.2.5'], 'under_investigation', null, null],
      ['CVE-2023-0001', ['pkg:npm/mkdirp@0.5.5'], 'fixed', null, null],
    ]);
  });

  test('of CSAF: products by tree, by group, and as components of others', async () => {
    const report = await read('csaf.json');
    expect(report.fault).toBeNull();
    expect(shown(report)).toEqual([
      [
        'CVE-2021-44906 GHSA-xvch-5gv4-984h',
        ['pkg:npm/minimist@1.2.5'],
        'not_affected',
        'vulnerable_code_not_in_execute_path',
        'Arguments are fixed.',
      ],
      ['CVE-2021-44906 GHSA-xvch-5gv4-984h', ['orders-desk@2.4.0'], 'fixed', null, null],
      ['CVE-2026-0040', ['orders-desk@2.3.0'], 'affected', null, 'Upgrade to 2.4.0.'],
      ['CVE-2026-0040', ['orders-desk@2.4.0'], 'not_affected', 'component_not_present', 'Upgrade to 2.4.0.'],
    ]);
    expect(report.notices).toEqual([
      'a statement without vulnerability, product or known status was left out',
    ]);
  });

  test('a document without any has an empty list, not none', async () => {
    async function* once(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}');
    }
    const report = await ingestReport({ name: 'v', bytes: once() }, 0, DEFAULT_LIMITS);
    expect([report.fault, report.statements, report.inventory]).toEqual([null, [], undefined]);
  });
});
