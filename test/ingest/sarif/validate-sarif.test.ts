import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { type SarifValidation, validateSarif } from '#ingest/sarif/validate-sarif.ts';
import { toBytes } from '../../doubles/memory-report.ts';

const assets = new PackageAssets();
const validate = (content: unknown): Promise<SarifValidation> =>
  validateSarif(toBytes(content), 'r.sarif', assets);

const good = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'S',
          rules: [{ id: 'r', shortDescription: { text: 's' }, properties: { tags: ['CWE-79'] } }],
        },
      },
      results: [
        {
          ruleId: 'r',
          message: { text: 'm' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' }, region: { startLine: 1 } } }],
        },
      ],
    },
  ],
};

describe('validate', () => {
  test('has nothing to say of a good log, compressed or not', async () => {
    for (const content of [good, `\ufeff${JSON.stringify(good)}`, gzipSync(JSON.stringify(good))]) {
      const { problems, ignored } = await validate(content);
      expect([problems, ignored]).toEqual([[], []]);
    }
  });

  test('names each offence with pointer and line', async () => {
    const bad = structuredClone(good) as { runs: { results: Record<string, unknown>[] }[] };
    bad.runs[0]!.results[0]!.level = 'fatal';
    bad.runs[0]!.results[0]!['a/b'] = 1;
    const text = JSON.stringify(bad, null, 2);
    const { problems } = await validate(text);
    const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(problems).toEqual([
      {
        pointer: '/runs/0/results/0',
        line: lineOf('"ruleId"') - 1,
        message: 'must NOT have additional properties (a/b)',
      },
      {
        pointer: '/runs/0/results/0/level',
        line: lineOf('"fatal"'),
        message: 'must be equal to one of the allowed values',
      },
    ]);
  });

  test('says where a file stops being JSON', async () => {
    const { problems, ignored } = await validate('{\n "version": "2.1.0",\n "runs": [,]\n}');
    expect(problems).toEqual([
      { pointer: '', line: 3, message: expect.stringContaining('found `,` where a value was expected') },
    ]);
    expect(ignored).toEqual([expect.stringContaining('r.sarif: found `,`')]);
  });

  test.each([
    ['a key twice', '{"version":"2.1.0","runs":[],"runs":[]}', 'stands twice'],
    [
      'a deep one',
      `{"version":"2.1.0","runs":[],"x":${'['.repeat(70)}${']'.repeat(70)}}`,
      'nested too deeply',
    ],
    ['an empty file', '', 'ends'],
  ])('refuses %s', async (_, content, words) => {
    expect((await validate(content)).problems).toEqual([
      { pointer: '', line: expect.toBeOneOf([1, null]), message: expect.stringContaining(words) },
    ]);
  });

  test('lists what Assay would leave out or not be able to use', async () => {
    const results = [
      { kind: 'pass', message: { text: 'm' } },
      { kind: 'odd', ruleId: 'r', message: { text: 'm' } },
      {
        ruleId: 'x',
        message: { text: 'm' },
        locations: [{ physicalLocation: { artifactLocation: { index: 9 } } }],
        fingerprints: { f: 'requires login' },
      },
      { message: {}, locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' } } }] },
      7,
    ];
    const { ignored } = await validate({
      version: '2.1.0',
      runs: [{ ...good.runs[0], results, invocations: [{ executionSuccessful: false }] }],
    });
    expect(ignored).toEqual([
      'runs[0] (S): the tool says that it did not finish (executionSuccessful: false)',
      'counted, but no finding: kind "pass": the rule was checked and holds (1 result)',
      'rejected: the result is a number where an object belongs (1 result)',
      'no location: the result can be listed, but not looked at (1 result)',
      'the location is not followed: artifacts[9] names no file (1 result)',
      'the rule has no name and no description in the run (1 result)',
      'no CWE: neither result nor rule names a weakness (2 results)',
      'the location has no usable region: the whole file is meant (1 result)',
      'no rule id: results of different rules cannot be told apart (1 result)',
      'no message (1 result)',
      `kind "odd" is none of SARIF's; read as "fail"`,
      'fingerprint value "requires login" says nothing; left out',
    ]);
  });
});
