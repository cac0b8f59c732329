// The room as a whole: severity, order, rows, what is ignored and what did not resolve.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngestedReport, IngestedResult } from '#domain/report.ts';
import { collect, rawResult, report, reportOf, type Said } from './raw-results.ts';

const files = {
  'src/app.c': 'int main(void) {\n  run(a);\n  run(b);\n  run(a);\n}\n',
  'src/util.c': 'void util(void) {\n  run(a);\n}\n',
  'docs/app.c': '\n',
};

describe('severity', () => {
  it.each<[Said, string]>([
    [{ securitySeverity: 9 }, 'critical'],
    [{ securitySeverity: 8.9 }, 'high'],
    [{ securitySeverity: 7 }, 'high'],
    [{ securitySeverity: 6.9 }, 'medium'],
    [{ securitySeverity: 4 }, 'medium'],
    [{ securitySeverity: 0.1, level: 'error' }, 'low'],
    [{ securitySeverity: 0, level: 'error' }, 'high'],
    [{ level: 'error' }, 'high'],
    [{ level: 'warning' }, 'medium'],
    [{ level: 'note' }, 'low'],
    [{ level: 'none' }, 'none'],
  ])('%j is %s', async (said, severity) => {
    const { findings } = await collect([reportOf({ at: [2], ...said })], { files });
    expect(findings[0]?.severity).toBe(severity);
  });

  it('the first override whose conditions all hold decides, for the results it speaks of', async () => {
    const overrides = [
      { rule: 'noisy', cwe: null, path: 'src/**', severity: 'none' },
      { rule: null, cwe: 78, path: null, severity: 'critical' },
    ] as const;
    const said: Said[] = [
      { rule: 'noisy', cwe: [78], at: [2], level: 'error' },
      { rule: 'noisy', cwe: [78], at: [1], uri: 'docs/app.c' },
      { rule: 'noisy', at: [3], level: 'error' },
      { tool: 'other', rule: 'sure', at: [4], level: 'error' },
    ];
    const { findings } = await collect([reportOf(...said)], { files, overrides });
    expect(findings.map(({ location, severity }) => [location.path, location.startLine, severity])).toEqual([
      ['docs/app.c', 1, 'critical'],
      ['src/app.c', 4, 'high'],
      ['src/app.c', 2, 'none'],
      ['src/app.c', 3, 'none'],
    ]);
  });

  it('lowering one tool leaves what another says of the same defect', async () => {
    const { findings } = await collect(
      [reportOf({ rule: 'noisy', cwe: [78], at: [2] }, { tool: 'b', rule: 'sure', cwe: [78], at: [2] })],
      { files, overrides: [{ rule: 'noisy', cwe: null, path: null, severity: 'none' }] },
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['medium']);
  });
});

it('findings come worst first, then by path, line, column and rule', async () => {
  const { findings } = await collect(
    [
      reportOf(
        { at: [4], rule: 'z' },
        { at: [4], rule: 'a' },
        { at: [2, 3] },
        { at: [2], uri: 'src/util.c', level: 'error' },
        { at: [1], uri: 'docs/app.c' },
      ),
    ],
    { files },
  );
  expect(
    findings.map(({ location: { path, startLine }, ruleId }) => `${path}:${startLine} ${ruleId}`),
  ).toEqual(['src/util.c:2 rule', 'docs/app.c:1 rule', 'src/app.c:2 rule', 'src/app.c:4 a', 'src/app.c:4 z']);
});

it('a result on an ignored path is a row and no finding', async () => {
  const { findings, rows } = await collect([reportOf({ at: [1], uri: 'docs/app.c' }, { at: [2] })], {
    files,
    isIgnored: (path) => path.startsWith('docs/'),
  });
  expect(findings).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    disposition: 'not_a_finding',
    why: 'ignored by the configuration: `ignore` covers docs/app.c',
    findingId: null,
  });
});

it('what did not resolve is listed loudly, grouped by name, and stays a finding', async () => {
  const { findings, unresolved } = await collect(
    [reportOf({ uri: 'gone.c', at: [1] }, { uri: 'gone.c', at: [2] }, { at: [99] }, { uri: null })],
    { files },
  );
  expect(findings.every(({ location }) => !location.resolved)).toBe(true);
  expect(findings).toHaveLength(4);
  expect(unresolved).toEqual([
    { uri: 'gone.c', results: 2, why: 'no file of the repository has a path that ends like it' },
    { uri: '', results: 1, why: 'the report names no file' },
    {
      uri: 'src/app.c',
      results: 1,
      why: 'it lies beyond the end of the file: the report is of another version',
    },
  ]);
});

const said: fc.Arbitrary<Said> = fc.record({
  tool: fc.constantFrom('a', 'b', 'toString'),
  rule: fc.constantFrom('r1', 'r2', '__proto__'),
  uri: fc.constantFrom('src/app.c', 'src/util.c', '/build/src/app.c', 'app.c', 'gone.c', null),
  at: fc.oneof(fc.constant(null), fc.array(fc.integer({ min: -1, max: 12 }), { minLength: 1, maxLength: 4 })),
  cwe: fc.subarray([20, 74, 78, 79, 89, 707, 120, 787]),
  level: fc.constantFrom('error', 'warning', 'note', 'none'),
  message: fc.constantFrom('m1', 'm2'),
});

const incoming: fc.Arbitrary<readonly Said[]> = fc.array(said, { maxLength: 30 });

function spread(all: readonly Said[]): IngestedReport[] {
  const results = all.map((each, n): IngestedResult => {
    const result = rawResult(each, n >> 1, n & 1);
    const { ref } = result;
    if (n % 7 !== 6) return { kind: 'result', result };
    return { kind: 'rejected', ref, tool: 'a', ruleId: null, uri: null, line: null, why: 'bad' };
  });
  return [0, 1].map((input) =>
    report(
      results.filter((_, n) => n % 2 === input),
      input,
    ),
  );
}

describe('for any results', () => {
  it('every one is accounted for once, and ids are unique', async () => {
    await fc.assert(
      fc.asyncProperty(incoming, async (all) => {
        const { findings, rows } = await collect(spread(all), { files });
        expect(rows).toHaveLength(all.length);
        const refs = rows.map(({ input, run, index }) => `${input}.${run}.${index}`);
        expect(new Set(refs).size).toBe(all.length);
        const kept = rows.filter(({ disposition }) => disposition === 'finding');
        expect(kept.map(({ findingId }) => findingId).sort()).toEqual(findings.map(({ id }) => id).sort());
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
        const named = findings.flatMap(({ tools }) => tools.flatMap(({ results }) => results));
        expect(named).toHaveLength(rows.filter(({ findingId }) => findingId !== null).length);
        expect(rows.some(({ why }) => why.includes('lost'))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('their order does not matter, nor does running again', async () => {
    await fc.assert(
      fc.asyncProperty(
        incoming.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
        ),
        async ([all, shuffled]) => {
          const words = async (list: readonly Said[]) =>
            (await collect([reportOf(...list)], { files })).findings.map(
              ({ tools: _, ...finding }) => finding,
            );
          const first = await words(all);
          expect(await words(all)).toEqual(first);
          expect(await words(shuffled)).toEqual(first);
        },
      ),
      { numRuns: 60 },
    );
  });
});
