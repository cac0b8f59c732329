import { expect, test } from 'vitest';
import { cweInText } from '#ingest/sarif/cwe.ts';
import { onlyResult } from '../../doubles/memory-report.ts';

async function cweOf(rule: object, result: object = {}, run: object = {}): Promise<readonly number[]> {
  const tool = { driver: { name: 'S', rules: [{ id: 'r', ...rule }] } };
  return (await onlyResult({ tool, ...run, results: [{ ruleIndex: 0, message: { text: 'm' }, ...result }] }))
    .cwe;
}

test.each([
  [{ properties: { tags: ['security', 'external/cwe/cwe-089', 'external/cwe/cwe-20'] } }, [20, 89]],
  [{ properties: { tags: ['CWE-79: Improper Neutralization', 'OWASP-A03:2021'] } }, [79]],
  [{ properties: { cwe: 'CWE-327: Use of a Broken 256-bit thing' } }, [327]],
  [{ properties: { cwe: ['CWE-79', 'CWE-80'] } }, [79, 80]],
  [{ properties: { cwe: '120, 129, 131' } }, [120, 129, 131]],
  [{ properties: { cwe: 798 } }, [798]],
  [{ properties: { cwes: [{ cweId: '80', name: 'x 99' }] } }, [80]],
  [{ properties: { cwe_ids: ['22', 23] } }, [22, 23]],
  [{ properties: { cwe: { id: 'CWE-611' } } }, [611]],
  [{ helpUri: 'https://cwe.mitre.org/data/definitions/022.html' }, []],
  [{ helpUri: 'https://cwe.mitre.org/data/definitions/22.html' }, [22]],
  [{ id: 'CWE-120' }, [120]],
  [{ properties: { score: 'cwe', tags: ['cwe-top-25', 'scwe-99', 'CWE-0'] } }, []],
  [{ properties: { cwe: 'none of the 25' } }, []],
  [{ properties: { cwe: -5, tags: 'CWE-79' } }, [79]],
])('%j is about %j', async (rule, expected) => {
  expect(await cweOf(rule)).toEqual(expected);
});

test("a result's own properties count as well", async () => {
  expect(await cweOf({}, { properties: { tags: ['CWE-1333'], cwe: 400 } })).toEqual([400, 1333]);
});

test('taxa and relationships are looked up in the CWE taxonomy, whichever way they name it', async () => {
  const taxonomies = [
    { name: 'OWASP', taxa: [{ id: 'A1' }] },
    { name: 'CWE', guid: 'G', taxa: [{ id: '89' }, { id: 'CWE-564', guid: 'T' }] },
  ];
  expect(await cweOf({}, { taxa: [{ index: 0, toolComponent: { index: 1 } }] }, { taxonomies })).toEqual([
    89,
  ]);
  expect(await cweOf({}, { taxa: [{ guid: 'T', toolComponent: { guid: 'G' } }] }, { taxonomies })).toEqual([
    564,
  ]);
  expect(
    await cweOf(
      { relationships: [{ target: { id: '89', toolComponent: { name: 'CWE' } } }] },
      {},
      { taxonomies },
    ),
  ).toEqual([89]);
  expect(await cweOf({ relationships: [{ target: { id: '22', toolComponent: { name: 'CWE' } } }] })).toEqual([
    22,
  ]);
  expect(await cweOf({ relationships: [{ target: { id: 'CWE-22' } }] })).toEqual([22]);
  expect(await cweOf({}, { taxa: [{ index: 0, toolComponent: { index: 0 } }] }, { taxonomies })).toEqual([]);
});

test('looking for CWEs in 64 KiB of worst text takes no time', () => {
  const started = performance.now();
  for (const text of [
    'cwe-'.repeat(16_384),
    'cwe0'.repeat(16_384),
    '0'.repeat(65_536),
    'cwe-0000'.repeat(8192),
  ])
    cweInText(text);
  expect(performance.now() - started).toBeLessThan(2000);
});
