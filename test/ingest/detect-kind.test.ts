import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectKind } from '#ingest/detect-kind.ts';
import { formatOf, REPORT_FORMATS } from '#ingest/formats/report-formats.ts';
import { REPORT_KINDS } from '#ingest/kinds/report-kinds.ts';

const kindOf = (text: string): string => detectKind(Buffer.from(text)).id;

describe('a report is told by what it holds', () => {
  test.each([
    ['sarif', '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"'],
    ['sarif', '{"runs":[{"results":[{"ruleId":"a'],
    ['sarif', '\ufeff\n{ "version" : "2.1.0", "runs" : [ ] }'],
    ['cyclonedx-json', '{"bomFormat":"CycloneDX","specVersion":"1.6"}'],
    [
      'cyclonedx-xml',
      '<?xml version="1.0"?>\n<bom serialNumber="x" xmlns="http://cyclonedx.org/schema/bom/1.5">',
    ],
    ['spdx-json', '{"spdxVersion":"SPDX-2.3"}'],
    ['spdx-3-json', '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}'],
    ['spdx-tag-value', '# made by hand\nSPDXVersion: SPDX-2.3\n'],
    ['grype-json', '{"matches":[{"vulnerability":{"id":"CVE-1"}}]}'],
    ['osv-scanner-json', '{"results":[{"source":{"path":"/w","type":"lockfile"}}]}'],
    ['semgrep-json', '{"errors":[],"results":[{"check_id":"x"}]}'],
    ['bandit-json', '{"errors":[],"results":[{"code":"1","test_id":"B101"}]}'],
    ['eslint-json', '[{"filePath":"/w/a.js","messages":[]}]'],
    ['gitlab-json', '{"version":"15.0.0","vulnerabilities":[{"id":"1","category":"sast"}]}'],
    ['yarn-audit-json', '{"type":"auditAdvisory","data":{}}\n{"type":"auditSummary"}'],
    ['spotbugs-xml', '<?xml version="1.0"?><BugCollection version="4">'],
    ['csv', 'file,line,rule\na.c,1,x\n'],
    ['html', '<!doctype html><title>502</title>'],
    ['xml', '<unknown/>'],
    ['json', '{"anything":"else"}'],
    ['json-null', 'null\n'],
    ['not-json', '{"a":"b\n"}'],
    ['text', 'scan failed'],
    ['empty', ''],
  ])('%s: %j', (id, text) => {
    expect(kindOf(text)).toBe(id);
  });

  test('in UTF-16 as well', () => {
    expect(detectKind(Buffer.from('\ufeff{"bomFormat":"CycloneDX"}', 'utf16le')).id).toBe('cyclonedx-json');
  });

  test('and a kind that is not read says what to do instead', () => {
    for (const kind of REPORT_KINDS) {
      const sample =
        kind.json === undefined
          ? null
          : detectKind(Buffer.from(JSON.stringify(sampleOf(kind.json[0] ?? []))));
      if (sample !== null)
        expect([sample.id, sample.supported, sample.advice === null]).toEqual([
          kind.id,
          kind.id === 'sarif' || formatOf(kind.id) !== null,
          kind.id === 'sarif' || formatOf(kind.id) !== null,
        ]);
    }
  });
});

/** The smallest value that shows the signs of one line of the table. */
function sampleOf(signs: readonly string[]): unknown {
  let root: unknown;
  for (const sign of signs) {
    const [path = '', value = 'x'] = sign.split(/[=~]/);
    root = plant(
      root,
      path.split(/\.|(?=\[\])/).filter((segment) => segment !== ''),
      value,
    );
  }
  return root;
}

function plant(into: unknown, segments: readonly string[], value: string): unknown {
  const [first, ...rest] = segments;
  if (first === undefined) return into ?? value;
  if (first === '[]') return [plant((into as unknown[] | undefined)?.[0], rest, value)];
  const key = first.replace('*', 'any');
  const object = (typeof into === 'object' ? into : {}) as Record<string, unknown>;
  return { ...object, [key]: plant(object[key], rest, value) };
}

test('no text makes the detection throw or hang', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('', '{', '[', '"', '<', '{"a":'),
      (text, start) => kindOf(start + text) !== '',
    ),
  );
  const started = performance.now();
  for (const text of [
    '['.repeat(65_536),
    '{"a":'.repeat(13_000),
    `"${'\\"'.repeat(32_000)}`,
    '<a '.repeat(21_000),
    '<bom '.repeat(13_000),
    'a,'.repeat(32_000),
    ' '.repeat(65_536),
    '<results '.repeat(7_000),
  ])
    kindOf(text);
  expect(performance.now() - started).toBeLessThan(8000);
});

test('every format is listed once for each kind that it reads, and every such kind has a name', async () => {
  const listed = REPORT_FORMATS.flatMap(({ kinds }) => kinds);
  const known = new Set([...REPORT_KINDS.map(({ id }) => id), 'json-null']);
  expect(new Set(listed).size).toBe(listed.length);
  for (const { kinds, load } of REPORT_FORMATS) {
    expect((await load()).kinds).toEqual(kinds);
    expect(kinds.filter((kind) => !known.has(kind))).toEqual([]);
  }
});

test('a file of no known kind is told what can be read', () => {
  for (const text of ['plain words', '{"a":1}', 'a,b,c\n1,2,3\n', '<a/>']) {
    const { supported, advice } = detectKind(Buffer.from(text));
    expect(supported).toBe(false);
    expect(advice).toMatch(/SARIF, a bill of materials .*, a VEX document, .*docs\/dependencies\.md/);
  }
});
