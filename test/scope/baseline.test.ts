import { describe, expect, it } from 'vitest';
import { createBaseline, findAccepted, parseBaseline } from '#scope/baseline.ts';
import { at, makeFinding } from './scope-fixtures.ts';

const one = makeFinding(at('src/a.ts', 5));
const two = makeFinding(at('src/b.ts', 9), { ruleId: 'other' });

describe('a baseline file', () => {
  it('is readable, sorted, and the same for the same findings in any order', () => {
    expect(createBaseline([two, one])).toBe(createBaseline([one, two]));
    expect(JSON.parse(createBaseline([two, one]))).toEqual({
      schemaVersion: 1,
      findings: [
        {
          path: 'src/a.ts',
          rule: 'rule',
          fingerprints: { 'assay/v1': 'content of src/a.ts:5', 'assayPath/v1': 'place of src/a.ts:5' },
        },
        {
          path: 'src/b.ts',
          rule: 'other',
          fingerprints: { 'assay/v1': 'content of src/b.ts:9', 'assayPath/v1': 'place of src/b.ts:9' },
        },
      ],
    });
  });

  it('is read back, and so is the assay.json of an earlier run', () => {
    const written = parseBaseline(createBaseline([one]), 'b.json');
    const document = {
      schemaVersion: 1,
      run: { anything: true },
      findings: [{ ...one, verdict: null }],
      results: [],
    };
    const earlier = parseBaseline(`\uFEFF${JSON.stringify(document)}`, 'b.json');
    expect(earlier).toEqual(written);
    expect(findAccepted(earlier, [one, two])).toEqual(new Set([one.id]));
  });

  it('may be empty', () => {
    expect(findAccepted(parseBaseline(createBaseline([]), 'b.json'), [one])).toEqual(new Set());
  });

  it.each([
    ['not json', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['null', 'the file: '],
    ['[]', 'the file: '],
    ['{"schemaVersion":2,"findings":[]}', 'schemaVersion: '],
    ['{"schemaVersion":1}', 'findings: '],
    ['{"schemaVersion":1,"findings":[{}]}', 'findings.0.fingerprints: '],
    [
      '{"schemaVersion":1,"findings":[{"fingerprints":{"assay/v1":"x"}}]}',
      'findings.0.fingerprints.assayPath/v1: ',
    ],
    [
      '{"schemaVersion":1,"findings":[{"fingerprints":{"assay/v1":1,"assayPath/v1":"x"}}]}',
      'findings.0.fingerprints.assay/v1',
    ],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'the file: '],
    ['{"version":"2.1.0","runs":[]}', 'schemaVersion: '],
  ])('that is %.60j is refused with a word on what is wrong', (text, problem) => {
    expect(() => parseBaseline(text, 'old.json')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(`The baseline old.json cannot be used: ${problem}`),
        hint: 'Give a file that "assay baseline" wrote, or the assay.json of an earlier run.',
      }),
    );
  });

  it('with a key of Object.prototype changes nothing', () => {
    const text = '{"schemaVersion":1,"findings":[],"__proto__":{"polluted":true},"constructor":1}';
    expect(parseBaseline(text, 'b.json').entries).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a finding is in the baseline', () => {
  const baseline = parseBaseline(createBaseline([one]), 'b.json');

  it('by its place, and when its file moved by its content', () => {
    const moved = { ...one, id: 'moved', fingerprints: { ...one.fingerprints, 'assayPath/v1': 'elsewhere' } };
    expect(findAccepted(baseline, [moved])).toEqual(new Set(['moved']));
  });

  it('once for each entry: of two equal findings with one entry, one is new', () => {
    const first = { ...one, id: 'first' };
    const second = { ...one, id: 'second' };
    expect(findAccepted(baseline, [first, second])).toEqual(new Set(['first']));
    const both = parseBaseline(createBaseline([one, one]), 'b.json');
    expect(findAccepted(both, [first, second])).toEqual(new Set(['first', 'second']));
  });

  it('before a copy of it is: the finding at the old place keeps its entry', () => {
    const copy = { ...one, id: 'copy', fingerprints: { ...one.fingerprints, 'assayPath/v1': 'copy' } };
    expect(findAccepted(baseline, [copy, one])).toEqual(new Set([one.id]));
  });

  it('not because a tool gave it the same fingerprint', () => {
    const other = { id: 'other', fingerprints: { 'semgrep/matchBasedId': 'content of src/a.ts:5' } };
    expect(findAccepted(baseline, [other])).toEqual(new Set());
  });
});
